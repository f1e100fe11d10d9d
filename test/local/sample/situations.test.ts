import { addMonths, firstDay, lastDay, period } from '../../../lambdas/domain/calendar/period.ts';
import { billedQuantity } from '../../../lambdas/domain/charging/line-points.ts';
import type { InvoiceDraft } from '../../../lambdas/domain/invoice/invoice.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';
import { crossesTriggerPoint } from '../../../lambdas/domain/prepayment/draw.ts';
import { sampleProgramme } from '../../../local/sample/sample-programme.ts';
import { type RatedOrder, rateProgramme } from '../../support/rate-programme.ts';

const LATEST = period('2026-10');
const rated = await rateProgramme(sampleProgramme({ seed: 1, latestPeriod: LATEST }));
const latest = rated.filter(({ order }) => order.usagePeriod === LATEST);

const draftOf = ({ result }: RatedOrder): InvoiceDraft | undefined =>
  result?.ok && result.outcome === 'INVOICED' ? result.draft : undefined;
const type = (of: RatedOrder) => of.terms?.sku.contractType;
const inMidMonth = (date: string | undefined) =>
  date !== undefined && date > firstDay(LATEST) && date < lastDay(LATEST);
const kinds = (of: RatedOrder) => draftOf(of)?.lines.map((line) => line.kind) ?? [];
const prepayment = (of: RatedOrder) => draftOf(of)?.commit.prepayment;

test.each([1, 2, 3, 2026])(
  'everything of seed %i can be billed, but for one order of the open period',
  async (seed) => {
    const orders = await rateProgramme(sampleProgramme({ seed, latestPeriod: LATEST }));
    const problems = orders.filter(({ problem, result }) => problem !== undefined || !result?.ok);
    expect(problems.map(({ order, problem }) => [order.usagePeriod, problem])).toEqual([
      [addMonths(LATEST, 1), 'SKU_NOT_PRICED'],
    ]);
  },
);

test.each([2, 3, 11])('a history of %i months can be billed as well', async (months) => {
  const orders = await rateProgramme(sampleProgramme({ seed: 1, latestPeriod: period('2026-02'), months }));
  expect(orders.filter(({ problem }) => problem).map(({ order }) => order.usagePeriod)).toEqual(['2026-03']);
  expect(orders.every(({ result, problem }) => problem !== undefined || result?.ok)).toBe(true);
});

const SHOWN: readonly (readonly [string, number, (of: RatedOrder) => boolean])[] = [
  ['usage above the minimum', 30, (of) => type(of) === 'PAY-GO' && (draftOf(of)?.commit.overage ?? 0n) > 0n],
  ['usage below the minimum', 15, (of) => kinds(of).includes('UNDERAGE') && of.lines.length > 0],
  ['nothing reported, the minimum billed', 8, (of) => of.lines.length === 0 && kinds(of).join() === 'UNDERAGE'],
  ['overage at a price of its own', 3, (of) => type(of) === 'PAY-GO' && kinds(of).includes('SURCHARGE')],
  ['a negotiated overage price', 2, (of) => type(of) === 'CUSTOM' && kinds(of).includes('SURCHARGE')],
  ['a negotiated minimum not reached', 8, (of) => type(of) === 'CUSTOM' && kinds(of).includes('UNDERAGE')],
  ['a discount', 20, (of) => (draftOf(of)?.basis.discount ?? 0n) > 0n],
  ['a start in mid-month', 7, (of) => inMidMonth(of.contract.bolDate)],
  ['an end in mid-month', 5, (of) => inMidMonth(of.contract.eolDate)],
  ['a renewal in mid-month', 5, (of) => of.revisions.some(({ from, revision }) => revision > 1 && inMidMonth(from))],
  ['an upgrade on the first', 4, (of) => of.revisions.some((each) => each.revision > 1 && each.from === '2026-10-01')],
  ['grace with usage', 3, (of) => (of.contract.eolDate ?? '9') < '2026-10-01' && draftOf(of) !== undefined],
  ['nothing to bill', 2, (of) => of.result?.ok === true && of.result.outcome === 'NOTHING_TO_BILL'],
  [
    'a prepayment running out',
    3,
    (of) => (prepayment(of)?.balanceBefore ?? 0n) > 0n && prepayment(of)?.balanceAfter === 0n,
  ],
  ['a prepayment used up', 2, (of) => prepayment(of)?.balanceBefore === 0n && (draftOf(of)?.net ?? 0n) > 0n],
  ['a prepayment burning down without usage', 2, (of) => of.lines.length === 0 && (prepayment(of)?.drawn ?? 0n) > 0n],
  ['a trigger point crossed', 2, crosses],
  ['lines outside the commit', 5, (of) => (draftOf(of)?.commit.outsideCommit ?? 0n) > 0n],
  ['tiers', 6, (of) => of.lines.some(({ productCode }) => ['STOR-OBJECT', 'SEC-MAIL'].includes(productCode))],
  ['a minimum quantity', 3, (of) => of.lines.some((line) => billedQuantity(line) > line.quantity)],
  ['300 lines', 1, (of) => of.lines.length === 300],
  ['left with the service provider', 8, (of) => of.order.status === 'PENDING_SP'],
  ['left with the aggregator', 6, (of) => of.order.status === 'PENDING_AGGREGATOR'],
  ['purchase orders missing', 3, (of) => of.lines.length > 0 && of.order.serviceProviderPurchaseOrder === ''],
  ['delinquent contracts', 2, (of) => of.contract.delinquent],
];

function crosses(of: RatedOrder): boolean {
  const { triggerPoint } = of.contract;
  const drawn = prepayment(of);
  return drawn && triggerPoint ? crossesTriggerPoint(drawn.balanceBefore, drawn.balanceAfter, triggerPoint) : false;
}

test.each(SHOWN)('the latest period shows %s, at least %i times', (_name, least, shows) => {
  expect(latest.filter(shows).length).toBeGreaterThanOrEqual(least);
});

test('some contracts ended during the history and have no order in the latest period', () => {
  const ids = new Set(latest.map(({ contract }) => contract.id));
  const ended = rated.filter(({ contract }) => !ids.has(contract.id) && contract.status === 'EXPIRED');
  expect(new Set(ended.map(({ contract }) => contract.id)).size).toBe(2);
});

test('storage fills more than one tier of one product, the first of them at half its points', () => {
  const tiered = latest.filter(({ lines }) => lines.some(({ productCode }) => productCode === 'STOR-OBJECT'));
  for (const each of tiered) {
    const charged = draftOf(each)?.lines.filter(({ productCode }) => productCode === 'STOR-OBJECT') ?? [];
    const half = charged[0];
    expect(charged).toHaveLength(3);
    // 14.4 points a TB would be 720 for the first 50 TB: half of them are 360.
    expect(half && half.points < (half.quantity ?? 0n) * 144_000n * 10_000n - points('359.999999')).toBe(true);
  }
});

test('prices of the history come from two versions of the list', () => {
  const versions = new Set(rated.map((each) => draftOf(each)?.basis.priceListVersion ?? ''));
  expect([...versions].filter((version) => version.startsWith('JPY-')).length).toBeGreaterThanOrEqual(2);
});
