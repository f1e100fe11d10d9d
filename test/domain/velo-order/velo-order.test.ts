import fc from 'fast-check';
import {
  addDays,
  daysFromTo,
  daysIn,
  type Period,
  period,
  plainDate,
} from '../../../lambdas/domain/calendar/period.ts';
import { linePoints } from '../../../lambdas/domain/charging/line-points.ts';
import { formatPoints, formatQuantity, percent, quantity, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { checkVeloEnd, checkVeloOrder, checkVeloTerms } from '../../../lambdas/domain/velo-order/check-velo-order.ts';
import { type VeloOrder, type VeloTerms, veloUsage, withTerms } from '../../../lambdas/domain/velo-order/velo-order.ts';
import { signed, skuOf } from '../support/contracts.ts';

const { contract } = signed(skuOf('PAY-GO', '0', 'VELO'), '2026-01-01');

const terms = (from: string, amount: string, price = '65', discount = '10'): VeloTerms => ({
  from: plainDate(from),
  quantity: quantity(amount),
  unitPrice: unitPrice(price),
  discount: percent(discount),
});

const order = (all: VeloTerms[], endDate?: string): VeloOrder => ({
  id: 'order',
  sid: 'SID-1',
  orderNumber: 'VO-1',
  contractId: contract.id,
  contractNumber: contract.contractNumber,
  serviceProviderId: 'SP-1',
  aggregatorId: 'AGG-1',
  productCode: 'EDGE',
  productName: 'Edge',
  uom: 'Licence month',
  currency: 'USD',
  terms: all,
  ...(endDate && { endDate: plainDate(endDate) }),
  createdTime: '2026-01-01T00:00:00.000Z',
  lastModifiedTime: '2026-01-01T00:00:00.000Z',
  version: 1,
});

/** Lines of a month as "quantity at price = amount". */
function lines(of: string, made: VeloOrder, life: Parameters<typeof veloUsage>[1] = contract): string[] {
  const usage = veloUsage(made, life, period(of)).map((each) => ({ ...each, id: 'a', usagePeriod: period(of) }));
  const amounts = linePoints(usage, new Map());
  return usage.map((line, at) => `${formatQuantity(line.quantity)} = ${formatPoints(amounts[at] as never)}`);
}

test('the worked example: started within a month, changed within another', () => {
  const started = order([terms('2026-11-12', '40')]);
  expect(lines('2026-10', started)).toEqual([]);
  expect(lines('2026-11', started)).toEqual(['25.333333 = 1482']);
  expect(lines('2026-12', started)).toEqual(['40 = 2340']);
  const more = withTerms(started, terms('2026-12-16', '60'));
  expect(lines('2026-12', more)).toEqual(['50.322581 = 2943.87']);
  expect(lines('2027-01', more)).toEqual(['60 = 3510']);
});

test('a month has a line of each price', () => {
  const dearer = withTerms(order([terms('2026-11-01', '30')]), terms('2026-11-11', '30', '70'));
  expect(lines('2026-11', dearer)).toEqual(['10 = 585', '20 = 1260']);
});

test('it ends with its last day, and with the contract', () => {
  expect(lines('2026-11', order([terms('2026-11-01', '30')], '2026-11-10'))).toEqual(['10 = 585']);
  expect(lines('2026-12', order([terms('2026-11-01', '30')], '2026-11-10'))).toEqual([]);
  const ended = { ...contract, status: 'TERMINATED', eolDate: plainDate('2026-11-05') } as const;
  expect(lines('2026-11', order([terms('2026-11-01', '30')]), ended)).toEqual(['5 = 292.5']);
});

test('terms that were to begin later fall away', () => {
  const planned = withTerms(order([terms('2026-11-01', '10')]), terms('2027-01-01', '20'));
  expect(withTerms(planned, terms('2026-12-01', '5')).terms.map(({ quantity: each }) => formatQuantity(each))).toEqual([
    '10',
    '5',
  ]);
});

test('each day is in one line of its month, whatever the terms', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((days) => addDays(plainDate('2026-01-01'), days));
  fc.assert(
    fc.property(
      fc.uniqueArray(day, { minLength: 1, maxLength: 5 }),
      fc.option(day, { nil: undefined }),
      (froms, end) => {
        const [first = plainDate('2026-01-01'), ...others] = froms.sort();
        const begun = order([terms(first, '1')], end && end >= first ? end : undefined);
        const made = others.reduce((before, from, at) => withTerms(before, terms(from, '1', String(at % 2))), begun);
        for (const month of ['2026-01', '2026-02', '2026-03', '2026-04'].map(period)) {
          const unitDays = veloUsage(made, contract, month).reduce((sum, line) => sum + Number(line.quantity), 0);
          const expected = (activeDays(month, first, made.endDate) / daysIn(month)) * 1e6;
          // Each line is rounded by itself.
          expect(Math.abs(unitDays - expected)).toBeLessThan(2);
        }
      },
    ),
    { numRuns: 60 },
  );
});

