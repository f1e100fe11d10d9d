import type { Sent } from '../support/api-requests.ts';
import { bearerOf, billOctober } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';
import { type ThingRouteId, thingHandlers, thingRequests } from '../support/thing-routes.ts';

let opened: ApiPortal;
let token: string;

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  token = await bearerOf(opened, 'VENDOR');
});
afterAll(() => opened.close());

const params = { id: 'a' };
const send = (id: ThingRouteId, sent: Sent = {}, total = 3) =>
  thingRequests(opened.portal, thingHandlers(total))(id, { token, ...sent });

test('routes of every method answer with their status, 204 without a body', async () => {
  const body = { discount: 20 };
  expect(await send('createThing', { body })).toMatchObject({
    status: 201,
    headers: { location: '/api/vendor/v1/things/a' },
    text: '{"id":"a","discount":20}',
  });
  expect((await send('putThing', { params, body })).status).toBe(200);
  expect((await send('patchThing', { params, body: {} })).status).toBe(200);
  const deleted = await send('deleteThing', { params });
  expect([deleted.status, deleted.text, deleted.headers['content-type']]).toEqual([204, undefined, undefined]);
});

test.each([
  ['0.88', '0.88'],
  ['638.71', '638.71'],
  ['1e19', '10000000000000000000'],
  ['12345678901234567890.123456', '12345678901234567890.123456'],
  ['1.234567', '1.234567'],
])('the number %s goes in and comes out as %s', async (literal, written) => {
  const { text } = await send('createThing', { body: `{"discount":${literal}}` });
  expect(text).toBe(`{"id":"a","discount":${written}}`);
});

test('a published route ignores members that it does not know, at any depth, and a body that it does not take', async () => {
  const sent = {
    query: { discount: 'x', debug: '1' },
    body: { discount: 1, inner: { name: 'n', more: [] }, other: null },
  };
  expect((await send('publishThing', sent)).body).toEqual({
    query: { discount: 'x' },
    body: { discount: '1', inner: { name: 'n' } },
  });
  expect((await send('publishNothing', { body: { any: 1 } })).status).toBe(204);
});

test('an added route refuses them, naming each', async () => {
  expect(await send('createThing', { body: { discount: 1, other: null, more: 1 } })).toMatchObject({
    status: 400,
    body: { errors: ['other', 'more'].map((field) => ({ field, message: 'is not known' })) },
  });
  const query = { debug: '1' };
  expect((await send('createThing', { query, body: { discount: 1 } })).body.errors).toMatchObject([{ field: 'debug' }]);
  expect((await send('deleteThing', { params, body: { any: 1 } })).body.errors).toMatchObject([{ field: 'any' }]);
});

test('a field that is needed is said to be, also a number', async () => {
  expect((await send('createThing', { body: {} })).body.errors).toEqual([{ field: 'discount', message: 'is needed' }]);
});

test('of very many or very long wrong fields only some are named, in short', async () => {
  const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`n${at}`, 1]));
  for (const body of [many, { ['x'.repeat(500_000)]: 1 }]) {
    for (const id of ['createThing', 'deleteThing'] as const) {
      const { status, text = '' } = await send(id, { body, ...(id === 'deleteThing' && { params }) });
      expect([id, status]).toEqual([id, 400]);
      expect(text.length).toBeLessThan(20_000);
    }
  }
});

test('what has a version has an ETag, and who has that version is told so without a body', async () => {
  const { status, headers } = await send('getThing', { params });
  expect([status, headers.etag]).toEqual([200, '"v3"']);
  const answered = async (ifNoneMatch: string) =>
    (await send('getThing', { params, headers: { 'if-none-match': ifNoneMatch } })).status;
  for (const tag of ['"v3"', 'W/"v3"', '"v1", "v3"', '*']) expect([tag, await answered(tag)]).toEqual([tag, 304]);
  for (const tag of ['"v4"', 'v3', '"v3', '""', '']) expect([tag, await answered(tag)]).toEqual([tag, 200]);
  const same = await send('getThing', { params, headers: { 'if-none-match': '"v3"' } });
  expect([same.text, same.headers.etag]).toEqual([undefined, '"v3"']);
  expect(same.headers['x-request-id']).toBe('gateway-id');
});

