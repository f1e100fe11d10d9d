import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from './page.ts';

// The package names no way to this file; it stands beside the one it names.
const SCRIPT = join(dirname(createRequire(import.meta.url).resolve('@scalar/api-reference')), 'browser/standalone.js');
const DOCUMENT = new URL('../../docs/openapi.json', import.meta.url);

// Nothing is fetched from elsewhere, whatever the script would like to: the browser is told so.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Commerce Portal API</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body><div id="reference"></div>
<script src="/docs/reference.js"></script><script src="/docs/start.js"></script></body></html>`;

const START = `Scalar.createApiReference('#reference', ${JSON.stringify({
  url: '/openapi.json',
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
  hideClientButton: true,
  proxyUrl: '',
})});`;

const html = 'text/html; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

/** The reference of the API at /docs, and the document it shows. */
export function docsPage(path: string): Page | undefined {
  switch (path) {
    case '/docs':
      return { status: 200, contentType: html, body: PAGE, headers: { 'content-security-policy': POLICY } };
    case '/docs/start.js':
      return { status: 200, contentType: script, body: START };
    case '/docs/reference.js':
      return {
        status: 200,
        contentType: script,
        body: { file: SCRIPT },
        headers: { 'cache-control': 'max-age=86400' },
      };
    case '/openapi.json':
      return { status: 200, contentType: 'application/json', body: readFileSync(DOCUMENT) };
    default:
      return undefined;
  }
}
