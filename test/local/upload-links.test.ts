import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalUploads, openLocalUploads } from '../../local/upload-links.ts';

const NOW = new Date('2026-11-04T09:30:00.000Z');
const KEY = 'uploads/file-1/source';
let folder: string;
let uploads: LocalUploads;
const created: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'uploads-'));
  created.length = 0;
  uploads = await openLocalUploads({
    dataFolder: folder,
    workFolder: join(folder, 'work'),
    baseUrl: 'http://127.0.0.1:8080',
    onCreated: async (key) => void created.push(key),
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
const put = (url: string, text: string, now = NOW) => uploads.take(new URL(url), now, text.length, bytes(text));

test('a link takes exactly the bytes that were announced, once, and tells of them', async () => {
  const { url, headers } = await uploads.target(KEY, 3, NOW);
  expect(headers).toEqual({ 'content-length': '3', 'if-none-match': '*' });
  expect(await put(url, 'four')).toBe(403);
  expect(await put(url, 'abc')).toBe(200);
  expect(await put(url, 'xyz')).toBe(412);
  await uploads.settled();
  expect(created).toEqual([KEY]);
  expect(await readFile(join(folder, 'work', KEY), 'utf8')).toBe('abc');
});

test('a link that was changed, is another, or has expired takes nothing', async () => {
  const { url } = await uploads.target(KEY, 3, NOW);
  expect(await put(url.replace('file-1', 'file-2'), 'abc')).toBe(403);
  expect(await put(url.replace('name=3', 'name=4'), 'four')).toBe(403);
  expect(await put(url, 'abc', new Date(NOW.getTime() + 16 * 60_000))).toBe(403);
  const { url: download } = await uploads.link(KEY, 'a.csv', NOW);
  expect(await put(download, 'abc')).toBe(403);
  expect(uploads.find(new URL(url), NOW)).toBeUndefined();
});

test('a link downloads what it names, under its name', async () => {
  await uploads.put('uploads/file-1/1/errors.csv', Buffer.from('row'));
  const { url } = await uploads.link('uploads/file-1/1/errors.csv', 'errors.csv', NOW);
  const found = uploads.find(new URL(url), NOW);
  expect(found?.fileName).toBe('errors.csv');
  expect(await readFile(String(found?.file), 'utf8')).toBe('row');
  expect(created).toEqual([]);
});
