import type { RequestEntry } from '../../lambdas/runtime/request-log.ts';
import { PortalError, RetryableError } from '../../lambdas/use-cases/errors.ts';
import type { IdempotencyKeys } from '../../lambdas/use-cases/ports/idempotency.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { request, type Sent } from '../support/api-requests.ts';
import { bearerOf, billOctober } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';
import { type ThingHandlers, thingRequests } from '../support/thing-routes.ts';

const LEASE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
const NOVEMBER = { period: '2026-11' };

let opened: ApiPortal;
let token: string;
let made: number;

beforeEach(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  opened.clock.time = new Date('2026-12-10T03:00:00.000Z');
  token = await bearerOf(opened, 'VENDOR');
  made = 0;
});
afterEach(() => opened.close());

const keyed = (key: string) => ({ 'content-type': 'application/json', 'idempotency-key': key });
const close = (id: 'startClose' | 'redriveClose', key: string, sent: Sent, portal: Portal = opened.portal) =>
  request(portal, id, { token, headers: keyed(key), ...sent });

/** Makes a thing: one more effect each time it is really done. */
async function makeThing(portal: Portal): Promise<{ body: object; location: string; version: number }> {
  const id = `thing-${made + 1}`;
  const entry = { organizationId: 'VENDOR', subject: 'THING', id, time: '2026-12-10', actor: 'ada', action: 'made' };
  const result = await portal.units.commit([portal.audit.recorded(entry)]);
  if (!result.ok) throw new PortalError('CLOSE_RUNNING', 'refused');
  return { body: { id: 'a', discount: String(made) }, location: '/things/a', version: 1 };
}

/** A portal that counts what is committed, and fails where it is told to. */
function portalWith(faults: Partial<IdempotencyKeys> = {}, commit = (done: () => Promise<unknown>) => done()): Portal {
  const { units, idempotency } = opened.portal;
  const counted: Portal['units'] = {
    commit: async (changes) => {
      let result: Awaited<ReturnType<typeof units.commit>> = { ok: true };
      await commit(async () => {
        result = await units.commit(changes);
        if (result.ok) made++;
      });
      return result;
    },
  };
  return { ...opened.portal, units: counted, idempotency: { ...idempotency, ...faults } };
}

const died = () => Promise.reject(new Error('the process died'));
/** A process that has died does nothing more with its key. */
const DEAD = { ended: died, released: died };

const create = (portal: Portal, key = 'k', sent: Sent = {}, handlers: ThingHandlers = { createThing: makeThing }) =>
  thingRequests(portal, handlers)('createThing', { token, headers: keyed(key), body: { discount: 1 }, ...sent });

test('a close that is started twice with one key is started once and answered twice', async () => {
  const first = await close('startClose', 'k', { body: NOVEMBER });
  const second = await close('startClose', 'k', { body: NOVEMBER });
  expect(first.status).toBe(202);
  expect([second.status, second.text, second.headers]).toEqual([202, first.text, first.headers]);
  expect(second.headers.location).toBe('/api/vendor/v1/closes/2026-11-1');
  expect([...opened.executions.keys()]).toEqual(['2026-11-1']);
  const other = await close('startClose', 'other', { body: NOVEMBER });
  expect(other.body.code).toBe('CLOSE_RUNNING');
});

test('dry runs, which may be many, are one for each key', async () => {
  const body = { ...NOVEMBER, dryRun: true };
  for (const key of ['a', 'a', 'b', 'a', 'b']) expect((await close('startClose', key, { body })).status).toBe(202);
  expect([...opened.executions.keys()]).toEqual(['2026-11-dry-1', '2026-11-dry-2']);
});

test('a redrive takes a key too', async () => {
  const params = { run: '2026-10-1' };
  expect((await close('redriveClose', 'k', { params })).body.code).toBe('NOTHING_TO_REDRIVE');
});

test('a key that was sent with another body, query, path or route is refused', async () => {
  const portal = portalWith();
  expect((await create(portal)).status).toBe(201);
  const reused = { status: 422, body: { code: 'IDEMPOTENCY_KEY_REUSED' } };
  expect(await create(portal, 'k', { body: { discount: 2 } })).toMatchObject(reused);
  expect(await create(portal, 'k', { body: '{"discount": 1}' })).toMatchObject(reused);
  expect(await close('startClose', 'k', { body: NOVEMBER })).toMatchObject(reused);
  const put = { params: { id: 'a' }, body: { discount: 1 }, token, headers: keyed('put') };
  const things = thingRequests(portal, { putThing: makeThing });
  expect((await things('putThing', put)).status).toBe(200);
  expect(await things('putThing', { ...put, params: { id: 'b' } })).toMatchObject(reused);
  expect(made).toBe(2);
});

