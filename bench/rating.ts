/**
 * How fast usage is rated, in process and on one thread: `node bench/rating.ts`.
 * Orders of 20 lines in the order they arrived, over 4 sites and 10 products of which 2 have tiers; some lines stand
 * outside the commit, every fifth contract is PRE-PAY, every fourth has an overage price, every third a discount that
 * leaves its price with 6 decimals.
 */
import { period } from '../lambdas/domain/calendar/period.ts';
import { chargePoints, type PointsTerms } from '../lambdas/domain/charging/charge-points.ts';
import type { Tiers } from '../lambdas/domain/charging/line-points.ts';
import { NO_SPLIT, points, pointsPerUnit, quantity, split, unitPrice } from '../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../lambdas/domain/usage/usage-line.ts';

const LINES_PER_ORDER = 20;
const ORDERS = 500;
const ROUNDS = 9;
const ROUND_MS = 300;
const USAGE_PERIOD = period('2026-10');
const SITES = ['Αθήνα', 'Frankfurt 1', 'Frankfurt 2', '東京'];
const CURRENCIES = ['USD', 'EUR', 'JPY'];
const TIERS: Tiers = {
  'PRD-3': [
    { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: NO_SPLIT },
    { from: quantity('100'), pointsPerUnit: pointsPerUnit('2'), split: NO_SPLIT },
  ],
  'PRD-7': [
    { from: quantity('0'), to: quantity('50'), pointsPerUnit: pointsPerUnit('7.5'), split: split('0.5') },
    { from: quantity('50'), to: quantity('500'), pointsPerUnit: pointsPerUnit('6'), split: split('0.75') },
    { from: quantity('500'), pointsPerUnit: pointsPerUnit('5.25'), split: NO_SPLIT },
  ],
};

type Order = { usage: UsageLine[]; terms: PointsTerms };

/** Lines charged per second: the median of some rounds, so that a busy moment of the machine doesn't count. */
export async function measureRating(): Promise<Array<{ name: string; value: number; unit: string }>> {
  const orders = Array.from({ length: ORDERS }, (_, index) => orderOf(index));
  const rates: number[] = [];
  rateFor(orders, ROUND_MS);
  for (let round = 0; round < ROUNDS; round++) rates.push(rateFor(orders, ROUND_MS));
  rates.sort((a, b) => a - b);
  const median = rates[Math.floor(ROUNDS / 2)] as number;
  return [{ name: `rating, in process, ${LINES_PER_ORDER}-line orders`, value: Math.round(median), unit: 'lines/s' }];
}

/** Lines charged per second, charging the orders over and over for that long. */
function rateFor(orders: readonly Order[], milliseconds: number): number {
  const start = performance.now();
  let lines = 0;
  let elapsed = 0;
  while (elapsed < milliseconds) {
    for (const order of orders) lines += linesCharged(order);
    elapsed = performance.now() - start;
  }
  return (lines / elapsed) * 1000;
}

function linesCharged({ usage, terms }: Order): number {
  const { lines } = chargePoints(USAGE_PERIOD, usage, terms);
  if (lines.length < LINES_PER_ORDER) throw new Error(`an order of ${LINES_PER_ORDER} lines was charged ${lines.length}`);
  return LINES_PER_ORDER;
}

function orderOf(index: number): Order {
  const usage = Array.from({ length: LINES_PER_ORDER }, (_, line) => lineOf(index, line));
  const terms: PointsTerms = {
    currency: CURRENCIES[index % CURRENCIES.length] as string,
    minimumCommit: points(String(360 * (1 + (index % 5)))),
    price: unitPrice(index % 3 === 0 ? `0.${800_000 + ((index * 7919) % 150_000)}` : index % 3 === 1 ? '0.88' : '0.95'),
    tiers: TIERS,
    ...(index % 4 === 0 ? { overagePrice: unitPrice('1.05') } : {}),
    ...(index % 5 === 0 ? { balance: points(String(index * 10)) } : {}),
  };
  return { usage, terms };
}

function lineOf(order: number, line: number): UsageLine {
  // 13 and 20 have no common factor: every line of an order is another pair of site and product, in no sorted order.
  const place = (line * 13 + order) % LINES_PER_ORDER;
  const product = place % 10;
  return {
    id: `line-${order}-${line}`,
    usagePeriod: USAGE_PERIOD,
    siteName: SITES[(place + order) % SITES.length] as string,
    productCode: `PRD-${product}`,
    productName: `Product ${product}`,
    customerNumber: '',
    uom: 'GB vRAM',
    quantity: quantity(
      `${(order * 31 + line * 17) % 400}.${String((order * 7907 + line * 104_729) % 1_000_000).padStart(6, '0')}`,
    ),
    pointsPerUnit: pointsPerUnit(String(1 + (product % 6) / 2)),
    ...(product === 5 ? { minQuantity: quantity('10') } : {}),
    inMinCommit: place % 7 !== 0,
  };
}

if (import.meta.main) {
  for (const { name, value, unit } of await measureRating())
    console.log(`${name}: ${value.toLocaleString('en')} ${unit}`);
}
