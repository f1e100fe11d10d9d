import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { portalClient } from '../../../client/portal-client.ts';
import { PortInUse } from '../../../local/http/listening.ts';
import { type HttpServer, startHttpServer } from '../../../local/http/server.ts';
import { openSignedLinks, type SignedLinks } from '../../../local/signed-links.ts';
import { bearerOf, billOctober } from '../../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../../support/portal.ts';

let opened: ApiPortal;
let folder: string;
let links: SignedLinks;
let server: HttpServer;
let userToken: string;
let vendorToken: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-'));
  await mkdir(join(folder, 'documents/invoices/2026-10/AGG-1'), { recursive: true });
  await writeFile(join(folder, 'documents/invoices/2026-10/AGG-1/INV-2026-000001.pdf'), '%PDF-1.7 invoice');
  await writeFile(join(folder, 'outside.pdf'), 'secret');
  opened = await openApiPortal();
  await billOctober(opened);
  userToken = await opened.addUser({ id: 'agg', organizationId: 'AGG-1', roles: ['Operations'] });
  vendorToken = await bearerOf(opened, 'VENDOR');
  links = await openSignedLinks(folder, 'http://127.0.0.1:8080');
  const { portal } = opened;
  portal.documents = { ...portal.documents, link: async (key, name, now) => links.make(key, name, now) };
  server = await startHttpServer({
    portal,
    port: 0,
    mailFolder: join(folder, 'mail'),
    documentsFolder: join(folder, 'documents'),
    links,
  });
});
afterAll(async () => {
  await server.close();
  await opened.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, init: RequestInit = {}) => fetch(`${server.url}${path}`, init);
const json = async (response: Response) => (await response.json()) as Record<string, unknown>;
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  get(path, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

/** Sends bytes as they are and answers what comes back until the server closes. */
const raw = (text: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });

test('a client signs in, lists its invoices and downloads one', async () => {
  const { url } = server;
  const { body: token } = await portalClient({ url }).signIn({ body: { type: 'UserToken', userToken } });
  const client = portalClient({ url, token: token.accessToken });
  const query = { limit: 1, sort: 'number', usagePeriod: '2026-10' };
  const list = await client.listAggregatorInvoices({ query });
  expect(list.body).toMatchObject({ total: 2, content: [{ number: 'INV-2026-000001' }] });
  const params = { number: 'INV-2026-000001', ext: 'pdf' } as const;
  const { body: link } = await client.getAggregatorInvoiceDocument({ params });
  const { pathname, search } = new URL(link.url);
  const document = await get(pathname + search);
  expect(await document.text()).toBe('%PDF-1.7 invoice');
  expect(document.headers.get('content-type')).toBe('application/pdf');
  expect(document.headers.get('content-disposition')).toContain('attachment; filename="INV-2026-000001.pdf"');
});

test('the link of an invitation leads to a page that can accept it, by a script of its own alone', async () => {
  const page = await get('/');
  expect(page.headers.get('content-security-policy')).toContain("script-src 'self';");
  expect(await page.text()).toContain('<script src="/home.js"></script>');
  const script = await get('/home.js');
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(await script.text()).toContain('"/api/commerce/v1/auth/invitation"');
});

test('an unknown path is 404 and another method 405, both as problems with the security headers', async () => {
  for (const path of ['/api/commerce/v1/nothing', '/api/aggregator/v1/invoices/%E0%A4%A', '/api/']) {
    const response = await get(path);
    expect([path, response.status, (await json(response)).code]).toEqual([path, 404, 'NOT_FOUND']);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  }
  const unknown = await get('/api/nothing', { headers: { 'x-request-id': 'mine-1' } });
  expect([unknown.headers.get('x-request-id'), (await json(unknown)).instance]).toEqual(['mine-1', 'mine-1']);
  const response = await get('/api/commerce/v1/auth', { method: 'DELETE' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  expect(await json(response)).toMatchObject({ code: 'METHOD_NOT_ALLOWED', status: 405 });
  expect((await get('/mail', { method: 'POST' })).status).toBe(405);
});

test('query and path parameters reach a handler decoded, several of a name joined as the gateway does', async () => {
  const { accessToken } = await json(
    await post('/api/commerce/v1/auth', JSON.stringify({ type: 'UserToken', userToken })),
  );
  const headers = { authorization: `Bearer ${accessToken}` };
  expect((await get('/api/aggregator/v1/invoices/INV%2D2026%2D000001', { headers })).status).toBe(200);
  const { errors } = await json(await get('/api/aggregator/v1/invoices?limit=1&limit=2&s%C3%B6rt=x', { headers }));
  expect(errors).toEqual([
    { field: 'limit', message: 'must be a whole number from 1' },
    { field: 'sört', message: 'is not known' },
  ]);
});

test('every answer, of the API and beside it, says that it is for HTTPS alone and not to be kept', async () => {
  for (const path of ['/', '/docs', '/mail', '/nothing', '/api/commerce/v1/health', '/api/nothing']) {
    const { headers } = await get(path);
    expect([path, headers.get('strict-transport-security')]).toEqual([path, 'max-age=63072000; includeSubDomains']);
    expect([path, headers.get('cache-control')]).toEqual([path, 'no-store']);
  }
});

const million = `[${'1,'.repeat(999_999)}1]`;
test.each([
  ['null', 'null', 400],
  ['an array', '[]', 400],
  ['a text', '"period"', 400],
  ['a number', '1e400', 400],
  ['a number that is no double', '9007199254740993', 400],
  ['nothing', '', 400],
  ['wrong types', '{"period":[],"dryRun":"no"}', 400],
  ['null in a field', '{"period":null}', 400],
  ['a text that is too long', `{"period":"${'x'.repeat(900_000)}"}`, 400],
  ['a million elements', million, 413],
  ['a million elements in a field', `{"period":${million}}`, 413],
  ['half a million elements', `[${'1,'.repeat(499_990)}1]`, 400],
  ['10,000 nested brackets', '['.repeat(10_000), 400],
  ['half a million nested brackets', '['.repeat(499_000), 400],
  ['nested objects', '{"period":'.repeat(50_000), 400],
  ['a member twice', '{"period":"2026-10","period":"2026-11"}', 400],
  ['__proto__', '{"__proto__":{"period":"2026-11"}}', 400],
  ['constructor', '{"period":"2026-10","constructor":{"prototype":{}}}', 400],
  ['emoji', '{"period":"😀2026-10"}', 400],
  ['Arabic digits', '{"period":"٢٠٢٦-١٠"}', 400],
  ['text from right to left', '{"period":"\u202e01-6202"}', 400],
  ['a lone surrogate', '{"period":"\\ud800"}', 400],
  ['a NUL', '{"period":"2026-10\\u0000"}', 400],
  ['a month that is none', '{"period":"2026-02-30"}', 400],
  ['a comment', '{"period":"2026-10"/**/}', 400],
])('%s as a body is refused with a problem', async (_, body, status) => {
  for (const [path, token] of [
    ['/api/vendor/v1/closes', vendorToken],
    ['/api/commerce/v1/auth', ''],
  ]) {
    const response = await post(`${path}`, body, token ? { authorization: `Bearer ${token}` } : {});
    const problem = await json(response);
    expect([path, response.status, problem.status]).toEqual([path, status, status]);
    expect(problem).toMatchObject({
      code: status === 413 ? 'BODY_TOO_LARGE' : 'BAD_REQUEST',
      detail: expect.any(String),
    });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  }
});

test('bytes that are no UTF-8 are refused', async () => {
  const body = new Uint8Array([...Buffer.from('{"type":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]);
  const response = await get('/api/commerce/v1/auth', {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  });
  expect([response.status, (await json(response)).detail]).toEqual([400, 'The body is not valid UTF-8']);
});

test('a list is CSV over HTTP too', async () => {
  const vendor = portalClient({ url: server.url, token: vendorToken });
  const { headers, body } = await vendor.listCloses({ accept: 'text/csv' });
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(body).toMatch(/^name,period,run,status,.*\r\n2026-10-1,2026-10,1,SUCCEEDED,/);
});

test('a body above 1 MB is refused by the function, one above 6 MB before it', async () => {
  for (const size of [1_000_001, 6_000_001, 20_000_000]) {
    const response = await post('/api/commerce/v1/auth', `"${'x'.repeat(size)}"`).catch(() => undefined);
    // A client may not get to read the answer while it is still sending.
    if (response) expect([size, response.status, (await json(response)).code]).toEqual([size, 413, 'BODY_TOO_LARGE']);
    else expect(size).toBeGreaterThan(6_000_000);
  }
  expect((await get('/api/commerce/v1/health')).status).toBe(200);
});

test('a client that goes away in the middle, or does not speak HTTP, harms nobody', async () => {
  for (const text of [
    'POST /api/commerce/v1/auth HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"a"',
    'GET ',
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text, () => socket.destroy()));
      socket.on('close', () => resolve());
    });
  }
  expect(await raw('HELLO\r\n\r\n')).toContain('400 Bad Request');
  expect(await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toContain('431');
  expect((await get('/api/commerce/v1/health')).status).toBe(200);
});

test('another site that points its name here is not served', async () => {
  expect(await raw('GET /mail HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toContain(
    '400 Bad Request',
  );
  expect(await raw('GET /mail HTTP/1.1\r\nHost: localhost:8080\r\nConnection: close\r\n\r\n')).toContain('200 OK');
  expect(await raw('GET http://evil.example/mail HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toContain(
    '400',
  );
});

test('the reference of the API is served from here and fetches nothing from elsewhere', async () => {
  const page = await get('/docs');
  const html = await page.text();
  expect(html).not.toMatch(/https?:/);
  expect(page.headers.get('content-security-policy')).toMatch(
    /default-src 'none'; script-src 'self';.*connect-src 'self'/,
  );
  const start = await (await get('/docs/start.js')).text();
  expect(start).toMatch(/"withDefaultFonts":false.*"telemetry":false/);
  expect(start).not.toMatch(/https?:/);
  expect((await (await get('/docs/reference.js')).text()).length).toBeGreaterThan(1_000_000);
  expect(await json(await get('/openapi.json'))).toMatchObject({ openapi: '3.1.1' });
});

test('a document is served for its signed link alone, and never from outside the folder', async () => {
  const pathOf = (key: string) => {
    const { pathname, search } = new URL(links.make(key, 'a.pdf', opened.clock.time).url);
    return pathname + search;
  };
  const key = 'invoices/2026-10/AGG-1/INV-2026-000001.pdf';
  expect((await get(pathOf(key), { method: 'HEAD' })).headers.get('content-length')).toBe('16');
  expect((await get(`/documents/${key}`)).status).toBe(403);
  expect((await get(pathOf('invoices/none.pdf'))).status).toBe(404);
  expect((await get(pathOf('invoices/2026-10'))).status).toBe(404);
  await symlink(join(folder, 'outside.pdf'), join(folder, 'documents/linked.pdf'));
  expect((await get(pathOf('linked.pdf'))).status).toBe(404);
  expect(await raw('GET /documents/../outside.pdf HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')).toContain(
    '404',
  );
});

test('a port in use is a sentence that says what to do', async () => {
  const again = startHttpServer({
    portal: opened.portal,
    port: server.port,
    mailFolder: '',
    documentsFolder: '',
    links,
  });
  await expect(again).rejects.toThrow(PortInUse);
  await expect(again).rejects.toThrow(`Port ${server.port} of 127.0.0.1 is in use`);
});
