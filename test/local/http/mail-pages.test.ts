import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HttpServer, startHttpServer } from '../../../local/http/server.ts';
import { openSignedLinks } from '../../../local/signed-links.ts';
import { type ApiPortal, openApiPortal } from '../../support/portal.ts';

let opened: ApiPortal;
let folder: string;
let server: HttpServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-mail-'));
  await mkdir(join(folder, 'mail'));
  await writeFile(join(folder, 'outside.pdf'), 'secret');
  opened = await openApiPortal();
  server = await startHttpServer({
    portal: opened.portal,
    port: 0,
    mailFolder: join(folder, 'mail'),
    documentsFolder: join(folder, 'documents'),
    links: await openSignedLinks(folder, 'http://127.0.0.1:8080'),
  });
});
afterAll(async () => {
  await server.close();
  await opened.close();
  await rm(folder, { recursive: true });
});

const get = (path: string) => fetch(`${server.url}${path}`);

const MAIL = `From: Portal <billing@portal.example>
To: =?utf-8?Q?Nord=C3=A4?= <ap@agg.example>
Subject: <script>alert(1)</script>
Date: Tue, 10 Nov 2026 02:00:00 +0000
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain

a < b
--c
Content-Type: text/html

<script>alert(2)</script><p>billed</p>
--c--
--b
Content-Type: text/html; name="evil.html"
Content-Disposition: attachment; filename="evil.html"
Content-Transfer-Encoding: base64

PGI+aGk8L2I+
--b--
`;

test('every mail is in a page of the list', async () => {
  for (let i = 0; i < 401; i++) {
    await writeFile(join(folder, 'mail', `${i}.eml`), `Subject: mail ${i}\r\n\r\n`);
    await utimes(join(folder, 'mail', `${i}.eml`), 1_000 + i, 1_000 + i);
  }
  const pageOf = async (path: string) => {
    const html = await (await get(path)).text();
    const mails = [...html.matchAll(/>mail (\d+)</g)].map(([, i]) => Number(i));
    const links = [...html.matchAll(/href="([^"]+)">(Newer|Older)</g)].map(([, to, name]) => `${name} ${to}`);
    return { mails: [mails.length, mails[0], mails.at(-1)], links };
  };
  expect(await pageOf('/mail')).toEqual({ mails: [200, 400, 201], links: ['Older /mail?after=200'] });
  expect(await pageOf('/mail?after=200')).toEqual({
    mails: [200, 200, 1],
    links: ['Newer /mail?after=0', 'Older /mail?after=400'],
  });
  expect(await pageOf('/mail?after=400')).toEqual({ mails: [1, 0, 0], links: ['Newer /mail?after=200'] });
  for (const after of ['401', '-1', 'x', '1.5']) expect((await pageOf(`/mail?after=${after}`)).mails[0]).toBe(200);
  await rm(join(folder, 'mail'), { recursive: true });
  await mkdir(join(folder, 'mail'));
});

test('mails are listed newest first and shown without letting them do anything', async () => {
  expect(await (await get('/mail')).text()).toContain('No mail has been sent yet');
  for (const [name, text, time] of [
    ['old.eml', 'Subject: the older one\n\nhello', 1_000],
    ['new.eml', MAIL.replaceAll('\n', '\r\n'), 2_000],
    ['notes.txt', 'Subject: no mail', 3_000],
  ] as const) {
    await writeFile(join(folder, 'mail', name), text);
    await utimes(join(folder, 'mail', name), time, time);
  }
  const list = await (await get('/mail')).text();
  expect(list.indexOf('alert(1)')).toBeLessThan(list.indexOf('the older one'));
  expect(list).toContain('Nordä');
  expect(list).not.toContain('<script>');
  expect(list).not.toContain('no mail');

  const page = await get('/mail/new.eml');
  const html = await page.text();
  expect(html).toContain('<iframe sandbox title="HTML part" src="/mail/new.eml/html"></iframe>');
  expect(html).toContain('a &#60; b');
  expect(html).not.toContain('<script>');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");

  const part = await get('/mail/new.eml/html');
  expect(await part.text()).toContain('<p>billed</p>');
  expect(part.headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/);

  const attachment = await get('/mail/new.eml/attachments/0');
  expect(await attachment.text()).toBe('<b>hi</b>');
  expect(attachment.headers.get('content-type')).toBe('application/octet-stream');
  expect(attachment.headers.get('content-disposition')).toMatch(/^attachment; filename="evil.html"/);
});

test.each([
  '/mail/..%2foutside.pdf',
  '/mail/nothing.eml',
  '/mail/%E0%A4%A',
  '/mail/new.eml/attachments/7',
  '/mail/old.eml/html',
  '/mail/notes.txt',
])('%s is not found', async (path) => {
  expect((await get(path)).status).toBe(404);
});
