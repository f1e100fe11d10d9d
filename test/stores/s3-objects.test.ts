import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { openDocuments, openWorkFiles } from '../../lambdas/stores/s3-objects.ts';

const client = new S3Client({ region: 'eu-central-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' } });
const s3 = mockClient(client);
beforeEach(() => s3.reset());

const documents = openDocuments(client, 'documents');
const workFiles = openWorkFiles(client, 'work');

const KEY = 'invoices/1.json';
const bytes = (text: string) => new TextEncoder().encode(text);
const checksumOf = (text: string) => createHash('sha256').update(text).digest('base64');
const refused = (status: number) =>
  new S3ServiceException({ name: 'Refused', $fault: 'client', $metadata: { httpStatusCode: status } });
const missing = new NoSuchKey({ message: 'no such key', $metadata: { httpStatusCode: 404 } });

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('putOnce', () => {
  test('puts an object only where there is none, with the SHA-256 of its bytes', async () => {
    s3.on(PutObjectCommand).resolves({});
    expect(await documents.putOnce(KEY, bytes('{}'), 'application/json')).toBe('CREATED');
    expect(s3.commandCalls(PutObjectCommand).map(({ args }) => args[0].input)).toEqual([
      {
        Bucket: 'documents',
        Key: KEY,
        Body: bytes('{}'),
        ContentType: 'application/json',
        ChecksumSHA256: checksumOf('{}'),
        IfNoneMatch: '*',
      },
    ]);
  });

  test('takes an object that is there with the same checksum for its own', async () => {
    s3.on(PutObjectCommand).rejects(refused(412));
    s3.on(HeadObjectCommand, { Bucket: 'documents', Key: KEY, ChecksumMode: 'ENABLED' }).resolves({
      ChecksumSHA256: checksumOf('{}'),
    });
    expect(await documents.putOnce(KEY, bytes('{}'), 'application/json')).toBe('SAME');
  });

  test.each([
    ['other bytes', { ChecksumSHA256: checksumOf('{"other":true}') }],
    ['no checksum', {}],
  ])('stops the run over an object that is there with %s', async (_what, there) => {
    s3.on(PutObjectCommand).rejects(refused(412));
    s3.on(HeadObjectCommand).resolves(there);
    await expect(documents.putOnce(KEY, bytes('{}'), 'application/json')).rejects.toMatchObject({
      name: 'TerminalError',
      message: expect.stringContaining(KEY),
    });
  });

  test.each([403, 409, 503])('passes on any other refusal, such as %d', async (status) => {
    s3.on(PutObjectCommand).rejects(refused(status));
    await expect(documents.putOnce(KEY, bytes('{}'), 'application/json')).rejects.toMatchObject({
      $metadata: { httpStatusCode: status },
    });
    expect(s3.commandCalls(HeadObjectCommand)).toEqual([]);
  });
});

describe('get', () => {
  test('answers the bytes of an object', async () => {
    const Body = { transformToByteArray: async () => bytes('text') } as never;
    s3.on(GetObjectCommand, { Bucket: 'documents', Key: KEY }).resolves({ Body });
    expect(await documents.get(KEY)).toEqual(bytes('text'));
  });

  test('answers nothing for an object that is missing', async () => {
    s3.on(GetObjectCommand).rejects(missing);
    expect(await documents.get(KEY)).toBeUndefined();
  });

  test('does not take an object it may not read for a missing one', async () => {
    s3.on(GetObjectCommand).rejects(refused(403));
    await expect(documents.get(KEY)).rejects.toThrow(S3ServiceException);
  });
});

test('a list goes over all its pages, in their order', async () => {
  s3.on(ListObjectsV2Command, { Bucket: 'work', Prefix: 'runs/', ContinuationToken: undefined }).resolves({
    Contents: [
      { Key: 'runs/a', Size: 1 },
      { Key: 'runs/b', Size: 2 },
    ],
    NextContinuationToken: 'second page',
  });
  s3.on(ListObjectsV2Command, { Bucket: 'work', Prefix: 'runs/', ContinuationToken: 'second page' }).resolves({
    Contents: [{ Key: 'runs/c', Size: 3 }],
  });
  expect(await all(workFiles.list('runs/'))).toEqual([
    { key: 'runs/a', size: 1 },
    { key: 'runs/b', size: 2 },
    { key: 'runs/c', size: 3 },
  ]);
});

describe('lines', () => {
  const answer = (chunks: Iterable<Uint8Array>) =>
    s3.on(GetObjectCommand).resolves({ Body: Readable.from(chunks, { objectMode: false }) as never });

  test('are put together wherever the chunks of the object end, without the empty ones', async () => {
    const text = Buffer.from('one\nzwölf\r\n\n東京');
    answer(Array.from(text, (_, n) => text.subarray(n, n + 1)));
    expect(await all(workFiles.lines('manifest'))).toEqual(['one', 'zwölf', '東京']);
  });

  test('come while the object is still being read', async () => {
    const chunks = 10_000;
    let sent = 0;
    answer(
      (function* () {
        for (; sent < chunks; sent++) yield bytes(`${sent} ${'x'.repeat(10_000)}\n`);
      })(),
    );
    for await (const line of workFiles.lines('manifest')) {
      expect(line).toMatch(/^0 x+$/);
      break;
    }
    expect(sent).toBeLessThan(chunks / 2);
  });

  test('are none where there is no object', async () => {
    s3.on(GetObjectCommand).rejects(missing);
    expect(await all(workFiles.lines('manifest'))).toEqual([]);
  });
});

test('a link downloads one document under its file name, for five minutes', async () => {
  const { url, expires } = await documents.link(KEY, 'invoice 1.json', new Date('2026-11-10T02:00:00Z'));
  const link = new URL(url);
  expect(link.hostname).toMatch(/^documents\.s3\./);
  expect(link.pathname).toBe(`/${KEY}`);
  expect(link.searchParams.get('X-Amz-Expires')).toBe('300');
  expect(link.searchParams.get('response-content-disposition')).toBe('attachment; filename="invoice 1.json"');
  expect(expires).toBe('2026-11-10T02:05:00.000Z');
});
