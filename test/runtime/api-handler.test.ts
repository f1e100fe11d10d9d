import { Logger } from '@aws-lambda-powertools/logger';
import { closeRoutes } from '../../lambdas/manifest/routes/closes.ts';
import type { RouteDefinition } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { apiHandler } from '../../lambdas/runtime/api-handler.ts';
import { type RequestEntry, requestLog } from '../../lambdas/runtime/request-log.ts';
import { RetryableError } from '../../lambdas/use-cases/errors.ts';
import { localContext } from '../../local/http/api-event.ts';
import { bearerFor, eventOf, type Reply, request } from '../support/api-requests.ts';
import { bearerOf, billOctober } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let token: string;
const body = { period: '2026-10' };

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  token = await bearerOf(opened, 'VENDOR');
});
afterAll(() => opened.close());

/** A portal whose database fails in this way. */
function failing(error: Error) {
  const users = { ...opened.portal.users, get: () => Promise.reject(error) };
  return { ...opened.portal, users };
}

function expectHeaders({ headers }: Reply): void {
  expect(headers).toMatchObject({
    'strict-transport-security': expect.stringContaining('max-age='),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-request-id': expect.any(String),
  });
}

test('security headers are on every answer, of every route and kind', async () => {
  for (const id of Object.keys(routes) as RouteId[]) {
    const { answer: _answer, ...sent }: RouteDefinition['example'] = routes[id].example;
    const refused = await request(opened.portal, id, sent);
    expectHeaders(refused);
    if (refused.status >= 400) expect(refused.headers['content-type']).toBe('application/problem+json');
    expectHeaders(await request(opened.portal, id, { ...sent, token }));
  }
  expectHeaders(await request(failing(new Error('broken')), 'getHealth'));
});

test('a request id is taken over where it is a plain one, and told in header and problem', async () => {
  const idOf = async (given?: string) => {
    const headers: Record<string, string> = given === undefined ? {} : { 'x-request-id': given };
    const reply = await request(opened.portal, 'listCloses', { headers });
    expect(reply.body.instance).toBe(reply.headers['x-request-id']);
    return reply.headers['x-request-id'];
  };
  expect(await idOf('my-request.1')).toBe('my-request.1');
  expect(await idOf()).toBe('gateway-id');
  expect(await idOf('evil\r\nset-cookie: a=b')).toBe('gateway-id');
  expect(await idOf('x'.repeat(64))).toBe('x'.repeat(64));
  expect(await idOf('x'.repeat(65))).toBe('gateway-id');
});

test('an unexpected error shows nothing of itself to the caller and everything to the log', async () => {
  const log: RequestEntry[] = [];
  const reply = await request(failing(new Error('table commerce-portal is gone')), 'getHealth', {}, log);
  expect(reply).toMatchObject({ status: 500, body: { code: 'INTERNAL', instance: 'gateway-id' } });
  expect(JSON.stringify(reply)).not.toContain('table');
  expect(log).toMatchObject([{ status: 500, code: 'INTERNAL', error: { message: 'table commerce-portal is gone' } }]);
  expect(log[0]?.error?.stack).toContain('api-handler.test.ts');
});

test('an error that passes asks to try again', async () => {
  const reply = await request(failing(new RetryableError('throttled')), 'getHealth');
  expect(reply).toMatchObject({ status: 503, headers: { 'retry-after': '5' }, body: { code: 'TRY_AGAIN' } });
});

test('a problem has the members of RFC 9457 and nothing else', async () => {
  const { body: problem } = await request(opened.portal, 'listCloses');
  expect(problem).toEqual({
    type: 'urn:commerce-portal:problem:NOT_SIGNED_IN',
    title: 'Sign in first',
    status: 401,
    detail: 'Send a bearer token: "Authorization: Bearer …"',
    code: 'NOT_SIGNED_IN',
    instance: 'gateway-id',
  });
});

test('a route of another function is not found', async () => {
  const handler = apiHandler(
    closeRoutes,
    {},
    async () => opened.portal,
    () => {},
  );
  const answer = await handler(eventOf('getHealth', {}), localContext('id'));
  expect(answer.statusCode).toBe(404);
});

test.each([
  ['text/plain', 415],
  ['application/x-www-form-urlencoded', 415],
  ['multipart/form-data; boundary=x', 415],
  ['application/json; charset=iso-8859-1', 415],
  ['', 415],
  ['application/jsonx', 415],
  ['application/json', 409],
  ['application/json; charset=UTF-8', 409],
  ['APPLICATION/JSON', 409],
  ['application/vnd.portal+json', 409],
])('a body of the media type %j is answered with %i', async (contentType, status) => {
  const headers = { 'content-type': contentType };
  expect((await request(opened.portal, 'startClose', { body, token, headers })).status).toBe(status);
});

