import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Uploads } from '../lambdas/use-cases/ports/uploads.ts';
import { secretFile } from './secret-file.ts';

const LIFETIME_MS = 15 * 60_000;
const KEY = /^uploads\/[\w-]+\/source$/;

/** What came of a PUT to a link, as the status that S3 answers. */
export type Put = 200 | 403 | 411 | 412;

export type LocalUploads = Uploads & {
  /** Takes the bytes that are PUT to a link; 403 for a link that isn't ours or other bytes, 412 for a second time. */
  take(url: URL, now: Date, length: number | undefined, bytes: AsyncIterable<Uint8Array>): Promise<Put>;
  /** The file of a link that downloads it; undefined when it isn't ours, has expired or there is no such file. */
  find(url: URL, now: Date): { file: string; fileName: string } | undefined;
  /** Waits until everybody who was told of an upload is done. */
  settled(): Promise<void>;
};

/**
 * Uploads in a folder, in place of S3's: signed links that take exactly the bytes that were announced, once.
 * @param options.onCreated is told of each object, as EventBridge tells of those of S3
 */
export async function openLocalUploads(options: {
  dataFolder: string;
  workFolder: string;
  baseUrl: string;
  onCreated: (key: string) => Promise<void>;
}): Promise<LocalUploads> {
  const { dataFolder, workFolder, baseUrl, onCreated } = options;
  const secret = await secretFile(join(dataFolder, 'link-secret'), () => randomBytes(32).toString('hex'));
  const signatureOf = (parts: readonly string[]): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify(['uploads', ...parts]))
      .digest();
  const running = new Set<Promise<void>>();

  function tell(key: string): void {
    if (!KEY.test(key)) return;
    const told = onCreated(key)
      // It waits in the table, and is taken up from there.
      .catch((error: unknown) => void process.stderr.write(`${key}: ${String(error)}\n`))
      .finally(() => running.delete(told));
    running.add(told);
  }

  function linkTo(method: string, key: string, name: string, expires: string): string {
    const url = new URL(`/${key}`, baseUrl);
    url.searchParams.set('name', name);
    url.searchParams.set('expires', expires);
    url.searchParams.set('signature', signatureOf([method, key, name, expires]).toString('hex'));
    return url.href;
  }

  /** Key and name of a link; undefined when it isn't ours, was changed or has expired. */
  function check(method: string, url: URL, now: Date): { key: string; name: string } | undefined {
    const key = url.pathname.slice(1);
    const [name = '', expires = '', signature = ''] = ['name', 'expires', 'signature'].map(
      (part) => url.searchParams.get(part) ?? '',
    );
    const given = Buffer.from(signature, 'hex');
    const right = signatureOf([method, key, name, expires]);
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return now.getTime() < Date.parse(expires) ? { key, name } : undefined;
  }

  async function write(key: string, bytes: AsyncIterable<Uint8Array>): Promise<void> {
    const path = join(workFolder, key);
    const part = `${path}.${randomBytes(4).toString('hex')}.part`;
    await mkdir(dirname(path), { recursive: true });
    try {
      await pipeline(Readable.from(bytes), createWriteStream(part));
      await rename(part, path);
    } finally {
      await rm(part, { force: true });
    }
  }

  return {
    target: async (key, size, now) => {
      const expires = new Date(now.getTime() + LIFETIME_MS).toISOString();
      const url = linkTo('PUT', key, String(size), expires);
      return { url, headers: { 'content-length': String(size), 'if-none-match': '*' }, expires };
    },

    put: async (key, bytes) => {
      await mkdir(dirname(join(workFolder, key)), { recursive: true });
      await writeFile(join(workFolder, key), bytes);
      tell(key);
    },

    pieces: async (key) => (existsSync(join(workFolder, key)) ? createReadStream(join(workFolder, key)) : undefined),

    link: async (key, fileName, now) => {
      const expires = new Date(now.getTime() + LIFETIME_MS).toISOString();
      return { url: linkTo('GET', key, fileName, expires), expires };
    },

    take: async (url, now, length, bytes) => {
      const link = check('PUT', url, now);
      if (!link || !KEY.test(link.key)) return 403;
      if (length === undefined) return 411;
      if (String(length) !== link.name) return 403;
      if (existsSync(join(workFolder, link.key))) return 412;
      await write(link.key, bytes);
      tell(link.key);
      return 200;
    },

    find: (url, now) => {
      const link = check('GET', url, now);
      const file = link && join(workFolder, link.key);
      return file !== undefined && existsSync(file) ? { file, fileName: link?.name ?? '' } : undefined;
    },

    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
