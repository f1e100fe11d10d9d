import { gzipSync } from 'node:zlib';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { prefillOrder } from '../../../lambdas/use-cases/prefill-order.ts';
import { withParts } from '../../support/close-portal.ts';
import { type CloudPortal, openCloudPortal, recordOf, SP } from '../../support/cloud-portal.ts';
import { ndjson } from '../../support/meter-portal.ts';

const APRIL = period('2027-04');
const MAY = period('2027-05');

let opened: CloudPortal;
let contractId: string;
let id: string;
beforeEach(async () => {
  opened = await openCloudPortal('2027-03-21');
  contractId = await opened.negotiated({ bolDate: '2027-03-21', minCommits: Array(13).fill(0) });
  id = String((await opened.subscribe(contractId)).body.id);
});
afterEach(() => opened.close());

const record = (name: string, over: object = {}) => recordOf(id, name, '2027-03-21', over);
const counts = ({ body }: { body: Record<string, unknown> }) =>
  [body.accepted, body.duplicates, body.conflicts, body.refused].join(' ');

test('records, zipped or plain, fill the order in; it shows what they are of', async () => {
  const zipped = { body: gzipSync(ndjson([record('r-1')])), headers: { 'content-encoding': 'gzip' } };
  expect(counts(await opened.feed([], zipped))).toBe('1 0 0 0');
  const outside = record('r-2', { inMinCommit: false, quantity: 1, proformaNumber: 'P-1', invoiceNumber: 'I-1' });
  expect(counts(await opened.feed([outside]))).toBe('1 0 0 0');
  await opened.moveTo('2027-05-01');
  expect(await opened.linesOn(contractId, APRIL)).toEqual(['HOST 1', 'HOST 5']);
  const { id: orderId } = await opened.orderOf(contractId, APRIL);
  const { body } = await opened.send('listProviderUsages', { params: { orderId } }, SP);
  expect((body.content as object[]).map((line) => ({ ...line, id: '' }))).toContainEqual({
    id: '',
    code: 'HOST',
    category: 'Compute',
    name: 'Cloud host',
    customerNumber: 'CUST-1',
    customerName: 'Customer One',
    quantity: 1,
    unitPrice: 100,
    listPrice: 100,
    discount: 15,
    sellingPrice: 85,
    metadata: expect.objectContaining({
      inMinCommit: false,
      subscriptionId: id,
      proformaNumber: 'P-1',
      invoiceNumber: 'I-1',
    }),
  });
});

test('sent again, at once, in other portions and in another order, records count once', async () => {
  const all = Array.from({ length: 30 }, (_, at) => record(`r-${at}`, { quantity: 1 }));
  await Promise.all([all.slice(0, 20), all.toReversed().slice(0, 20)].map((each) => opened.feed(each)));
  expect(counts(await opened.feed(all))).toBe('0 30 0 0');
  await opened.moveTo('2027-05-01');
  expect(await opened.linesOn(contractId, APRIL)).toEqual(['HOST 30']);
  const version = (await opened.orderOf(contractId, APRIL)).version;
  await opened.feed(all);
  await opened.meterDay();
  expect((await opened.orderOf(contractId, APRIL)).version).toBe(version);
});

test('each record is told what became of it, with its line and reason, and the good ones are taken', async () => {
  const other = await opened.negotiated({}).then((contract) => opened.subscribe(contract));
  const { body } = await opened.feed([
    record('r-1'),
    record('r-1', { quantity: 6 }),
    record('r-2', { subscriptionId: String(other.body.id), prmId: 'prm-SP-2' }),
    record('r-3', { currency: 'EUR' }),
    record('r-4', { quantity: '1.0000001' }),
    record('r-5', { quantity: -1 }),
    record('r-6', { quantity: -6, corrects: 'r-1' }),
    record('r-7', { product: 'NOPE' }),
    record('r-8', { product: 'FREE' }),
    record('r-9', { time: '2027-03-21T00:00:00Z' }),
    { id: 'r-10' },
    record('r-11', { start: '2027-02-29T00:00:00Z' }),
  ]);
  expect((body.results as { first: number; result: string; reason?: string }[]).map(told)).toEqual([
    '1 ACCEPTED',
    '2 CONFLICT',
    '3 REFUSED UNKNOWN_SUBSCRIPTION',
    '4 REFUSED OTHER_CURRENCY',
    '5 REFUSED NOT_VALID',
    '6 REFUSED NOT_CORRECTING',
    '7 REFUSED NOT_CORRECTING',
    '8 REFUSED UNKNOWN_PRODUCT',
    '9 REFUSED NOT_PRICED',
    '10 REFUSED NOT_VALID',
    '11 REFUSED NOT_VALID',
    '12 REFUSED NOT_VALID',
  ]);
  expect(counts({ body })).toBe('1 0 1 10');
});

