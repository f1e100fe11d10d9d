/**
 * Measures lists of contracts over HTTP on the local stack, in a process of its own: `node bench/lists.ts [contracts]`
 * prints one JSON text. All contracts are one aggregator's; every request has another filter and sort.
 */
import { period } from '../lambdas/domain/calendar/period.ts';
import type { Programme } from '../lambdas/use-cases/import-programme.ts';
import { importProgramme } from '../lambdas/use-cases/import-programme.ts';
import { plainProgramme } from '../local/simulation/plain-programme.ts';
import { BENCH_USER, changedOneByOne, openHttpPortal, p95, timed } from './http-portal.ts';

export type ListMeasure = {
  contracts: number;
  /** Milliseconds of the first request of a process, and of the 95th of a hundred later ones, by callers at once. */
  coldMs: number;
  p95OfOneMs: number;
  p95OfEightMs: number;
  /** Read units of the first request, and the most of any later one. */
  coldReadUnits: number;
  warmReadUnits: number;
};

const now = () => new Date('2026-11-10T02:00:00Z');

// Every published selector, every kind of comparison, and what matches all, many, one and none.
const FILTERS = [
  '',
  'status==ACTIVE',
  'contractNumber==105000',
  'contractReferenceNumber==AMER1*',
  'contractReferenceNumber==*9RENTAL',
  'contractSKU.contractType=in=(CUSTOM,PRE-PAY);bolDate=ge=2026-01-01',
  'billToAccount.accountNumber!=10000,serviceProvider.prmId=gt=3000900',
  '(contractSKU.code==PLAIN-*;contractSKU.productFamily.type==RENTAL),billingOrderPreference==EDI',
  'eolDate=lt=2020-01-01',
];
const SORTS = ['', 'contractNumber', '-contractReferenceNumber', 'status,-contractNumber', '-bolDate,contractId'];

async function measure(contracts: number): Promise<ListMeasure> {
  const { portal, readUnits, get, close } = await openHttpPortal(now);
  try {
    await importProgramme(portal, programmeOf(contracts));
    const ask = (n: number) => get(listPath(n));
    const before = readUnits();
    const coldMs = await timed(() => ask(0));
    const coldReadUnits = readUnits() - before;
    let warmReadUnits = 0;
    for (let n = 1; n <= FILTERS.length; n++) {
      const start = readUnits();
      await ask(n);
      warmReadUnits = Math.max(warmReadUnits, readUnits() - start);
    }
    return {
      contracts,
      coldMs,
      p95OfOneMs: await p95(1, ask),
      p95OfEightMs: await p95(8, ask),
      coldReadUnits,
      warmReadUnits,
    };
  } finally {
    await close();
  }
}

/** Contracts of one aggregator that were changed at different times, and a user of it who may list them. */
function programmeOf(contracts: number): Programme {
  const { orders: _orders, ...programme } = plainProgramme({
    period: period('2026-10'),
    contracts,
    lines: 0,
    aggregators: 1,
  });
  return { ...changedOneByOne(programme), ...BENCH_USER };
}

function listPath(n: number): string {
  const query = new URLSearchParams({ limit: n % 4 === 3 ? '200' : '20' });
  const [filter = '', sort = ''] = [FILTERS[n % FILTERS.length], SORTS[n % SORTS.length]];
  if (filter) query.set('filter', filter);
  if (sort) query.set('sort', sort);
  return `/api/aggregator/v1/contracts?${query}`;
}

const [contracts = '10000'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(Number(contracts)))}\n`);