test.each([
  ['10,000 nested brackets', '['.repeat(10_000), 400],
  ['10,000 nested objects', '{"period":'.repeat(10_000), 400],
  ['a million elements', `[${'1,'.repeat(999_999)}1]`, 413],
  ['20,000 elements', `[${'1,'.repeat(19_999)}1]`, 400],
  ['nothing', '', 400],
  ['half a text', '"', 400],
  ['a lone surrogate', '"\ud800"', 400],
  ['null', 'null', 400],
  ['a number beyond all', '1e999999', 400],
])('%s in a body never breaks a route', async (_, text, status) => {
  for (const [id, sent] of [
    ['startClose', { token }],
    ['signIn', {}],
    ['redriveClose', { token, params: { run: '2026-10-1' } }],
  ] as const) {
    const reply = await request(opened.portal, id, { ...sent, body: text });
    const expected = id === 'redriveClose' && text === '' ? 409 : status;
    expect([id, reply.status]).toEqual([id, expected]);
  }
});

test('a body in base64, as the gateway sends what is no text, is decoded', async () => {
  const event = eventOf('startClose', { token, body });
  const encoded = { ...event, body: Buffer.from(JSON.stringify(body)).toString('base64'), isBase64Encoded: true };
  const { resource } = await import('../../lambdas/api/closes.ts');
  const answer = await apiHandler(
    closeRoutes,
    resource,
    async () => opened.portal,
    () => {},
  )(encoded, localContext('id'));
  expect(JSON.parse(answer.body ?? '').code).toBe('PERIOD_ALREADY_CLOSED');
});

test('the log has its fields and no others: no name, address, mail address or token, even of an error', async () => {
  const secrets = ['Ada Person', 'ada@person.example', 'Ångström', 'Secret Street', 'mail@VENDOR.example', token];
  const userToken = await opened.addUser({ id: 'logged', organizationId: 'VENDOR', roles: ['Operations'] });
  const lines: string[] = [];
  const spy = jest.spyOn(console, 'info').mockImplementation((line) => void lines.push(String(line)));
  const errors = jest.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)));
  // The logger writes to a console of its own unless it is told to use the global one.
  process.env.POWERTOOLS_DEV = 'true';
  const write = requestLog(new Logger({ serviceName: 'commerce-portal' }));
  const log = { push: (entry: RequestEntry) => write(entry) } as unknown as RequestEntry[];
  try {
    await request(opened.portal, 'listCloses', { token }, log);
    await request(opened.portal, 'startClose', { token, body: { period: 'Ada Person' } }, log);
    await request(opened.portal, 'signIn', { body: { type: 'UserToken', userToken } }, log);
    await request(opened.portal, 'signIn', { body: { type: 'UserToken', userToken: `${userToken}x` } }, log);
    const text = `can't read ada@person.example with ${userToken} or ${token}`;
    await request(failing(new Error(text)), 'getHealth', {}, log);
  } finally {
    spy.mockRestore();
    errors.mockRestore();
    delete process.env.POWERTOOLS_DEV;
  }
  const entries = lines.map((line): Record<string, unknown> => JSON.parse(line));
  expect(entries).toHaveLength(5);
  const allowed = ['requestId', 'route', 'status', 'durationMs', 'organizationId', 'userId', 'code', 'error'];
  const ofLogger = ['level', 'message', 'timestamp', 'service', 'sampling_rate'];
  for (const entry of entries) expect([...allowed, ...ofLogger]).toEqual(expect.arrayContaining(Object.keys(entry)));
  expect(entries[0]).toMatchObject({ route: 'GET /api/vendor/v1/closes', status: 200, organizationId: 'VENDOR' });
  expect(entries[1]).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
  // Whole, as a secret may hold underscores itself.
  const secretOfUser = userToken.replace(/^cpt_[^_]*_/, '');
  for (const secret of [...secrets, userToken, secretOfUser]) expect(lines.join('\n')).not.toContain(secret);
  expect(entries[4]).toMatchObject({ error: { message: "can't read [removed] with [removed] or [removed]" } });
});

test('a bearer token is taken in any case of the scheme, and one that is far too long is not looked at', async () => {
  const get = async (authorization: string) =>
    (await request(opened.portal, 'listCloses', { headers: { authorization } })).status;
  expect(await get(`bearer ${token}`)).toBe(200);
  expect(await get(`Bearer ${token}${'x'.repeat(5_000)}`)).toBe(401);
  expect(await get(`Bearer ${token}, Bearer ${token}`)).toBe(401);
  expect(
    await bearerFor(opened.portal, await opened.addUser({ id: 'z', organizationId: 'VENDOR', roles: [] })),
  ).toBeTruthy();
});
