import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSignedLinks, type SignedLinks } from '../../local/signed-links.ts';

let folder: string;
let links: SignedLinks;
const now = new Date('2026-11-10T02:00:00Z');
const KEY = 'invoices/2026-10/AGG-1/INV-2026-000001.pdf';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-'));
  links = await openSignedLinks(folder, 'http://127.0.0.1:8080');
});
afterAll(() => rm(folder, { recursive: true }));

const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

test('a link is good for five minutes, also after a restart', async () => {
  const { url, expires } = links.make(KEY, 'Rechnung ü.pdf', now);
  expect(expires).toBe('2026-11-10T02:05:00.000Z');
  const reopened = await openSignedLinks(folder, 'http://127.0.0.1:8080');
  expect(reopened.check(new URL(url), minutesLater(4.9))).toEqual({ key: KEY, fileName: 'Rechnung ü.pdf' });
  expect(links.check(new URL(url), minutesLater(5))).toBeUndefined();
});

test.each([
  ['another document', (url: URL) => (url.pathname = url.pathname.replace('000001', '000002'))],
  ['another name', (url: URL) => url.searchParams.set('fileName', 'other.pdf')],
  ['a later end', (url: URL) => url.searchParams.set('expires', minutesLater(60).toISOString())],
  ['no signature', (url: URL) => url.searchParams.delete('signature')],
  ['a short signature', (url: URL) => url.searchParams.set('signature', 'ab')],
])('a link changed to %s is not ours', (_, change) => {
  const url = new URL(links.make(KEY, 'a.pdf', now).url);
  change(url);
  expect(links.check(url, now)).toBeUndefined();
});

test.each(['../secret', 'a/../../b', '/etc/passwd', 'a//b', '.hidden', 'a\\b', 'a%2fb', ''])(
  '%j is no key to link to',
  (key) => {
    expect(() => links.make(key, 'a', now)).toThrow(RangeError);
  },
);
