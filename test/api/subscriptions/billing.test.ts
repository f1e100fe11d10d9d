import { period } from '../../../lambdas/domain/calendar/period.ts';
import { type CloudPortal, openCloudPortal, recordOf } from '../../support/cloud-portal.ts';

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
