import { NOTHING_BILLED } from '../../../lambdas/domain/billing-order/summary.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { bearerFor, request, type Sent } from '../../support/api-requests.ts';
import { metered, openUsagePortal, PROVIDER, type UsagePortal } from '../../support/usage-portal.ts';

let opened: UsagePortal;
beforeAll(async () => {
  opened = await openUsagePortal();
});
afterAll(() => opened.close());
beforeEach(() => opened.empty());

const core = (amount: string | number, more: object = {}) => ({
  code: 'CORE',
  siteId: opened.west,
  quantity: amount,
  ...more,
});
const add = (body: unknown, headers?: Record<string, string>) => opened.write('addUsage', body, {}, headers);
const usageOf = (reply: { body: Record<string, unknown> }) => reply.body.usage as Record<string, unknown>;
const change = (usageId: string, body: object, headers?: Record<string, string>) =>
  opened.write('changeUsage', body, { usageId }, headers);
const remove = (usageId: string, query: Record<string, string> = {}) =>
  opened.send('removeUsage', { params: { orderId: opened.orderId, usageId }, query }, PROVIDER);

test('a line is added, changed and taken away, and each answer has it as it is now with the totals', async () => {
  const added = await add(core('12.5', { comment: 'Read by hand' }));
  expect(added).toMatchObject({ status: 201, headers: { etag: expect.stringMatching(/^"v\d+"$/) } });
  const id = String(usageOf(added).id);
  expect(added.headers.location).toBe(`/api/provider/v1/billingOrders/${opened.orderId}/usages/${id}`);
  expect(added.body).toMatchObject({
    usage: { code: 'CORE', siteName: 'West', quantity: '12.5', ppu: '7', points: '87.5', origin: 'API' },
    order: { lines: 1, quantity: '12.5', reported: '87.5', zeroReported: false },
  });
  const changed = await change(id, { quantity: 10 });
  expect(changed.body).toMatchObject({ usage: { quantity: '10', comment: 'Read by hand' }, order: { reported: '70' } });
  expect(usageOf(changed)).not.toHaveProperty('edit');
  const moved = await change(id, { siteId: opened.east });
  expect(usageOf(moved)).toMatchObject({ siteName: 'East', quantity: '10' });
  const removed = await remove(id);
  expect(removed).toMatchObject({ status: 200, body: { order: { lines: 0, reported: '0' } } });
  expect(removed.body.usage).toBeUndefined();
  expect(await opened.lines()).toEqual([]);
});

test('points of tiers are those of the whole order', async () => {
  await add({ ...core('80'), code: 'TIERED' });
  const second = await add({ ...core('80'), code: 'TIERED', siteId: opened.east });
  expect(second.body).toMatchObject({ order: { reported: '420' } });
});

test('what was filled in is changed with a reason, shows what stood there first, and is never lost', async () => {
  await opened.fill([metered('m-1', '12.5', opened.west, 'West')]);
  const bare = await change('m-1', { quantity: '10' });
  expect(bare).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', errors: [{ field: 'reason' }] } });
  const silent = await change('m-1', { quantity: '10', reason: 'OTHER' });
  expect(silent).toMatchObject({ status: 400, body: { errors: [{ field: 'comment' }] } });
  const edited = await change('m-1', { quantity: '10', reason: 'METER_ERROR' });
  const original = { quantity: '12.5', siteName: 'West', customerNumber: '' };
  expect(usageOf(edited)).toMatchObject({
    quantity: '10',
    prefilled: '12.5',
    edit: { reason: 'METER_ERROR', original },
  });
  const again = await change('m-1', { quantity: '11', reason: 'LICENCE_CATEGORY' });
  expect(usageOf(again)).toMatchObject({ edit: { reason: 'LICENCE_CATEGORY', original } });
  expect((await remove('m-1')).status).toBe(400);
  const zero = await remove('m-1', { reason: 'METER_ERROR' });
  expect(usageOf(zero)).toMatchObject({ quantity: '0', edit: { original } });
  expect(await opened.lines()).toHaveLength(1);
  const back = await change('m-1', { quantity: '12.5' });
  expect(usageOf(back)).toMatchObject({ quantity: '12.5' });
  expect(usageOf(back)).not.toHaveProperty('edit');
  expect(await change('m-1', { siteId: opened.east, reason: 'WRONG_SITE' })).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'siteId' }] },
  });
});

