import { period } from '../../../lambdas/domain/calendar/period.ts';
import {
  AGGREGATOR,
  type CloudPortal,
  cloudPrices,
  openCloudPortal,
  recordOf,
  SP,
} from '../../support/cloud-portal.ts';
import { mailedBy } from '../../support/mailed.ts';
import { subscriptionCalls } from '../../support/subscription-calls.ts';

const MARCH = period('2027-03');
const APRIL = period('2027-04');

let opened: CloudPortal;
beforeEach(async () => {
  opened = await openCloudPortal('2027-03-21');
});
afterEach(() => opened.close());

const { subscribed, refusal, payGo, change } = subscriptionCalls(() => opened);

/** Subjects and addresses of what was mailed since. */
const mailed = () => mailedBy(opened);

test('spend above the threshold tells both parties once and blocks what is new until it is raised', async () => {
  const contractId = await payGo();
  const id = await subscribed(contractId);
  await mailed();
  await opened.feed([recordOf(id, 'r-1', '2027-03-21', { quantity: 10 })]);
  await opened.meterDay();
  expect(await mailed()).toEqual([]);
  expect(await subscribed(contractId)).toBe(`${contractId}_S2`);
  await opened.feed([recordOf(id, 'r-2', '2027-03-21', { quantity: '0.0001' })]);
  await opened.meterDay();
  const { contractNumber } = await opened.contract(contractId);
  const figures = { spent: '1000.01', threshold: '1000', currency: 'USD' };
  expect(await opened.portal.notices.waiting()).toMatchObject([{ figures }, { figures }]);
  expect(await mailed()).toEqual(
    ['AGG-1', 'SP-1'].map((org) => `mail@${org}.example: Contract ${contractNumber} has spent more than its threshold`),
  );
  await opened.feed([recordOf(id, 'r-3', '2027-03-21', { quantity: 1 })]);
  await opened.meterDay();
  expect(await mailed()).toEqual([]);
  expect(await refusal(opened.subscribe(contractId))).toBe('409 THRESHOLD_EXCEEDED');
  expect((await change('amend', id, { quantity: 20 })).status).toBe(200);
  await opened.moveTo('2027-04-25');
  expect(await refusal(opened.subscribe(contractId))).toBe('409 THRESHOLD_EXCEEDED');
  const body = { threshold: 2000 };
  await opened.as(AGGREGATOR).updateThreshold({ params: { contractId }, body });
  await opened.approve(contractId);
  expect(await subscribed(contractId)).toBe(`${contractId}_S3`);
});

test('what is committed is charged month by month at the price of its first, used or not, and is not given up', async () => {
  const contractId = await payGo({ bolDate: '2027-03-21', threshold: 100_000 });
  const id = await subscribed(contractId, { commitment: { years: 1, payment: 'MONTHLY' } });
  const { body } = await opened.send('getProviderSubscription', { params: { subscriptionId: id } }, SP);
  expect(body).toMatchObject({
    endDate: '2028-03-20',
    commitments: [
      { years: 1, firstPeriod: '2027-04', lastPeriod: '2028-03', quantity: '5', unitPrice: { amount: '100.00' } },
    ],
  });
  await opened.portal.units.commit([opened.portal.catalogue.priceListCreated(cloudPrices('USD-up', '2027-05', '110'))]);
  await opened.feed([recordOf(id, 'r-1', '2027-03-21', { quantity: 3 })]);
  await opened.moveTo('2027-05-01');
  expect(await opened.linesOn(contractId, APRIL)).toEqual(['HOST 5']);
  expect((await opened.feed([recordOf(id, 'r-2', '2027-04-21', { quantity: '6.5' })])).body.accepted).toBe(1);
  await opened.moveTo('2027-06-01');
  await opened.closeMonth(MARCH);
  expect(await opened.closeMonth(APRIL)).toEqual([['Cloud host 5 = 500.00', '500.00']]);
  expect(await opened.closeMonth(period('2027-05'))).toEqual([
    ['Cloud host 1.5 = 165.00', 'Cloud host 5 = 500.00', '665.00'],
  ]);
  // Of June nobody has told anything.
  await opened.moveTo('2027-06-11');
  expect(await opened.linesOn(contractId, period('2027-06'))).toEqual(['HOST 5']);
  expect(await refusal(change('cancel', id))).toBe('409 SUBSCRIPTION_TERM');
  expect(await refusal(change('amend', id, { quantity: 1 }))).toBe('409 SUBSCRIPTION_TERM');
  expect(await refusal(change('renew', id, { commitment: { years: 1, payment: 'MONTHLY' } }))).toBe(
    '409 SUBSCRIPTION_TERM',
  );
  expect((await change('renew', id, { termMonths: 1 })).body.endDate).toBe('2028-04-20');
});

test('what is paid upfront is charged as a whole in its first period', async () => {
  const contractId = await opened.negotiated({ bolDate: '2027-03-21', minCommits: Array(13).fill(0) });
  await subscribed(contractId, { commitment: { years: 1, payment: 'UPFRONT' } });
  await opened.moveTo('2027-05-01');
  expect(await opened.linesOn(contractId, APRIL)).toEqual(['HOST 60']);
  await opened.moveTo('2027-06-01');
  expect(await opened.linesOn(contractId, period('2027-05'))).toEqual([]);
  await opened.closeMonth(MARCH);
  expect(await opened.closeMonth(APRIL)).toEqual([['Cloud host 60 = 5100.00', '5100.00']]);
});