test('a day that its subscription does not have is refused, before its first and after its last', async () => {
  await opened.moveTo('2027-03-25');
  const { body } = await opened.subscribe(contractId, { termMonths: 1 });
  const limited = (name: string, day: string) => recordOf(String(body.id), name, day);
  await opened.moveTo('2027-05-01');
  const days = ['2027-03-24', '2027-03-25', '2027-04-24', '2027-04-25'];
  const reply = await opened.feed(days.map((day) => limited(`on-${day}`, day)));
  expect((reply.body.results as { first: number; result: string; reason?: string }[]).map(told)).toEqual([
    '1 REFUSED OUTSIDE_TERM',
    '2 ACCEPTED',
    '4 REFUSED OUTSIDE_TERM',
  ]);
  await opened.meterDay();
  expect(await opened.linesOn(contractId, APRIL)).toEqual(['HOST 5']);
  expect(await opened.linesOn(contractId, MAY)).toEqual(['HOST 5']);
});

const told = ({ first, result, reason }: { first: number; result: string; reason?: string }) =>
  [first, result, reason].filter(Boolean).join(' ');

test('a subscription of nobody and one of another are refused with the same words', async () => {
  const message = async (over: object) => {
    const { body } = await opened.feed([record('r-1', over)]);
    return String((body.results as { message: string }[])[0]?.message).replace(/subscription .*/, '');
  };
  expect(await message({ prmId: 'prm-SP-2' })).toBe(await message({ subscriptionId: `${contractId}_S9` }));
});

test.each<[string, string | Uint8Array, string]>([
  ['nothing', '', '400 BAD_REQUEST'],
  ['no JSON', '{', '400 BAD_REQUEST'],
  ['a member that is not known', '{"id":"1","more":1}', '400 BAD_REQUEST'],
  ['too many', '{}\n'.repeat(10_001), '400 BAD_REQUEST'],
])('a body of %s is refused as a whole', async (_, body, expected) => {
  const reply = await opened.feed([], { body });
  expect(`${reply.status} ${reply.body.code}`).toBe(expected);
  expect(await opened.portal.usageRecords.batches(contractId, APRIL)).toEqual([]);
});

test('what is corrected after its month is billed comes back on the next, and never more than it was', async () => {
  await opened.feed([record('r-1'), record('r-2', { product: 'DISK', quantity: 10_000_000 })]);
  await opened.moveTo('2027-05-01');
  await opened.closeMonth(period('2027-03'));
  expect(await opened.closeMonth(APRIL)).toEqual([
    ['Cloud disk 10000000 = 1045.50', 'Cloud host 5 = 425.00', '1470.50'],
  ]);
  expect(counts(await opened.feed([record('c-1', { quantity: -2, corrects: 'r-1' })]))).toBe('1 0 0 0');
  await opened.feed([recordOf(id, 'r-3', '2027-04-30', { quantity: 4 })]);
  await opened.moveTo('2027-06-01');
  expect(await opened.linesOn(contractId, MAY)).toEqual(['2027-04: HOST -2', 'HOST 4']);
  expect(await opened.closeMonth(MAY)).toEqual([['Cloud host -2 = -170.00', 'Cloud host 4 = 340.00', '170.00']]);
});

test('who has read records before others came does not write what they were over what they are', async () => {
  await opened.moveTo('2027-04-01');
  await opened.feed([record('r-1')]);
  const { portal } = opened;
  let reads = 0;
  const slow = withParts(portal, {
    usageRecords: {
      ...portal.usageRecords,
      batches: async (...of) => {
        const read = await portal.usageRecords.batches(...of);
        // What it decides by.
        if (++reads !== 2) return read;
        await opened.feed([record('r-2', { quantity: 2 })]);
        await opened.meterDay();
        return read;
      },
    },
  });
  await prefillOrder(slow, await opened.contract(contractId), APRIL);
  expect(await opened.linesOn(contractId, APRIL)).toEqual(['HOST 7']);
});