test.each([
  ['"v3"', 200],
  ['"v1", "v3"', 200],
  ['*', 200],
  ['"v2"', 412],
  ['W/"v3"', 412],
  ['"other"', 412],
  ['""', 412],
  ['v3', 400],
  ['"v3', 400],
  ['"v3" "v4"', 400],
  ['', 400],
])('a change with If-Match %s is answered with %i', async (ifMatch, status) => {
  for (const id of ['putThing', 'patchThing'] as const) {
    const headers = { 'content-type': 'application/json', 'if-match': ifMatch };
    const reply = await send(id, { params, body: { discount: 1 }, headers });
    expect(reply.status).toBe(status);
    if (status === 412) expect(reply.body.code).toBe('VERSION_MISMATCH');
    if (status === 200) expect(reply.headers.etag).toBe('"v4"');
  }
});

test('If-Match with a megabyte of tags is read in no time', async () => {
  const started = performance.now();
  const headers = {
    'content-type': 'application/json',
    'if-match': `"v1",${' '.repeat(200_000)}${'"v1", '.repeat(100_000)}x`,
  };
  expect((await send('putThing', { params, body: { discount: 1 }, headers })).status).toBe(400);
  expect(performance.now() - started).toBeLessThan(1_000);
});

test.each([
  ['text/csv', true],
  ['text/csv;q=0.5, */*;q=0.1', true],
  ['text/html, Text/CSV; charset=utf-8', true],
  ['application/json, text/csv', true],
  ['application/json, text/csv;q=0.9', false],
  ['text/csv;q=0', false],
  ['*/*', false],
  ['application/xml', false],
  ['text/csvx', false],
  ['', false],
])('a list is CSV for Accept: %s: %s', async (accept, isCsv) => {
  const { status, headers, text } = await send('listThings', { headers: { accept } });
  expect(status).toBe(200);
  expect(headers['content-type']).toBe(isCsv ? 'text/csv; charset=utf-8' : 'application/json');
  if (isCsv) expect(text).toBe(`id,discount\r\n${'a,0.88\r\n'.repeat(3)}`);
});

test('a list in CSV has all its rows or as many as were asked for, and is refused where it would leave some out', async () => {
  const rows = async (query: Record<string, string>, total: number) => {
    const { status, text = '' } = await send('listThings', { query, headers: { accept: 'text/csv' } }, total);
    return status === 200 ? text.split('\r\n').length - 2 : status;
  };
  expect(await rows({}, 10_000)).toBe(10_000);
  expect(await rows({}, 10_001)).toBe(400);
  expect(await rows({ limit: '500' }, 10_001)).toBe(500);
  expect(await rows({ limit: '20000', offset: '1' }, 10_001)).toBe(10_000);
  expect(await rows({ limit: '0' }, 3)).toBe(400);
  const json = await send('listThings', { query: { limit: '20000' } }, 10_001);
  expect((json.body.content as object[]).length).toBe(200);
});

test('a list in CSV of more than 5 MB is refused, since no function could answer it', async () => {
  const content = Array.from({ length: 10_000 }, () => ({ id: 'x'.repeat(500), discount: '1' }));
  const things = thingRequests(opened.portal, { listThings: async () => ({ body: { content, total: 10_000 } }) });
  const reply = await things('listThings', { token, headers: { accept: 'text/csv' } });
  expect(reply).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
});

test('one thing is JSON, whatever is asked for', async () => {
  const { headers } = await send('getThing', { params, headers: { accept: 'text/csv' } });
  expect(headers['content-type']).toBe('application/json');
});

test('an answer that is not of its shape is an error of the portal, not an answer', async () => {
  const handlers = { getThing: async () => ({ body: { id: 'a', discount: '1e5' } }) };
  const reply = await thingRequests(opened.portal, handlers)('getThing', { params, token });
  expect(reply).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
});
