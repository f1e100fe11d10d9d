import type { IncomingMessage } from 'node:http';
import type { LocalUploads } from '../upload-links.ts';
import { asDownload, htmlPage, type Page } from './page.ts';

const REFUSALS = {
  403: 'This link is not valid, has expired, or takes another number of bytes.',
  411: 'The length of the file has to be told.',
  412: 'This link has been used.',
} as const;

/** A file that is PUT to a signed link at /uploads/…, as S3 takes one. */
export async function uploaded(uploads: LocalUploads, url: URL, now: Date, request: IncomingMessage): Promise<Page> {
  const told = request.headers['content-length'];
  const status = await uploads.take(url, now, told === undefined ? undefined : Number(told), request);
  if (status !== 200) return htmlPage('Not uploaded', `<p>${REFUSALS[status]}</p>`, status);
  return { status, contentType: 'text/plain', body: '' };
}

/** A file of the work folder for a signed link at /uploads/…, as S3 answers one. */
export function uploadPage(uploads: LocalUploads | undefined, url: URL, now: Date): Page | undefined {
  if (!uploads || !url.pathname.startsWith('/uploads/')) return undefined;
  const found = uploads.find(url, now);
  if (!found) return htmlPage('Link expired', '<p>This link is not valid or has expired: ask for a new one.</p>', 403);
  const { file, fileName } = found;
  return { status: 200, contentType: 'application/octet-stream', body: { file }, headers: asDownload(fileName) };
}