test("a key is its caller's own", async () => {
  const portal = portalWith();
  expect((await create(portal)).status).toBe(201);
  const other = await bearerOf(opened, 'VENDOR', undefined, 'somebody-else');
  expect((await create(portal, 'k', { token: other, body: { discount: 2 } })).status).toBe(201);
  expect(made).toBe(2);
});

test('status, body, location and ETag are those of the first answer, and the request id is not', async () => {
  const portal = portalWith();
  const first = await create(portal);
  const second = await create(portal, 'k', { headers: { ...keyed('k'), 'x-request-id': 'second' } });
  expect(second).toMatchObject({ status: 201, text: first.text });
  expect(second.headers).toEqual({ ...first.headers, 'x-request-id': 'second' });
  expect(first.headers).toMatchObject({ location: '/things/a', etag: '"v1"' });
});

test.each(['', ' ', 'a b', 'ü', '\u007f', 'x'.repeat(256)])('%j is no key', async (key) => {
  const reply = await create(portalWith(), key);
  expect(reply).toMatchObject({ status: 400, body: { errors: [{ field: 'Idempotency-Key' }] } });
  expect(made).toBe(0);
});

test('the longest key is taken, and without a key each request is one of its own', async () => {
  const portal = portalWith();
  for (const key of ['~'.repeat(255), '~'.repeat(255)]) expect((await create(portal, key)).status).toBe(201);
  const headers = { 'content-type': 'application/json' };
  for (const _ of [1, 2]) expect((await create(portal, '', { headers })).status).toBe(201);
  expect(made).toBe(3);
});

test('a refusal is not remembered: the key is as if it had not been used', async () => {
  opened.clock.time = new Date('2026-12-10T01:59:59.000Z');
  expect((await close('startClose', 'k', { body: NOVEMBER })).body.code).toBe('PERIOD_NOT_CLOSABLE');
  expect((await close('startClose', 'k', { body: { period: 'x' } })).status).toBe(400);
  opened.clock.time = new Date('2026-12-10T02:00:00.000Z');
  const body = { ...NOVEMBER, dryRun: false };
  expect((await close('startClose', 'k', { body })).status).toBe(202);
});

test('a refusal after something was committed is what the key stands for', async () => {
  const portal = portalWith();
  const createThing = async (on: Portal) => {
    await makeThing(on);
    throw new PortalError('PERIOD_FROZEN', `refused after ${made}`);
  };
  const refused = { status: 409, body: { code: 'PERIOD_FROZEN', detail: 'refused after 1' } };
  for (const _ of [1, 2]) expect(await create(portal, 'k', {}, { createThing })).toMatchObject(refused);
  expect(made).toBe(1);
});

test('of many requests of one key at the same time one is done, and the others wait or get its answer', async () => {
  const portal = portalWith();
  const replies = await Promise.all(Array.from({ length: 12 }, () => create(portal)));
  expect(made).toBe(1);
  for (const { status, body, headers } of replies) {
    if (status === 201) expect(body).toEqual({ id: 'a', discount: 1 });
    else expect([status, body.code, headers['retry-after']]).toEqual([409, 'REQUEST_IN_PROGRESS', '2']);
  }
  expect(replies.some(({ status }) => status === 201)).toBe(true);
  expect((await create(portal)).status).toBe(201);
  expect(made).toBe(1);
});

test('after 24 hours a key is new, whether or not its item is still there', async () => {
  const { idempotency } = opened.portal;
  const known = { callerId: 'c', key: 'k', fingerprint: 'f' };
  const { time } = opened.clock;
  const claimed = await idempotency.claim(known, time);
  if (claimed.state !== 'CLAIMED') throw new Error(claimed.state);
  await idempotency.ended(claimed.claim, { status: 204, headers: {} });
  const before = new Date(time.getTime() + DAY_MS - 1_000);
  expect(await idempotency.claim(known, before)).toEqual({ state: 'ENDED', answer: { status: 204, headers: {} } });
  const after = new Date(time.getTime() + DAY_MS);
  const again = await idempotency.claim({ ...known, fingerprint: 'g' }, after);
  if (again.state !== 'CLAIMED') throw new Error(again.state);
  // The answer of the earlier request has gone with it.
  await opened.portal.units.commit([idempotency.committed(again.claim)]);
  const dead = new Date(after.getTime() + LEASE_MS + 1);
  expect(await idempotency.claim({ ...known, fingerprint: 'g' }, dead)).toEqual({ state: 'ENDED' });
});

test('an answer that holds a secret is not kept', async () => {
  const portal = portalWith();
  const things = thingRequests(portal, { createSecret: makeThing });
  const sent = { token, headers: keyed('k') };
  expect((await things('createSecret', sent)).status).toBe(201);
  expect(await things('createSecret', sent)).toMatchObject({ status: 409, body: { code: 'ANSWER_LOST' } });
  expect(made).toBe(1);
});

