/**
 * Measures billing orders over HTTP on the local stack, in a process of its own: `node bench/orders.ts [orders]` prints one
 * JSON text. All orders are one aggregator's and of one period; one of them has 5,000 usage lines.
 */
import { heldUsage } from '../lambdas/domain/billing-order/held-usage.ts';
import { period } from '../lambdas/domain/calendar/period.ts';
import { importProgramme } from '../lambdas/use-cases/import-programme.ts';
import type { Portal } from '../lambdas/use-cases/ports/portal.ts';
import { plainId, plainProgramme } from '../local/simulation/plain-programme.ts';
import { BENCH_USER, changedOneByOne, openHttpPortal, p95, timed } from './http-portal.ts';

export type OrderMeasure = {
  orders: number;
  lines: number;
  /** Milliseconds: the first list of a process; then that 95 of a hundred requests keep within. */
  coldListMs: number;
  listMs: number;
  /** Pages of 200, of which each is summed up anew. */
  longPageMs: number;
  detailMs: number;
  /** Of the order with many lines: the order, a page of its lines, and what it would cost. */
  largeDetailMs: number;
  usagesMs: number;
  estimateMs: number;
  /** Read units of the first list, of a later page of 20, of an order, of a page of usage lines. */
  coldReadUnits: number;
  listReadUnits: number;
  detailReadUnits: number;
  usagesReadUnits: number;
};

const OCTOBER = period('2026-10');
const NOW = new Date('2026-11-10T01:00:00Z');
const LINES = 5_000;
const LARGE = plainId(7, 1);
const ORDERS = '/api/aggregator/v1/billingOrders';
const FILTERS = [
  'usagePeriod==2026-10',
  'usagePeriod==2026-10;status==PENDING_VENDOR',
  'usagePeriod==2026-10;contract.contractReferenceNumber==AMER1*',
  'usagePeriod==2026-10;contract.contractSKU.contractType=in=(CUSTOM,PRE-PAY)',
  'usagePeriod==2026-10;(status==PENDING_SP,contract.contractSKU.code==PLAIN-CUSTOM)',
  'status!=CLOSED',
];
const SORTS = ['', 'contract.contractReferenceNumber', 'status,-contract.contractReferenceNumber'];

function listPath(n: number, limit: number): string {
  const query = new URLSearchParams({ limit: String(limit), filter: FILTERS[n % FILTERS.length] ?? '' });
  const sort = SORTS[n % SORTS.length];
  if (sort) query.set('sort', sort);
  return `${ORDERS}?${query}`;
}

async function measure(orders: number): Promise<OrderMeasure> {
  const { portal, readUnits, get, close } = await openHttpPortal(() => NOW);
  const unitsOf = async (path: string) => {
    const before = readUnits();
    await get(path);
    return readUnits() - before;
  };
  try {
    const programme = plainProgramme({ period: OCTOBER, contracts: orders, lines: 2, aggregators: 1 });
    await importProgramme(portal, { ...changedOneByOne(programme), ...BENCH_USER });
    await giveLines(portal, LARGE);
    const before = readUnits();
    const coldListMs = await timed(() => get(listPath(0, 20)));
    const coldReadUnits = readUnits() - before;
    for (const n of FILTERS.keys()) await get(listPath(n, 20));
    const ofOrder = (n: number) => `${ORDERS}/${plainId(7, (n * 37) % orders)}`;
    const usagesPath = (n: number) => `${ORDERS}/${LARGE}/usages?sort=-points&offset=${n * 20}&filter=code!=PRODUCT-6`;
    return {
      orders,
      lines: LINES,
      coldListMs,
      listMs: await p95(1, (n) => get(listPath(n, 20))),
      longPageMs: await p95(1, (n) => get(listPath(n, 200)), 50),
      detailMs: await p95(1, (n) => get(ofOrder(n))),
      largeDetailMs: await p95(1, () => get(`${ORDERS}/${LARGE}`), 50),
      usagesMs: await p95(1, (n) => get(usagesPath(n)), 50),
      estimateMs: await p95(1, (n) => get(`${ORDERS}/${LARGE}/estimate?offset=${n}`), 50),
      coldReadUnits,
      listReadUnits: await unitsOf(listPath(1, 20)),
      detailReadUnits: await unitsOf(ofOrder(1)),
      usagesReadUnits: await unitsOf(usagesPath(1)),
    };
  } finally {
    await close();
  }
}

/** Gives an order many lines in place of those it has. */
async function giveLines({ billingOrders, units }: Portal, orderId: string): Promise<void> {
  const [order] = await billingOrders.getMany([orderId]);
  const [many] = await Array.fromAsync(plainProgramme({ period: OCTOBER, contracts: 1, lines: LINES }).orders ?? []);
  if (!order || !many) throw new Error('the programme has no orders');
  await billingOrders.putLines(orderId, 'many', many.lines);
  const held = heldUsage(OCTOBER, many.lines, new Map());
  const result = await units.commit([billingOrders.changed({ ...order, lineSet: 'many', held }, NOW)]);
  if (!result.ok) throw new Error(`order ${orderId} was changed meanwhile`);
}

const [orders = '10000'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(Number(orders)))}\n`);