test('on an adjustment every change has a reason, and what was billed stays as a line', async () => {
  await add(core('5'));
  const [line] = await opened.lines();
  const { lineSet } = await opened.order();
  await opened.portal.billingOrders.putLines(opened.orderId, 'adjusted', await opened.lines());
  const billed = {
    revision: 1,
    outcome: 'INVOICED',
    invoiceNumber: 'INV-1',
    closedTime: 'x',
    lineSet,
    summary: NOTHING_BILLED,
  } as const;
  await opened.put({ billed, lineSet: 'adjusted', revision: 2 });
  const id = String(line?.id);
  expect((await change(id, { quantity: '6' })).status).toBe(400);
  expect((await add(core('1', { siteId: opened.east }))).status).toBe(400);
  const changed = await change(id, { quantity: '6', reason: 'LATE_USAGE' });
  expect(usageOf(changed)).toMatchObject({ quantity: '6', edit: { original: { quantity: '5' } } });
  const added = await add(core('1', { siteId: opened.east, reason: 'LATE_USAGE' }));
  expect(usageOf(added).edit).toEqual({
    reason: 'LATE_USAGE',
    time: '2026-11-10T02:00:00.000Z',
    userId: expect.any(String),
  });
  expect(usageOf(await remove(id, { reason: 'METER_ERROR' }))).toMatchObject({ quantity: '0' });
  expect(usageOf(await change(id, { quantity: '5' }))).not.toHaveProperty('edit');
  await remove(String(usageOf(added).id));
  expect(await opened.lines()).toEqual([line]);
  expect(await opened.portal.billingOrders.linesOf(opened.orderId, lineSet)).toEqual([line]);
  await opened.put({ lineSet, revision: 1 });
});

test.each<[string, object, string, string]>([
  ['a product of another family', { code: 'HOST' }, 'code', 'no product'],
  ['no site where there are some', { siteId: undefined }, 'siteId', 'is needed'],
  ['a site of nobody', { siteId: 'nowhere' }, 'siteId', 'no usage site'],
  ['a customer where there are none', { customerNumber: 'C-1' }, 'customerNumber', 'must be empty'],
  ['another period', { usagePeriod: '2026-09' }, 'usagePeriod', 'has no order of 2026-09'],
  ['a negative quantity', { quantity: '-1' }, 'quantity', 'no number from 0'],
  ['7 decimals', { quantity: '1.0000001' }, 'quantity', 'at most 6 decimals'],
  ['more than 10^12', { quantity: '1000000000000.000001' }, 'quantity', 'no number from 0'],
  ['10^30', { quantity: '1000000000000000000000000000000' }, 'quantity', 'no number from 0'],
  ['a decimal comma', { quantity: '1,5' }, 'quantity', 'has a comma'],
  ['no number', { quantity: 'many' }, 'quantity', 'no number'],
])('%s is refused and changes nothing', async (_name, more, field, message) => {
  const reply = await add({ ...core('1'), ...more });
  expect(reply).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  expect(reply.body.errors).toEqual([{ field, message: expect.stringContaining(message) }]);
  expect(await opened.lines()).toEqual([]);
});

test('usage of a month that was submitted goes on the next order that was not', async () => {
  const november = period('2026-11');
  const [next] = await opened.portal.billingOrders.ofContract(opened.contractId, [november]);
  const orderId = String(next?.id);
  await opened.put({ status: 'PENDING_SP' }, orderId);
  const late = core('5', { usagePeriod: '2026-10' });
  expect(await opened.write('addUsage', late, { orderId })).toMatchObject({ status: 400 });
  await opened.put({ status: 'PENDING_AGGREGATOR' });
  const added = await opened.write('addUsage', late, { orderId });
  expect(added).toMatchObject({ status: 201, body: { usage: { usagePeriod: '2026-10', points: '35' } } });
  expect(added.body.order).toMatchObject({ reported: '0', arrearsPeriods: ['2026-10'] });
  const { id } = added.body.usage as { id: string };
  const changed = (quantity: string) => opened.write('changeUsage', { quantity }, { orderId, usageId: id });
  const today = opened.clock.time;
  expect(await changed('6')).toMatchObject({ status: 200 });
  // After 90 days it can become less, not more; and nothing goes here that belongs on its own order again.
  opened.clock.time = new Date('2027-01-30T00:00:00.000Z');
  expect(await changed('7')).toMatchObject({ status: 400, body: { errors: [{ field: 'quantity' }] } });
  expect(await changed('5')).toMatchObject({ status: 200 });
  opened.clock.time = today;
  await opened.empty(orderId);
});

