/**
 * How fast usage is rated, on one thread, in a process of its own, as the close's function has it: `node bench/rating.ts`
 * prints one JSON text.
 * Orders of 20 lines in the order they arrived, over 4 sites and 10 products of which 2 have tiers; some lines stand
 * outside the commit, every fifth contract is PRE-PAY, every fourth has an overage price, every third a discount that
 * leaves its price with 6 decimals.
 */

import { canonicalJson } from '../lambdas/documents/canonical-json.ts';
import { numbered, toCanonicalDraft } from '../lambdas/documents/canonical-mapping.ts';
import { FIRST_LINE_SET } from '../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../lambdas/domain/billing-order/held-usage.ts';
import { addDays, period } from '../lambdas/domain/calendar/period.ts';
import { cutoffDate, DEFAULT_CALENDAR } from '../lambdas/domain/calendar/programme-calendar.ts';
import { chargePoints, type PointsTerms } from '../lambdas/domain/charging/charge-points.ts';
import type { Tiers } from '../lambdas/domain/charging/line-points.ts';
import { type RateInput, rateOrder } from '../lambdas/domain/charging/rate-order.ts';
import { documentNumber, seriesOf } from '../lambdas/domain/invoice/numbering.ts';
import {
  NO_SPLIT,
  percent,
  points,
  pointsPerUnit,
  quantity,
  split,
  unitPrice,
} from '../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../lambdas/domain/usage/usage-line.ts';

const LINES_PER_ORDER = 20;
const ORDERS = 500;
const WARM_UP_ROUNDS = 2;
const ROUNDS = 9;
const ROUND_MS = 300;
const USAGE_PERIOD = period('2026-10');
const SITES = ['Αθήνα', 'Frankfurt 1', 'Frankfurt 2', '東京'];
const CURRENCIES = ['USD', 'EUR', 'JPY'];
const TIERS: Tiers = new Map([
  [
    'PRD-3',
    [
      { from: quantity('0'), to: quantity('100'), pointsPerUnit: pointsPerUnit('3'), split: NO_SPLIT },
      { from: quantity('100'), pointsPerUnit: pointsPerUnit('2'), split: NO_SPLIT },
    ],
  ],
  [
    'PRD-7',
    [
      { from: quantity('0'), to: quantity('50'), pointsPerUnit: pointsPerUnit('7.5'), split: split('0.5') },
      { from: quantity('50'), to: quantity('500'), pointsPerUnit: pointsPerUnit('6'), split: split('0.75') },
      { from: quantity('500'), pointsPerUnit: pointsPerUnit('5.25'), split: NO_SPLIT },
    ],
  ],
]);

const PARTY = { name: 'Bluewater Cloud Ltd', number: 'P-1', address: ['1 Quay Road', 'Cork'] };
const PARTIES = { vendor: PARTY, aggregator: PARTY, billTo: PARTY, serviceProvider: PARTY, taxRate: percent('19') };

export type Figure = { name: string; value: number; unit: string };
type Order = { usage: UsageLine[]; terms: PointsTerms };

/** Lines charged per second, from usage as it arrived to amounts. */
function measureRating(): Figure[] {
  const perSecond = medianRate(orders(), ({ usage, terms }) => chargePoints(USAGE_PERIOD, usage, terms));
  return [{ name: 'lines rated', value: Math.round(perSecond * LINES_PER_ORDER), unit: 'lines/s' }];
}

/** Orders per second that are rated, numbered and written as canonical JSON. */
function measureRateToJson(): Figure[] {
  let position = 0;
  const invoiceDate = cutoffDate(USAGE_PERIOD, DEFAULT_CALENDAR);
  const dueDate = addDays(invoiceDate, 30);
  const series = seriesOf('ORDER', invoiceDate);
  const perSecond = medianRate(orders().map(rateInput), (input) => {
    const result = rateOrder(input);
    if (!result.ok || result.outcome !== 'INVOICED') throw new Error(`${input.order.id} was not rated`);
    const number = documentNumber(series, ++position);
    return canonicalJson(numbered(toCanonicalDraft(result.draft), { number, invoiceDate, dueDate }));
  });
  return [{ name: 'orders rated to canonical JSON', value: Math.round(perSecond), unit: 'orders/s' }];
}

/** Items worked per second: the median of some rounds after a warm-up, so that a busy moment doesn't count. */
function medianRate<Item>(items: readonly Item[], work: (item: Item) => unknown): number {
  const rates: number[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    const start = performance.now();
    let elapsed = 0;
    let worked = 0;
    while (elapsed < ROUND_MS) {
      workAll(items, work);
      worked += items.length;
      elapsed = performance.now() - start;
    }
    if (round >= 0) rates.push((worked / elapsed) * 1000);
  }
  return rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] as number;
}

function workAll<Item>(items: readonly Item[], work: (item: Item) => unknown): void {
  for (const item of items) if (work(item) === undefined) throw new Error('nothing came of an order');
}

function rateInput({ usage, terms }: Order, index: number): RateInput {
  const id = `order-${index}`;
  const basis = { contractRevision: 1, priceListVersion: '2026-1', discount: percent('0') };
  return {
    order: {
      id,
      contractId: `contract-${index}`,
      contractNumber: String(index),
      serviceProviderId: 'service-provider',
      aggregatorId: 'aggregator',
      usagePeriod: USAGE_PERIOD,
      revision: 1,
      status: 'PENDING_VENDOR',
      autoReportType: 'NONE',
      serviceProviderPurchaseOrder: `PO-${index}`,
      vendorPurchaseOrder: '',
      billingOrderPreference: 'ONLINE',
      lineSet: FIRST_LINE_SET,
      held: heldUsage(USAGE_PERIOD, usage, new Map()),
      lastModifiedTime: '2026-11-01T00:00:00.000Z',
      version: 1,
    },
    contract: {
      id: `contract-${index}`,
      contractNumber: String(index),
      contractReferenceNumber: `EMEA${index}RENTAL`,
      currency: terms.currency,
    },
    terms: {
      sku: { code: 'VSPP3-1800-C', contractType: terms.balance === undefined ? 'PAY-GO' : 'PRE-PAY', family: 'RENTAL' },
      minimumCommit: terms.minimumCommit,
      basis: {
        ...basis,
        listPrice: terms.price,
        sellingPrice: terms.price,
        ...(terms.overagePrice === undefined ? {} : { overagePrice: terms.overagePrice }),
      },
    },
    parties: PARTIES,
    lines: usage,
    tiers: terms.tiers,
    ...(terms.balance === undefined ? {} : { balance: terms.balance }),
  };
}

function orders(): Order[] {
  return Array.from({ length: ORDERS }, (_, index) => orderOf(index));
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

process.stdout.write(`${JSON.stringify([...measureRating(), ...measureRateToJson()])}\n`);
