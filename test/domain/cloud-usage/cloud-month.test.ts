import * as fc from 'fast-check';
import { type Period, period } from '../../../lambdas/domain/calendar/period.ts';
import { cloudMonth, spentOn } from '../../../lambdas/domain/cloud-usage/cloud-month.ts';
import type { UsageRecord } from '../../../lambdas/domain/cloud-usage/usage-record.ts';
import { formatPoints, formatQuantity, quantity, sum } from '../../../lambdas/domain/numbers/amounts.ts';
import type { FedUsage } from '../../../lambdas/domain/usage/account-usage.ts';
import { commitmentOf, hostPrice, subscriptionOf } from '../support/subscriptions.ts';

const FEBRUARY = period('2027-02');
const MARCH = period('2027-03');

const recordOf = (id: string, amount: string, more: Partial<UsageRecord> = {}): UsageRecord => ({
  id,
  subscriptionId: 'contract-1_S1',
  productCode: 'HOST',
  quantity: quantity(amount),
  start: '2027-02-20T00:00:00.000Z',
  end: '2027-02-20T01:00:00.000Z',
  inMinCommit: true,
  ...more,
});

const monthOf = (of: Period, records: readonly UsageRecord[], subscription = subscriptionOf()): FedUsage[] =>
  cloudMonth({
    of,
    subscriptions: [subscription],
    records,
    productOf: (code) => ({ name: `Cloud ${code}`, uom: 'Host' }),
    // The list has risen since the hosts were committed.
    priceOf: () => hostPrice('5400'),
  });

const text = (usage: readonly FedUsage[]) =>
  usage.map(
    ({ productCode, quantity: amount, price, inMinCommit }) =>
      `${productCode} ${formatQuantity(amount)} ${price?.from}${inMinCommit ? '' : ' outside'}`,
  );
const cost = (of: Period, usage: readonly FedUsage[]) => formatPoints(spentOn(usage, of));

const committed = (more: Parameters<typeof commitmentOf>[0] = {}) =>
  subscriptionOf({ commitments: [commitmentOf(more)] });

test('the worked example: four hosts committed month by month, used in part, and more than that', () => {
  const part = monthOf(FEBRUARY, [recordOf('1', '3')], committed());
  expect([text(part), cost(FEBRUARY, part)]).toEqual([['HOST 4 SOURCE'], '17680']);
  const more = monthOf(MARCH, [recordOf('1', '6.5')], committed());
  expect([text(more), cost(MARCH, more)]).toEqual([['HOST 4 SOURCE', 'HOST 2.5 LIST'], '29155']);
  expect(text(monthOf(MARCH, [], committed()))).toEqual(['HOST 4 SOURCE']);
});

test('the worked example paid upfront: all twelve months in the first, then only what is above', () => {
  const first = monthOf(FEBRUARY, [recordOf('1', '3')], committed({ payment: 'UPFRONT' }));
  expect([text(first), cost(FEBRUARY, first)]).toEqual([['HOST 48 SOURCE'], '212160']);
  const second = monthOf(MARCH, [recordOf('1', '6.5')], committed({ payment: 'UPFRONT' }));
  expect([text(second), cost(MARCH, second)]).toEqual([['HOST 2.5 LIST'], '11475']);
});

test('a commitment covers twelve or thirty-six periods and none after, nor another product', () => {
  const months = Array.from({ length: 40 }, (_, at) =>
    period(`${2027 + Math.floor((at + 1) / 12)}-${String(((at + 1) % 12) + 1).padStart(2, '0')}`),
  );
  for (const years of [1, 3] as const) {
    const charged = months.filter((of) => monthOf(of, [], committed({ years })).length > 0);
    expect([charged.length, charged[0]]).toEqual([12 * years, FEBRUARY]);
  }
  expect(text(monthOf(period('2028-02'), [recordOf('1', '3')], committed()))).toEqual(['HOST 3 LIST']);
  expect(text(monthOf(FEBRUARY, [recordOf('1', '3', { productCode: 'DISK' })], committed()))).toEqual([
    'HOST 4 SOURCE',
    'DISK 3 LIST',
  ]);
});

test('what counts towards the minimum commit takes up committed hosts first', () => {
  const records = [recordOf('1', '3', { inMinCommit: false }), recordOf('2', '2')];
  expect(text(monthOf(FEBRUARY, records, committed()))).toEqual(['HOST 4 SOURCE', 'HOST 1 LIST outside']);
  expect(text(monthOf(FEBRUARY, records))).toEqual(['HOST 2 LIST', 'HOST 3 LIST outside']);
});

test('records are added up with what corrects them, and the last numbers of their billing stand', () => {
  const records = [
    recordOf('1', '5', { proformaNumber: 'P-1', invoiceNumber: 'I-1' }),
    recordOf('2', '-1.5', { corrects: '1', proformaNumber: 'P-2', end: '2027-02-21T00:00:00.000Z' }),
    recordOf('3', '2', { productCode: 'DISK' }),
    recordOf('4', '-2', { productCode: 'DISK', corrects: '3' }),
  ];
  const month = monthOf(FEBRUARY, records);
  expect(text(month)).toEqual(['HOST 3.5 LIST']);
  expect(month[0]?.source).toEqual({ subscriptionId: 'contract-1_S1', proformaNumber: 'P-2', invoiceNumber: 'I-1' });
  expect(month[0]).toMatchObject({ origin: 'FEED', customerNumber: 'CUST-1', siteName: '' });
});

const anyRecord = fc.record({
  amount: fc.integer({ min: 0, max: 9_000_000 }),
  productCode: fc.constantFrom('HOST', 'DISK'),
  inMinCommit: fc.boolean(),
});

test('nothing is lost: what is charged beside commitments, and what they cover, is what was told, in any order', () => {
  fc.assert(
    fc.property(fc.array(anyRecord, { maxLength: 12 }), fc.integer({ min: 0, max: 20_000_000 }), (told, hosts) => {
      const records = told.map(({ amount, ...of }, at) =>
        recordOf(String(at), '0', { ...of, quantity: BigInt(amount) as never }),
      );
      const subscription = committed({ quantity: BigInt(hosts) as never });
      const month = monthOf(MARCH, records, subscription);
      expect(monthOf(MARCH, records.toReversed(), subscription)).toEqual(month);
      const listed = month.filter(({ price }) => price?.from === 'LIST');
      const of = (code: string, from: readonly { productCode: string; quantity: bigint }[]) =>
        sum(from.filter(({ productCode }) => productCode === code).map((each) => each.quantity));
      expect(of('DISK', listed)).toBe(of('DISK', records));
      const above = of('HOST', records) - BigInt(hosts);
      expect(of('HOST', listed)).toBe(above > 0n ? above : 0n);
    }),
  );
});