test('there is one line of a product and site', async () => {
  await add(core('1'));
  expect(await add(core('2'))).toMatchObject({ status: 409, body: { code: 'USAGE_LINE_EXISTS' } });
  const other = await add(core('1', { siteId: opened.east }));
  expect(await change(String(usageOf(other).id), { siteId: opened.west })).toMatchObject({ status: 409 });
});

test('usage is written by Operations of the service provider alone, while the order is in its hands', async () => {
  const { send, orderId, put } = opened;
  const sent = { params: { orderId }, body: core('1') };
  expect(await send('addUsage', sent, { organizationId: 'SP-2' })).toMatchObject({ status: 404 });
  expect(await send('addUsage', sent, { organizationId: 'AGG-1' })).toMatchObject({ status: 403 });
  expect(await send('addUsage', sent, { organizationId: 'SP-1', roles: ['Read Only'] })).toMatchObject({ status: 403 });
  expect(await change('unknown', { quantity: '1' })).toMatchObject({ status: 404 });
  await put({ status: 'PENDING_AGGREGATOR' });
  expect(await add(core('1'))).toMatchObject({ status: 409, body: { code: 'TRANSITION_NOT_ALLOWED' } });
  await put({ status: 'PENDING_SP', sealedBy: '2026-10-1' });
  expect(await add(core('1'))).toMatchObject({ status: 409, body: { code: 'ORDER_SEALED' } });
});

test('a batch does what is valid as one change, and tells what is wrong with the rest', async () => {
  const { version } = await opened.order();
  const operations = [
    { operation: 'ADD', ...core('1') },
    { operation: 'ADD', ...core('2') },
    { operation: 'ADD', ...core('x', { siteId: 'nowhere' }) },
    { operation: 'DELETE', usageId: 'no-such-line' },
    { operation: 'ADD', ...core('3', { siteId: opened.east }) },
  ];
  const reply = await opened.write('writeUsageBatch', { operations });
  expect(reply).toMatchObject({ status: 200, body: { done: 2, refused: 3, order: { lines: 2, quantity: '4' } } });
  expect(reply.body.results).toMatchObject([
    { status: 'DONE', usage: { quantity: '1' } },
    { status: 'REFUSED', code: 'USAGE_LINE_EXISTS' },
    { status: 'REFUSED', code: 'BAD_REQUEST', errors: [{ field: 'siteId' }, { field: 'quantity' }] },
    { status: 'REFUSED', code: 'NOT_FOUND', errors: [{ field: 'usageId' }] },
    { status: 'DONE', usage: { quantity: '3' } },
  ]);
  expect((await opened.order()).version).toBe(version + 1);
  const atomic = await opened.write('writeUsageBatch', { atomic: true, operations });
  expect(atomic).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
  expect(atomic.body.errors).toHaveLength(6);
  expect((await opened.order()).version).toBe(version + 1);
});

test('a batch of 1,000 is one change, of 1,001 none', async () => {
  const ids = (await opened.lines()).map(({ id }) => id);
  expect(ids).toEqual([]);
  const refused = Array.from({ length: 1_000 }, (_, n) => ({ operation: 'DELETE', usageId: `no-${n}` }));
  const reply = await opened.write('writeUsageBatch', { operations: refused });
  expect(reply).toMatchObject({ status: 200, body: { done: 0, refused: 1_000 } });
  const tooMany = await opened.write('writeUsageBatch', { operations: [...refused, refused[0]] });
  expect(tooMany).toMatchObject({ status: 400 });
});

test('who names the version it has read changes no other', async () => {
  const added = await add(core('1'));
  const id = String(usageOf(added).id);
  const etag = String(added.headers.etag);
  await change(id, { quantity: '2' }, { 'if-match': etag });
  expect(await change(id, { quantity: '3' }, { 'if-match': etag })).toMatchObject({
    status: 412,
    body: { code: 'VERSION_MISMATCH' },
  });
  expect((await opened.lines())[0]?.quantity).toBe(quantity('2'));
});

