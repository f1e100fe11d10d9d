import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';

/** An answer of the local portal beside the API: bytes, or a file that is streamed. */
export type Page = {
  status: number;
  contentType: string;
  body: string | Uint8Array | { file: string };
  headers?: Record<string, string>;
};

// Pages run and load nothing but what they say themselves.
const HEADERS = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'",
};

export async function sendPage(response: ServerResponse, { status, contentType, body, headers }: Page): Promise<void> {
  const isFile = typeof body === 'object' && 'file' in body;
  const bytes = isFile ? undefined : Buffer.from(body);
  const length = isFile ? (await stat(body.file)).size : bytes?.length;
  response.writeHead(status, { 'content-type': contentType, 'content-length': length, ...HEADERS, ...headers });
  if (isFile && response.req.method !== 'HEAD') await pipeline(createReadStream(body.file), response);
  else response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** Text made safe for HTML, also inside a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2733}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #d8dfe6;vertical-align:top}
iframe{width:100%;height:36rem;border:1px solid #d8dfe6}pre{white-space:pre-wrap;background:#f4f6f8;padding:1rem}`;

/** A whole HTML page; `content` is HTML already. */
export function htmlPage(title: string, content: string, status = 200): Page {
  const body = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title><meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><h1>${escaped(title)}</h1>${content}</body></html>`;
  return { status, contentType: 'text/html; charset=utf-8', body };
}

export const notFoundPage = (): Page => htmlPage('Not found', '<p>There is nothing at this address.</p>', 404);

/** A `content-disposition` that downloads under this name, in any script (RFC 6266). */
export function asDownload(fileName: string): Record<string, string> {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  const exact = encodeURIComponent(fileName).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return { 'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${exact}` };
}
