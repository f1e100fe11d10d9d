import { gzipSync } from 'node:zlib';
import { formatQuantity, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { task } from '../../../lambdas/jobs/usage-files.ts';
import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import type { Reply } from '../../support/api-requests.ts';
import { metered, OCTOBER, openUsagePortal, PROVIDER, type UsagePortal } from '../../support/usage-portal.ts';

let opened: UsagePortal;
let contractNumber: string;
beforeAll(async () => {
  opened = await openUsagePortal();
  ({ contractNumber } = await opened.order());
});
afterAll(() => opened.close());
beforeEach(async () => {
  await opened.empty();
  await opened.empty(opened.plainOrderId);
});

/** Tells the job of all that was uploaded, as the bucket does. */
async function told(portal: Portal = opened.portal): Promise<void> {
  for (const key of opened.uploaded.splice(0)) await task(portal, { detail: { object: { key } } });
}

type File = Reply['body'] & { id: string; orders: Record<string, unknown>[] };

/** A file that is sent by the API. */
async function sent(body: string, query: Record<string, string> = {}): Promise<File> {
  const headers = { 'content-type': 'application/octet-stream' };
  const { status, body: file } = await opened.send(
    'sendUsageFile',
    { query: { name: 'usage.csv', ...query }, body, headers },
    PROVIDER,
  );
  expect(status).toBe(201);
  await told();
  return get(String(file.id));
}

/** A file that is uploaded past the API. */
async function uploaded(bytes: Uint8Array, name = 'usage.csv', more: object = {}): Promise<File> {
  const { body } = await opened.send('announceUsageFile', { body: { name, size: bytes.length, ...more } }, PROVIDER);
  const key = `uploads/${body.id}/source`;
  opened.objects.set(key, bytes);
  opened.uploaded.push(key);
  await told();
  return get(String(body.id));
}

const ask = (id: 'applyUsageFile' | 'validateUsageFile' | 'discardUsageFile', fileId: string, sender = PROVIDER) =>
  opened.send(id, { params: { fileId } }, sender);
const get = async (fileId: string): Promise<File> =>
  (await opened.send('getUsageFile', { params: { fileId } }, PROVIDER)).body as File;
const errorsOf = async ({ id }: File) =>
  (await opened.send('listUsageFileErrors', { params: { fileId: id } }, PROVIDER)).body.content as {
    row: number;
    column?: string;
    message: string;
  }[];

const HEAD = 'Contract,Usage Period,Site,Product Code,Quantity,Reason,Comment';
const csv = (...rows: string[]) => [HEAD, ...rows, ''].join('\r\n');
const row = (site: string, product: string, amount: string, rest = ',') =>
  `${contractNumber},${OCTOBER},${site},${product},${amount},${rest}`;
const quantities = async (id?: string) =>
  Object.fromEntries(
    (await opened.lines(id)).map((line) => [`${line.productCode} ${line.siteName}`, formatQuantity(line.quantity)]),
  );

test('a file is announced, uploaded, validated, shown, applied; until then nothing is changed', async () => {
  await opened.write('addUsage', { code: 'CORE', siteId: opened.west, quantity: '1' });
  const file = await uploaded(Buffer.from(csv(row('West', 'CORE', '2'), row('East', 'CORE', '12.5'))));
  expect(file).toMatchObject({ status: 'READY', rows: 2, errors: 0, applying: false });
  expect(file.orders).toMatchObject([
    {
      orderId: opened.orderId,
      usagePeriod: '2026-10',
      added: 1,
      changed: 1,
      removed: 0,
      before: { lines: 1, reported: '7' },
      after: { lines: 2, quantity: '14.5', reported: '101.5' },
      outcome: 'WAITING',
    },
  ]);
  expect(await quantities()).toEqual({ 'CORE West': '1' });
  const applied = await ask('applyUsageFile', file.id);
  expect(applied).toMatchObject({ status: 200, body: { status: 'APPLIED', orders: [{ outcome: 'APPLIED' }] } });
  expect(await quantities()).toEqual({ 'CORE West': '2', 'CORE East': '12.5' });
  const added = (await opened.lines()).find(({ siteName }) => siteName === 'East');
  expect(added?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  const { version, held } = await opened.order();
  expect(held.quantity).toBe(quantity('14.5'));
  expect(await ask('applyUsageFile', file.id)).toMatchObject({ status: 200, body: { status: 'APPLIED' } });
  expect((await opened.order()).version).toBe(version);
});

test('a file sent by the API does the same; its rows may be of several orders', async () => {
  const { contractNumber: plain } = await opened.order(opened.plainOrderId);
  const file = await sent(csv(row('West', 'CORE', '2'), `${plain},2026-10,,ADDON,4,,`));
  expect(file).toMatchObject({ status: 'READY', orders: [{ added: 1 }, { added: 1 }] });
  await ask('applyUsageFile', file.id);
  expect(await quantities()).toEqual({ 'CORE West': '2' });
  expect(await quantities(opened.plainOrderId)).toEqual({ 'ADDON ': '4' });
});

test('a file for one order need not name its contract and period', async () => {
  const file = await sent('site\tsku\tunits\nEast\tCORE\t3\n', { name: 'Monthly_Usage.tsv', orderId: opened.orderId });
  expect(file).toMatchObject({ status: 'READY', format: 'TSV', orders: [{ added: 1 }] });
  const wrong = await sent('contract,product,quantity,site\n999,CORE,1,East\n', { orderId: opened.orderId });
  expect(await errorsOf(wrong)).toEqual([
    { row: 2, column: 'contract', message: expect.stringContaining('not the contract') },
  ]);
});

test('REPLACE takes away what people have written and no row names, never what was filled in', async () => {
  await opened.fill([metered('m-1', '9', opened.west, 'West')]);
  await opened.write('addUsage', { code: 'ADDON', siteId: opened.west, quantity: '1' });
  const file = await sent(csv(row('East', 'CORE', '3')), { mode: 'REPLACE' });
  expect(file).toMatchObject({ status: 'READY', orders: [{ added: 1, removed: 1, unchanged: 1 }] });
  await ask('applyUsageFile', file.id);
  expect(await quantities()).toEqual({ 'CORE West': '9', 'CORE East': '3' });
});

test('what was filled in is changed with the reason in its row', async () => {
  await opened.fill([metered('m-1', '9', opened.west, 'West')]);
  const bare = await sent(csv(row('West', 'CORE', '3')));
  expect(bare.status).toBe('INVALID');
  expect(await errorsOf(bare)).toEqual([{ row: 2, column: 'Reason', message: expect.stringContaining('is needed') }]);
  const same = await sent(csv(row('West', 'CORE', '9')));
  expect(same).toMatchObject({ status: 'READY', orders: [{ unchanged: 1 }] });
  const file = await sent(csv(row('West', 'CORE', '3', 'Meter error,"seen, by hand"')));
  await ask('applyUsageFile', file.id);
  const [line] = await opened.lines();
  expect(line).toMatchObject({ quantity: quantity('3'), comment: 'seen, by hand', edit: { reason: 'METER_ERROR' } });
  expect(line?.edit?.original?.quantity).toBe(quantity('9'));
});

test('everything that is wrong is told with row and column, and nothing can be applied', async () => {
  const file = await sent(
    csv(
      row('West', 'CORE', '1'),
      row('Nowhere', 'NOTHING', '-1', 'BECAUSE,'),
      row('West', 'CORE', '2'),
      row('East', 'CORE', '"1,5"'),
      row('East', 'CORE', '1e30'),
      row('East', 'CORE', '1000000000000000000000000000000'),
      `999,2026-10,East,CORE,1,,`,
      `${contractNumber},10/2026,East,CORE,1,,`,
      `${contractNumber},2020-01,East,CORE,1,,`,
      row('East', 'CORE', '1', 'OTHER,\u0000'),
      `${row('East', 'CORE', '1')},too,many`,
    ),
  );
  expect(file).toMatchObject({ status: 'INVALID', errors: 13 });
  const found = (await errorsOf(file)).map(({ row: at, column = '', message }) => `${at} ${column}: ${message}`);
  for (const [at, text] of [
    ['3 Site', 'no usage site'],
    ['3 Product Code', 'no product'],
    ['3 Quantity', 'no number'],
    ['3 Reason', 'is none of'],
    ['4 ', 'as row 2'],
    ['5 Quantity', 'has a comma'],
    ['6 Quantity', 'no number'],
    ['7 Quantity', 'no number'],
    ['8 Contract', 'no contract of yours'],
    ['9 Usage Period', 'no usage period'],
    ['10 Usage Period', 'no billing order'],
    ['11 Comment', 'control character'],
    ['12 ', 'has 9 cells'],
  ] as const) {
    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${at}:.*${text}`)));
  }
  expect(await ask('applyUsageFile', file.id)).toMatchObject({ status: 409, body: { code: 'TRANSITION_NOT_ALLOWED' } });
  expect(await opened.lines()).toEqual([]);
  const { body } = await opened.send('linkUsageFileErrors', { params: { fileId: file.id } }, PROVIDER);
  expect(body.url).toContain('errors.csv');
  const report = Buffer.from(opened.objects.get(`uploads/${file.id}/1/errors.csv`) ?? '').toString();
  expect(report.split('\r\n')).toHaveLength(15);
});

test('of a row whose order is not found, or with a cell that cannot be read, the rest is told too, in every such row', async () => {
  const file = await sent(
    csv(
      '999,2026-10,West,CORE,-1,BECAUSE,',
      '999,10/2026,West,CORE,1,,',
      `${contractNumber},2020-01,West,CORE,1e30,,`,
      row('Nowhere', 'CORE', '-2', 'OTHER,\u0000'),
      row('West', 'CORE', '1', 'OTHER,\u0000'),
    ),
  );
  expect(file).toMatchObject({ status: 'INVALID', rows: 5, orders: [{ rows: 0, added: 0 }] });
  expect((await errorsOf(file)).map(({ row: at, column }) => `${at} ${column}`)).toEqual([
    ...['2 Contract', '2 Quantity', '2 Reason', '3 Contract', '3 Usage Period', '4 Usage Period', '4 Quantity'],
    ...['5 Comment', '5 Site', '5 Quantity', '6 Comment'],
  ]);
});

test('a file of more than 5,000 errors tells the first, counts all, and has all in its report', async () => {
  const rows = Array.from({ length: 6_000 }, () => row('West', 'NOTHING', '1'));
  const file = await uploaded(Buffer.from(csv(...rows)));
  expect(file.errors).toBe(6_000);
  expect((await opened.send('listUsageFileErrors', { params: { fileId: file.id } }, PROVIDER)).body.total).toBe(6_000);
  const report = Buffer.from(opened.objects.get(`uploads/${file.id}/1/errors.csv`) ?? '').toString();
  expect(report.trimEnd().split('\r\n')).toHaveLength(6_001);
});

test('an order that has changed since is not touched; validated again, the file is applied to it', async () => {
  const { contractNumber: plain } = await opened.order(opened.plainOrderId);
  const file = await sent(csv(row('West', 'CORE', '2'), `${plain},2026-10,,ADDON,4,,`));
  await opened.write('addUsage', { code: 'CORE', siteId: opened.east, quantity: '1' });
  const stale = await ask('applyUsageFile', file.id);
  expect(stale).toMatchObject({ status: 200, body: { status: 'READY', applying: false } });
  expect(stale.body.orders).toMatchObject([
    { outcome: 'REFUSED', message: expect.stringContaining('validate it again') },
    { outcome: 'APPLIED' },
  ]);
  expect(await quantities()).toEqual({ 'CORE East': '1' });
  expect(await ask('applyUsageFile', file.id)).toMatchObject({ status: 409 });
  expect(await ask('validateUsageFile', file.id)).toMatchObject({ status: 200, body: { status: 'UPLOADED' } });
  await task(opened.portal, {});
  expect(await get(file.id)).toMatchObject({ status: 'READY', orders: [{ added: 1, unchanged: 1 }, { unchanged: 1 }] });
  await ask('applyUsageFile', file.id);
  expect(await quantities()).toEqual({ 'CORE East': '1', 'CORE West': '2' });
});

test('an order that was submitted meanwhile, or is being billed, takes no file', async () => {
  const file = await sent(csv(row('West', 'CORE', '2')));
  await opened.put({ status: 'PENDING_AGGREGATOR' });
  expect((await ask('applyUsageFile', file.id)).body.orders).toMatchObject([{ outcome: 'REFUSED' }]);
  const late = await sent(csv(row('West', 'CORE', '2')));
  expect(await errorsOf(late)).toMatchObject([{ row: 2, message: expect.stringContaining('PENDING_AGGREGATOR') }]);
  expect(await opened.lines()).toEqual([]);
});

test('a file is its owners alone, and is written by Operations alone', async () => {
  const file = await sent(csv(row('West', 'CORE', '2')));
  const other = { organizationId: 'SP-2' };
  for (const id of ['applyUsageFile', 'validateUsageFile', 'discardUsageFile'] as const) {
    expect(await ask(id, file.id, other)).toMatchObject({ status: 404 });
    expect(await ask(id, file.id, { organizationId: 'SP-1', roles: ['Read Only'] })).toMatchObject({ status: 403 });
  }
  const params = { fileId: file.id };
  for (const id of ['getUsageFile', 'listUsageFileErrors', 'linkUsageFileErrors'] as const) {
    expect(await opened.send(id, { params }, other)).toMatchObject({ status: 404 });
  }
  expect((await opened.send('listUsageFiles', {}, other)).body.total).toBe(0);
  const foreign = { body: { name: 'a.csv', size: 1, orderId: opened.orderId } };
  expect(await opened.send('announceUsageFile', foreign, other)).toMatchObject({ status: 404 });
  const list = await opened.send('listUsageFiles', { query: { filter: 'status==READY' } }, PROVIDER);
  expect((list.body.content as File[]).map(({ id }) => id)).toContain(file.id);
});

test('a discarded file is never applied', async () => {
  const file = await sent(csv(row('West', 'CORE', '2')));
  expect(await ask('discardUsageFile', file.id)).toMatchObject({ status: 200, body: { status: 'DISCARDED' } });
  expect(await ask('applyUsageFile', file.id)).toMatchObject({ status: 409 });
  expect(await ask('validateUsageFile', file.id)).toMatchObject({ status: 409 });
});

test('whoever dies while validating is followed by another, who finds the same', async () => {
  const { body } = await opened.send('announceUsageFile', { body: { name: 'a.csv', size: 9 } }, PROVIDER);
  const key = `uploads/${body.id}/source`;
  opened.objects.set(key, Buffer.from(csv(row('West', 'CORE', '2'))));
  const dying = Object.create(opened.portal, {
    workFiles: { value: { ...opened.portal.workFiles, putOnce: () => Promise.reject(new Error('killed')) } },
  }) as Portal;
  await expect(task(dying, { detail: { object: { key } } })).rejects.toThrow('killed');
  expect(await get(String(body.id))).toMatchObject({ status: 'VALIDATING' });
  await task(opened.portal, {});
  expect(await get(String(body.id))).toMatchObject({ status: 'VALIDATING' });
  const { time } = opened.clock;
  opened.clock.time = new Date(time.getTime() + 600_000);
  await task(opened.portal, {});
  expect(await get(String(body.id))).toMatchObject({ status: 'READY', orders: [{ added: 1 }] });
  opened.clock.time = time;
});

test('whoever dies while applying is followed by another: each order is changed once', async () => {
  const { contractNumber: plain } = await opened.order(opened.plainOrderId);
  const file = await sent(csv(row('West', 'CORE', '2'), `${plain},2026-10,,ADDON,4,,`));
  const { portal } = opened;
  let commits = 0;
  const commit: Portal['units']['commit'] = async (changes) => {
    // The third commit is the second order's: it is done, but nobody hears of it.
    const result = await portal.units.commit(changes);
    if (++commits === 3) throw new Error('killed');
    return result;
  };
  const { applyFile } = await import('../../../lambdas/use-cases/move-usage-file.ts');
  const dying = Object.create(portal, { units: { value: { commit } } }) as Portal;
  const caller = { userId: 'ada', organizationId: 'SP-1', organizationType: 'SERVICE_PROVIDER', roles: ['Operations'] };
  const move = { caller: caller as never, fileId: file.id, now: opened.clock.time, ifMatch: undefined };
  await expect(applyFile(dying, move)).rejects.toThrow('killed');
  const versions = async () => [(await opened.order()).version, (await opened.order(opened.plainOrderId)).version];
  const after = await versions();
  expect(await get(file.id)).toMatchObject({ status: 'READY', applying: true });
  const { time } = opened.clock;
  opened.clock.time = new Date(time.getTime() + 600_000);
  await task(portal, {});
  expect(await get(file.id)).toMatchObject({
    status: 'APPLIED',
    orders: [{ outcome: 'APPLIED' }, { outcome: 'APPLIED' }],
  });
  expect(await versions()).toEqual(after);
  opened.clock.time = time;
});

test('a large file is left to the job', async () => {
  const file = await sent(csv(row('West', 'CORE', '2'), row('East', 'CORE', '1')));
  const stored = await opened.portal.usageFiles.get(file.id);
  if (!stored) throw new Error('no file');
  await opened.portal.units.commit([opened.portal.usageFiles.changed({ ...stored, rows: 5_001 }, opened.clock.time)]);
  const asked = await ask('applyUsageFile', file.id);
  expect(asked).toMatchObject({ status: 200, body: { status: 'READY', applying: true } });
  expect(await ask('discardUsageFile', file.id)).toMatchObject({ status: 409 });
  await task(opened.portal, {});
  expect(await get(file.id)).toMatchObject({ status: 'APPLIED' });
  expect(await opened.lines()).toHaveLength(2);
});

test('a file of another kind, of no kind and without bytes is refused', async () => {
  const send = (query: Record<string, string>, body: string, type = 'text/csv') =>
    opened.send('sendUsageFile', { query, body, headers: { 'content-type': type } }, PROVIDER);
  expect(await send({ name: 'usage.doc' }, 'x')).toMatchObject({
    status: 400,
    body: { errors: [{ field: 'format' }] },
  });
  expect(await send({ name: 'usage.csv' }, '{}', 'application/json')).toMatchObject({ status: 415 });
  expect(await send({ name: 'usage.csv' }, '')).toMatchObject({ status: 400 });
  expect(await send({ name: 'usage.csv' }, 'x'.repeat(4_000_001))).toMatchObject({ status: 413 });
  const cut = gzipSync(Buffer.from(csv(row('West', 'CORE', '2')))).subarray(0, 60);
  const file = await uploaded(cut, 'usage.csv.gz');
  expect(file).toMatchObject({ status: 'INVALID', errors: 1 });
  expect(await errorsOf(file)).toMatchObject([{ row: 1, message: expect.stringContaining('cut off') }]);
});

test.each([['CSV'], ['XLSX']] as const)('a template in %s is filled in, uploaded and applied', async (format) => {
  await opened.write('addUsage', { code: 'CORE', siteId: opened.west, quantity: '1' });
  const { orderId } = opened;
  const { body } = await opened.send('linkUsageTemplate', { params: { orderId }, query: { format } }, PROVIDER);
  const [, key = ''] = /example\/(.+)\?/.exec(String(body.url)) ?? [];
  const template = opened.objects.get(key) as Uint8Array;
  const file = await uploaded(template, `usage.${format.toLowerCase()}`);
  expect(file).toMatchObject({ status: 'READY', rows: 1, emptyRows: 5, orders: [{ unchanged: 1, added: 0 }] });
});

test('a template of what the order has comes back unchanged, whatever has become of it since', async () => {
  const { orderId, contractId } = opened;
  await opened.fill([
    metered('closed', '1', opened.west, 'West'),
    { ...metered('customer', '2', opened.east, 'East'), customerNumber: 'ACME' },
    { ...metered('unknown', '3', opened.east, 'Imported'), siteName: 'Imported', siteId: 'site-of-another-house' },
  ]);
  const site = { contractId, usageSiteId: opened.west };
  expect((await opened.send('closeProviderUsageSite', { params: site }, PROVIDER)).status).toBe(200);
  const { body } = await opened.send('linkUsageTemplate', { params: { orderId }, query: { format: 'CSV' } }, PROVIDER);
  const [, key = ''] = /example\/(.+)\?/.exec(String(body.url)) ?? [];
  const file = await uploaded(opened.objects.get(key) as Uint8Array);
  expect(await errorsOf(file)).toEqual([]);
  expect(file).toMatchObject({
    status: 'READY',
    rows: 3,
    orders: [{ unchanged: 3, added: 0, changed: 0, removed: 0 }],
  });
});
