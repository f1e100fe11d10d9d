import type { PortalClient, RequestOf } from '../../client/portal-client.ts';
import { refusalOf } from '../support/api-client.ts';
import { request, type Sent } from '../support/api-requests.ts';
import { bearerOf, billOctober, finishedRun } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let token: string;
let vendor: PortalClient;

beforeEach(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  opened.clock.time = new Date('2026-12-10T03:00:00.000Z');
  token = await bearerOf(opened, 'VENDOR');
  vendor = opened.client(token);
});
afterEach(() => opened.close());

/** Sends what no client would. */
const send = (id: Parameters<typeof request>[1], sent: Sent = {}) => request(opened.portal, id, { ...sent, token });

test('a close is started, shows its progress, and is refused a second time while it runs', async () => {
  const started = await vendor.startClose({ body: { period: '2026-11' } });
  expect(started).toMatchObject({
    status: 202,
    location: '/api/vendor/v1/closes/2026-11-1',
    body: { name: '2026-11-1', period: '2026-11', run: 1, status: 'RUNNING', dryRun: false, invoiceDate: '2026-12-10' },
  });
  const stages = [{ stage: 'Rate orders', total: 8, succeeded: 3, failed: 0 }];
  opened.executions.get('2026-11-1')?.progress.push(...stages);
  const shown = await vendor.getClose({ params: { run: '2026-11-1' } });
  expect(shown.body).toEqual({ ...started.body, stages });
  const again = await refusalOf(vendor.startClose({ body: { period: '2026-11' } }));
  expect(again).toMatchObject({ status: 409, code: 'CLOSE_RUNNING', problem: { title: expect.any(String) } });
});

test('a dry run is started beside the close', async () => {
  const { status, body } = await vendor.startClose({ body: { period: '2026-11', dryRun: true } });
  expect([status, body.name, body.dryRun]).toEqual([202, '2026-11-dry-1', true]);
  expect((await vendor.getClose({ params: { run: '2026-11-dry-1' } })).status).toBe(200);
});

test('a period that is open or closed is not closed', async () => {
  const code = async (period: string) => (await refusalOf(vendor.startClose({ body: { period } }))).code;
  expect(await code('2026-12')).toBe('PERIOD_NOT_CLOSABLE');
  expect(await code('2026-10')).toBe('PERIOD_ALREADY_CLOSED');
});

test('a redrive is the next run, and refused when everything is billed', async () => {
  const redrive = (name: string) => vendor.redriveClose({ params: { run: name } });
  expect((await refusalOf(redrive('2026-10-1'))).code).toBe('NOTHING_TO_REDRIVE');
  const run = { ...finishedRun, name: '2026-09-1', period: '2026-09' as never, status: 'FAILED' as const };
  const { portal } = opened;
  await portal.units.commit(portal.closes.claimed({ ...run, status: 'RUNNING' }, undefined, finishedRun));
  await portal.units.commit(portal.closes.finished(run, 'INCOMPLETE'));
  const redriven = await redrive('2026-09-1');
  expect([redriven.status, redriven.body.name]).toEqual([202, '2026-09-2']);
  const members = await send('redriveClose', { params: { run: '2026-09-1' }, body: { force: true } });
  expect(members).toMatchObject({ status: 400, body: { errors: [{ field: 'force', message: 'is not known' }] } });
});

test('runs are listed over periods, newest first, or of one period, in pages', async () => {
  await vendor.startClose({ body: { period: '2026-11' } });
  await vendor.startClose({ body: { period: '2026-11', dryRun: true } });
  const names = async (query: RequestOf<'listCloses'>['query'] = {}) => {
    const { body } = await vendor.listCloses({ query });
    return [body.content.map((run) => run.name), body.total];
  };
  const [all] = await names();
  expect(all).toHaveLength(3);
  expect((all as string[]).at(-1)).toBe('2026-10-1');
  expect(await names({ period: '2026-10' })).toEqual([['2026-10-1'], 1]);
  expect(await names({ limit: 1, offset: 2 })).toEqual([['2026-10-1'], 3]);
  expect(await names({ filter: 'dryRun==false;status==RUNNING' })).toEqual([['2026-11-1'], 1]);
  expect(await names({ sort: '-dryRun,period', limit: 2 })).toEqual([['2026-11-dry-1', '2026-10-1'], 3]);
});

test('the report of a run is there when it has ended', async () => {
  const report = (run: string) => vendor.getCloseReport({ params: { run } });
  expect((await report('2026-10-1')).body).toMatchObject({
    reconciled: true,
    totals: [{ aggregatorId: 'AGG-0001', amount: '1610.40' }],
  });
  await vendor.startClose({ body: { period: '2026-11' } });
  expect((await refusalOf(report('2026-11-1'))).status).toBe(404);
});

test('a run that does not exist, or has no name of a run, is not found', async () => {
  for (const run of ['2026-10-9', '2026-13-1', 'nonsense', '2026-10-1; drop', '..']) {
    expect([run, (await send('getClose', { params: { run } })).status]).toEqual([run, 404]);
  }
});

test.each([
  [{ period: '2026-13' }, 'period', 'is no usage period: write it as YYYY-MM, e.g. 2026-10'],
  [{}, 'period', 'is needed'],
  [{ period: '2026-11', dryRun: 'yes' }, 'dryRun', 'must be true or false'],
  [{ period: '2026-11', force: true }, 'force', 'is not known'],
  ['{"period":"2026-11","__proto__":{"dryRun":true}}', '__proto__', 'is not known'],
  ['{"period":"2026-11","period":"2026-10"}', 'period', 'is there twice'],
])('starting with %j is refused, naming the field', async (body, field, message) => {
  const reply = await send('startClose', { body });
  expect(reply).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST', errors: [{ field, message }] } });
  expect(opened.executions.size).toBe(0);
});
