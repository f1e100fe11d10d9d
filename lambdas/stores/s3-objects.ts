import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { TerminalError } from '../use-cases/errors.ts';
import type { Documents, ObjectStore, WorkFiles } from '../use-cases/ports/objects.ts';

const LINK_SECONDS = 300;
const PRECONDITION_FAILED = 412;

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;

/** Objects of a bucket: each is put only where there is none, with the checksum S3 keeps. */
function openObjects(client: S3Client, bucket: string): ObjectStore {
  async function putOnce(key: string, body: Uint8Array, contentType: string) {
    const checksum = createHash('sha256').update(body).digest('base64');
    try {
      await client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ContentType: contentType,
          ChecksumSHA256: checksum,
          IfNoneMatch: '*',
        }),
      );
      return 'CREATED' as const;
    } catch (error) {
      if (statusOf(error) !== PRECONDITION_FAILED) throw error;
      const there = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
      if (there.ChecksumSHA256 === checksum) return 'SAME' as const;
      throw new TerminalError(`${key} exists already, with other contents`);
    }
  }

  async function get(key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return await Body?.transformToByteArray();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }

  async function* list(prefix: string) {
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ContinuationToken: token }),
      );
      for (const { Key, Size } of page.Contents ?? []) if (Key) yield { key: Key, size: Size ?? 0 };
      token = page.NextContinuationToken;
    } while (token);
  }

  return { putOnce, get, list };
}

export function openDocuments(client: S3Client, bucket: string): Documents {
  return {
    ...openObjects(client, bucket),
    link: (key, fileName, now) => downloadLink(client, bucket, { key, fileName, now }),
  };
}

/** A link that downloads an object for a few minutes. */
export async function downloadLink(
  client: S3Client,
  bucket: string,
  { key, fileName, now }: { key: string; fileName: string; now: Date },
): Promise<{ url: string; expires: string }> {
  const command = new GetObjectCommand({
    Bucket: bucket,
    Key: key,
    ResponseContentDisposition: `attachment; filename="${fileName}"`,
  });
  const url = await getSignedUrl(client, command, { expiresIn: LINK_SECONDS });
  return { url, expires: new Date(now.getTime() + LINK_SECONDS * 1000).toISOString() };
}

export function openWorkFiles(client: S3Client, bucket: string): WorkFiles {
  async function* lines(key: string): AsyncGenerator<string> {
    let body: Readable;
    try {
      body = (await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body as Readable;
    } catch (error) {
      if (error instanceof NoSuchKey) return;
      throw error;
    }
    for await (const line of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY }))
      if (line) yield line;
  }

  return { ...openObjects(client, bucket), lines };
}
