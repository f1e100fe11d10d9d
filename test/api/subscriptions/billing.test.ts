import { period } from '../../../lambdas/domain/calendar/period.ts';
import { AGGREGATOR, type CloudPortal, openCloudPortal, recordOf, VENDOR } from '../../support/cloud-portal.ts';

const JANUARY = period('2028-01');
const FEBRUARY = period('2028-02');
const MARCH = period('2028-03');

let opened: CloudPortal;
beforeEach(async () => {
  opened = await openCloudPortal('2028-01-31');
});
afterEach(() => opened.close());

const subscribed = async (contractId: string, over: object = {}): Promise<string> => {
  const { status, body } = await opened.subscribe(contractId, over);
  if (status !== 201) throw new Error(`${body.code} ${body.detail}`);
  return String(body.id);
};

test('a subscription of 31 January in a leap year is billed by its periods, to the last cent; what is late on the next', async () => {
  const contractId = await opened.negotiated();
  const host = await subscribed(contractId);
  expect((await opened.contract(contractId)).anniversary).toBe('2028-01-31');
  const feed = await opened.feed([
    recordOf(host, 'r-1', '2028-01-31', { proformaNumber: 'P-1' }),
    recordOf(host, 'r-2', '2028-01-31', { product: 'DISK', quantity: '10000000', proformaNumber: 'P-1' }),
  ]);
  expect(feed.body).toMatchObject({ accepted: 2, refused: 0 });
  await opened.moveTo('2028-02-01');
  expect(await opened.linesOn(contractId, FEBRUARY)).toEqual(['DISK 10000000', 'HOST 5']);
  expect(await opened.linesOn(contractId, JANUARY)).toEqual([]);
  // The stub has 30 of January's 31 days: 1,000 × 30 ÷ 31.
  expect(await opened.closeMonth(JANUARY)).toEqual([['Minimum commit not reached = 967.74', '967.74']]);
  await opened.moveTo('2028-03-01');
  expect((await opened.feed([recordOf(host, 'r-3', '2028-02-29', { quantity: '1' })])).body.accepted).toBe(1);
  await opened.meterDay();
  expect(await opened.linesOn(contractId, MARCH)).toEqual(['HOST 1']);
  await opened.submitted(contractId, FEBRUARY);
  expect(await opened.closeMonth(FEBRUARY)).toEqual([
    ['Cloud disk 10000000 = 1045.50', 'Cloud host 5 = 425.00', '1470.50'],
  ]);
  const late = await opened.feed([recordOf(host, 'r-4', '2028-02-28', { quantity: '2' })]);
  expect(late.body.accepted).toBe(1);
  await opened.moveTo('2028-04-01');
  expect(await opened.linesOn(contractId, MARCH)).toEqual(['2028-02: HOST 2', 'HOST 1']);
  await opened.submitted(contractId, MARCH);
  expect(await opened.closeMonth(MARCH)).toEqual([
    ['Cloud host 1 = 85.00', 'Cloud host 2 = 170.00', 'Minimum commit not reached = 915.00', '1170.00'],
  ]);
});

/** The contract's end on that day, settled at 1,000.00. */
async function settledEnd(contractId: string, effectiveDate: string): Promise<void> {
  const body = { effectiveDate, comment: 'Ends', reason: 'COVID Impact' } as const;
  const asked = await opened.as(AGGREGATOR).terminateContract({ params: { contractId }, body: body as never });
  const settlement = { amount: '1000.00', currency: 'USD' };
  const approval = { params: { requestId: asked.body.id }, body: { comment: 'As agreed', settlement } };
  expect((await opened.send('approveRequest', approval, VENDOR)).body).toMatchObject({ settlement });
}

const COMMITTED = { commitment: { years: 1, payment: 'MONTHLY' } };
const TWO_YEARS = { term: 24, minCommits: Array.from({ length: 24 }, () => 0) };

test('hosts committed for a year are charged until an early end, and what lapses with it is what the vendor settles', async () => {
  const contractId = await opened.negotiated(TWO_YEARS);
  await subscribed(contractId, COMMITTED);
  await settledEnd(contractId, '2028-03-21');
  await opened.moveTo('2028-03-01');
  await opened.closeMonth(JANUARY);
  await opened.submitted(contractId, FEBRUARY);
  expect(await opened.closeMonth(FEBRUARY)).toEqual([['Cloud host 5 = 425.00', '425.00']]);
  await opened.moveTo('2028-03-21');
  expect((await opened.contract(contractId)).status).toBe('TERMINATED');
  await opened.moveTo('2028-04-01');
  await opened.submitted(contractId, MARCH);
  const settled = ['Cloud host 5 = 425.00', 'Settlement of the early end = 1000.00', '1425.00'];
  expect(await opened.closeMonth(MARCH)).toEqual([settled]);
});

test('a settled end behind the anniversary of its month is billed once, with the period that has its last day', async () => {
  await opened.moveTo('2028-02-15');
  const contractId = await opened.negotiated({ ...TWO_YEARS, bolDate: '2028-02-01' });
  await subscribed(contractId, COMMITTED);
  await settledEnd(contractId, '2028-03-21');
  await opened.moveTo('2028-03-01');
  await opened.moveTo('2028-03-21');
  expect((await opened.contract(contractId)).settlement).toMatchObject({ period: '2028-04' });
  await opened.moveTo('2028-04-01');
  await opened.submitted(contractId, MARCH);
  expect(await opened.closeMonth(MARCH)).toEqual([['Cloud host 5 = 425.00', '425.00']]);
  await opened.moveTo('2028-05-01');
  await opened.submitted(contractId, period('2028-04'));
  const settled = ['Cloud host 5 = 425.00', 'Settlement of the early end = 1000.00', '1425.00'];
  expect(await opened.closeMonth(period('2028-04'))).toEqual([settled]);
  await opened.moveTo('2028-06-01');
  expect(await opened.closeMonth(period('2028-05'))).toEqual([]);
});