function activeDays(of: Period, from: string, end = '9999-12-31'): number {
  const first = plainDate(from > `${of}-01` ? from : `${of}-01`);
  const last = plainDate(`${of}-${daysIn(of)}`);
  return daysFromTo(first, end < last ? plainDate(end) : last);
}

const TODAY = plainDate('2026-11-20');
const PRODUCTS = [{ code: 'EDGE', name: 'Edge', family: 'VELO', uom: 'Month' }] as never;
const ASKED = {
  productCode: 'EDGE',
  quantity: '40',
  unitPrice: '65',
  currency: 'USD',
  startDate: '2026-11-12',
};

test.each([
  [{ productCode: 'OTHER' }, 'productCode'],
  [{ currency: 'EUR' }, 'currency'],
  [{ quantity: '0' }, 'quantity'],
  [{ quantity: '1e3' }, 'quantity'],
  [{ unitPrice: '-1' }, 'unitPrice'],
  [{ unitPrice: '0.0000001' }, 'unitPrice'],
  [{ discount: '100.1' }, 'discount'],
  [{ startDate: '2026-02-30' }, 'startDate'],
  [{ startDate: '2025-12-31' }, 'startDate'],
  [{ endDate: '2026-11-11' }, 'endDate'],
])('an order of %j is refused, naming %s', (over, field) => {
  const result = checkVeloOrder({ ...ASKED, ...over }, contract, PRODUCTS, TODAY);
  expect(result).toMatchObject({ ok: false, errors: [{ field }] });
});

test('usage of 90 days after its month is taken, later not', () => {
  const at = (today: string) => checkVeloOrder(ASKED, contract, PRODUCTS, plainDate(today));
  expect(at('2027-02-28')).toMatchObject({ ok: true });
  expect(at('2027-03-01')).toEqual({ ok: false, tooOld: '2027-02-28' });
});

test('other terms, and the end, lie within the life of the order', () => {
  const made = order([terms('2026-11-12', '40')], '2026-12-31');
  const change = (from: string) => checkVeloTerms({ from, quantity: '1', unitPrice: '1' }, made, TODAY);
  expect(change('2026-11-11')).toMatchObject({ errors: [{ field: 'from' }] });
  expect(change('2027-01-01')).toMatchObject({ errors: [{ field: 'from' }] });
  expect(change('2026-12-31')).toMatchObject({ ok: true });
  expect(checkVeloEnd('2026-11-11', made, TODAY)).toMatchObject({ errors: [{ field: 'endDate' }] });
  expect(checkVeloEnd('2027-06-30', made, TODAY)).toEqual({ ok: true, value: '2027-06-30' });
  // What was over long ago doesn't go on again.
  expect(checkVeloEnd('2027-06-30', made, plainDate('2027-05-01'))).toMatchObject({ tooOld: '2027-03-31' });
});