describe('of two who write at once', () => {
  /** Changes a line to 3 while somebody else gets ahead between its reading and its commit. */
  const overtaken = (usageId: string, ahead: (time: number) => Promise<unknown>, times = 1) =>
    writtenAfter(
      ahead,
      'changeUsage',
      { params: { orderId: opened.orderId, usageId }, body: { quantity: '3' } },
      times,
    );

  async function writtenAfter(ahead: (time: number) => Promise<unknown>, id: RouteId, sent: Sent, times = 1) {
    const { portal } = opened;
    let time = 0;
    const commit: typeof portal.units.commit = async (changes) => {
      if (++time <= times) await ahead(time);
      return portal.units.commit(changes);
    };
    const late = { ...portal, units: { commit } };
    return request(late, id, { token, ...sent });
  }

  let token: string;
  beforeAll(async () => {
    const user = { id: 'late-user', organizationId: 'SP-1', roles: ['Operations'] as const };
    token = await bearerFor(opened.portal, await opened.addUser(user));
  });

  test('the one who changes the same line later is told', async () => {
    const west = String(usageOf(await add(core('1'))).id);
    const reply = await overtaken(west, () => change(west, { quantity: '2' }));
    expect(reply).toMatchObject({ status: 409, body: { code: 'CHANGED_MEANWHILE' } });
    expect((await opened.lines())[0]?.quantity).toBe(quantity('2'));
  });

  test('both change lines of their own', async () => {
    const west = String(usageOf(await add(core('1'))).id);
    const east = String(usageOf(await add(core('1', { siteId: opened.east }))).id);
    expect(await overtaken(west, () => change(east, { quantity: '4' }))).toMatchObject({ status: 200 });
    const now = Object.fromEntries((await opened.lines()).map((line) => [line.id, line.quantity]));
    expect(now).toEqual({ [west]: quantity('3'), [east]: quantity('4') });
    expect((await opened.order()).held.quantity).toBe(quantity('7'));
  });

  test('late usage is not written when its own month is sent back in between', async () => {
    const [next] = await opened.portal.billingOrders.ofContract(opened.contractId, [period('2026-11')]);
    const orderId = String(next?.id);
    await opened.put({ status: 'PENDING_SP' }, orderId);
    await opened.put({ status: 'PENDING_AGGREGATOR' });
    const late = { params: { orderId }, body: core('5', { usagePeriod: '2026-10' }) };
    const sendBack = () => opened.put({ status: 'PENDING_SP' });
    expect(await writtenAfter(sendBack, 'addUsage', late)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'usagePeriod', message: expect.stringContaining('is not submitted yet') }] },
    });
    expect(await opened.lines(orderId)).toEqual([]);
  });

  test('who is overtaken time and again by others with lines of their own gets done all the same', async () => {
    const west = String(usageOf(await add(core('1'))).id);
    const east = String(usageOf(await add(core('1', { siteId: opened.east }))).id);
    const others = (time: number) => change(east, { quantity: String(time + 10) });
    expect(await overtaken(west, others, 15)).toMatchObject({ status: 200 });
    const now = Object.fromEntries((await opened.lines()).map((line) => [line.id, line.quantity]));
    expect(now).toEqual({ [west]: quantity('3'), [east]: quantity('25') });
  });

  test('of many at once none is lost', async () => {
    const replies = await Promise.all(
      Array.from({ length: 4 }, (_, n) =>
        add({ code: n % 2 ? 'CORE' : 'ADDON', siteId: n < 2 ? opened.west : opened.east, quantity: '1' }),
      ),
    );
    expect(replies.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(await opened.lines()).toHaveLength(4);
    expect((await opened.order()).held.lines).toBe(4);
  });
});

test('nothing used is said by itself, refused while there is usage, and taken back by usage', async () => {
  const zero = (value: boolean) => opened.write('reportZeroUsage', { zero: value });
  expect(await zero(true)).toMatchObject({ status: 200, body: { zeroReported: true } });
  expect(await zero(true)).toMatchObject({ status: 200, body: { zeroReported: true } });
  const added = await add(core('1'));
  expect(added.body).toMatchObject({ order: { zeroReported: false } });
  expect(await zero(true)).toMatchObject({ status: 409, body: { code: 'USAGE_REPORTED' } });
  await remove(String(usageOf(added).id));
  await zero(true);
  expect((await opened.order()).zeroReported).toBe(true);
  await zero(false);
  expect((await opened.order()).zeroReported).toBeUndefined();
});

test('the history tells who has changed what, and why', async () => {
  await opened.fill([metered('m-1', '12.5', opened.west, 'West')]);
  await change('m-1', { quantity: '10', reason: 'METER_ERROR' });
  const entries = await opened.portal.audit.ofSubject(`ORDER#${opened.orderId}`);
  const last = entries.sort((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
  expect(last).toMatchObject({ action: 'editUsage', reason: 'CORE at West 12.5 → 10 (METER_ERROR)' });
});
