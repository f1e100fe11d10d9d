import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { secretFile } from './secret-file.ts';

/** As long as S3's links are good for. */
const LIFETIME_MS = 5 * 60_000;

// The rest of a path is made of these alone, so that a key can't climb out of the documents folder.
const SEGMENT = /^[\w-][\w.-]*$/;

export type SignedLinks = {
  /** A link to a document of the local portal that downloads it under this file name. */
  make(key: string, fileName: string, now: Date): { url: string; expires: string };
  /** Key and file name of a link's path and query; undefined when it isn't ours, was changed or has expired. */
  check(url: URL, now: Date): { key: string; fileName: string } | undefined;
};

/**
 * Signed links to documents, in place of S3's. They are good until they expire, also after a restart.
 * @param baseUrl where the local portal listens, e.g. "http://127.0.0.1:8080"
 */
export async function openSignedLinks(dataFolder: string, baseUrl: string): Promise<SignedLinks> {
  const secret = await secretFile(join(dataFolder, 'link-secret'), () => randomBytes(32).toString('hex'));
  const signatureOf = (key: string, fileName: string, expires: string): Buffer =>
    createHmac('sha256', secret)
      .update(JSON.stringify([key, fileName, expires]))
      .digest();

  return {
    make: (key, fileName, now) => {
      if (!isPlainKey(key)) throw new RangeError(`${JSON.stringify(key)} is no key of a document`);
      const expires = new Date(now.getTime() + LIFETIME_MS).toISOString();
      const url = new URL(`/documents/${key}`, baseUrl);
      url.searchParams.set('fileName', fileName);
      url.searchParams.set('expires', expires);
      url.searchParams.set('signature', signatureOf(key, fileName, expires).toString('hex'));
      return { url: url.href, expires };
    },

    check: (url, now) => {
      const key = url.pathname.replace(/^\/documents\//, '');
      const [fileName = '', expires = '', signature = ''] = ['fileName', 'expires', 'signature'].map(
        (name) => url.searchParams.get(name) ?? '',
      );
      const given = Buffer.from(signature, 'hex');
      const right = signatureOf(key, fileName, expires);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
      return isPlainKey(key) && now.getTime() < Date.parse(expires) ? { key, fileName } : undefined;
    },
  };
}

function isPlainKey(key: string): boolean {
  return key.split('/').every((segment) => SEGMENT.test(segment));
}