describe('a process that dies', () => {
  const inProgress = { status: 409, body: { code: 'REQUEST_IN_PROGRESS' } };
  const answerLost = { status: 409, body: { code: 'ANSWER_LOST' } };

  test('between claim and commit leaves nothing, and its key is taken over when it must be dead', async () => {
    expect((await create(portalWith(DEAD, died))).status).toBe(500);
    expect(await create(portalWith())).toMatchObject(inProgress);
    opened.clock.time = new Date(opened.clock.time.getTime() + LEASE_MS);
    expect(await create(portalWith())).toMatchObject(inProgress);
    opened.clock.time = new Date(opened.clock.time.getTime() + 1);
    expect(made).toBe(0);
    for (const _ of [1, 2]) expect((await create(portalWith())).status).toBe(201);
    expect(made).toBe(1);
  });

  test('between commit and the keeping of the answer has done its effect, which is never done again', async () => {
    const log: RequestEntry[] = [];
    const portal = portalWith(DEAD);
    const sent = { token, headers: keyed('k'), body: { discount: 1 } };
    // The caller that is still there gets its answer; the log says that it could not be kept.
    expect((await thingRequests(portal, { createThing: makeThing }, log)('createThing', sent)).status).toBe(201);
    expect(log).toMatchObject([{ status: 201, error: { message: 'the process died' } }]);
    expect(await create(portalWith())).toMatchObject(inProgress);
    opened.clock.time = new Date(opened.clock.time.getTime() + LEASE_MS + 1);
    for (const _ of [1, 2]) expect(await create(portalWith())).toMatchObject(answerLost);
    expect(made).toBe(1);
  });

  test('in the commit, so that nobody knows whether it was made, does no effect twice', async () => {
    const lost = async (done: () => Promise<unknown>) => {
      await done();
      throw new RetryableError('no answer from the database');
    };
    expect((await create(portalWith({}, lost))).status).toBe(503);
    expect(made).toBe(1);
    expect(await create(portalWith())).toMatchObject(inProgress);
    opened.clock.time = new Date(opened.clock.time.getTime() + LEASE_MS + 1);
    expect(await create(portalWith())).toMatchObject(answerLost);
    expect(made).toBe(1);
  });

  test('after an effect that is no transaction says so to the repeated request at once', async () => {
    const createThing = async (on: Portal) => {
      await makeThing(on);
      throw new RetryableError('the state machine does not answer');
    };
    expect((await create(portalWith(), 'k', {}, { createThing })).status).toBe(503);
    expect(await create(portalWith())).toMatchObject(answerLost);
    expect(made).toBe(1);
  });

  test('between refusal and release holds its key no longer than any other', async () => {
    const createThing = () => Promise.reject(new PortalError('PERIOD_FROZEN', 'refused'));
    expect((await create(portalWith(DEAD), 'k', {}, { createThing })).body.code).toBe('PERIOD_FROZEN');
    expect(await create(portalWith())).toMatchObject(inProgress);
    opened.clock.time = new Date(opened.clock.time.getTime() + LEASE_MS + 1);
    expect((await create(portalWith())).status).toBe(201);
    expect(made).toBe(1);
  });

  test('for others, but goes on, does nothing once its key was taken over', async () => {
    const [woken, asleep] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const sleeping = create(
      portalWith({}, async (done) => {
        asleep.resolve();
        await woken.promise;
        await done();
      }),
    );
    await asleep.promise;
    opened.clock.time = new Date(opened.clock.time.getTime() + LEASE_MS + 1);
    const other = await create(portalWith());
    expect(other.status).toBe(201);
    woken.resolve();
    expect(await sleeping).toMatchObject(inProgress);
    expect(made).toBe(1);
    expect(await create(portalWith())).toMatchObject({ status: 201, text: other.text });
  });
});

test('commits of one request at the same time are made one after the other, the first with the key', async () => {
  const createThing = async (on: Portal) => {
    const entry = { organizationId: 'VENDOR', subject: 'THING', time: '2026-12-10', actor: 'ada', action: 'made' };
    const results = await Promise.all(
      ['1', '2', '3'].map((id) => on.units.commit([on.audit.recorded({ ...entry, id })])),
    );
    return { body: { id: 'a', discount: String(results.filter(({ ok }) => ok).length) } };
  };
  expect((await create(portalWith(), 'k', {}, { createThing })).body.discount).toBe(3);
  expect((await create(portalWith(), 'k', {}, { createThing })).body.discount).toBe(3);
  expect(made).toBe(3);
});

test('a commit that is refused is refused as without a key, and may be tried again', async () => {
  const createThing = async (on: Portal) => {
    await makeThing(opened.portal);
    await expect(makeThing(on)).rejects.toMatchObject({ code: 'CLOSE_RUNNING' });
    made = 7;
    return makeThing(on);
  };
  expect((await create(portalWith(), 'k', {}, { createThing })).status).toBe(201);
  expect(made).toBe(8);
});
