import { realpath, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { SignedLinks } from '../signed-links.ts';
import { asDownload, htmlPage, notFoundPage, type Page } from './page.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.json': 'application/json',
  '.csv': 'text/csv; charset=utf-8',
  '.xml': 'application/xml',
};

/** A document for a signed link at /documents/…, as S3 answers one. */
export async function documentPage(folder: string, links: SignedLinks, url: URL, now: Date): Promise<Page | undefined> {
  if (!url.pathname.startsWith('/documents/')) return undefined;
  const link = links.check(url, now);
  if (!link) return htmlPage('Link expired', '<p>This link is not valid or has expired: ask for a new one.</p>', 403);
  const file = await fileIn(folder, link.key);
  if (!file) return notFoundPage();
  return {
    status: 200,
    contentType: CONTENT_TYPES[extname(link.key)] ?? 'application/octet-stream',
    body: { file },
    headers: asDownload(link.fileName),
  };
}

/** The file of a key; undefined when there is none, or a symbolic link leads out of the folder. */
async function fileIn(folder: string, key: string): Promise<string | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, key))]);
    return file.startsWith(root + sep) && (await stat(file)).isFile() ? file : undefined;
  } catch {
    return undefined;
  }
}
