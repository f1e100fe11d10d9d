/**
 * Measures lists of contracts over HTTP on the local stack, in a process of its own: `node bench/lists.ts [contracts]`
 * prints one JSON text. All contracts are one aggregator's; every request has another filter and sort.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PortalClient, portalClient } from '../client/portal-client.ts';
import { period } from '../lambdas/domain/calendar/period.ts';
import type { ImportedContract, Programme } from '../lambdas/use-cases/import-programme.ts';
import { importProgramme } from '../lambdas/use-cases/import-programme.ts';
import { meterRequests } from '../local/dynamodb/meter.ts';
import type { RequestHandler } from '../local/dynamodb/request-handler.ts';
import { startHttpServer } from '../local/http/server.ts';
import { openLocalPortal } from '../local/local-portal.ts';
import { plainId, plainProgramme } from '../local/simulation/plain-programme.ts';
import { plainUser, plainUserToken } from '../local/simulation/plain-user.ts';

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

const REQUESTS = 200;
const AGGREGATOR = plainId(2, 0);
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
  const folder = await mkdtemp(join(tmpdir(), 'commerce-portal-lists-'));
  const meters: ReturnType<typeof meterRequests>[] = [];
  const around = (handler: RequestHandler): RequestHandler => {
    const meter = meterRequests(handler);
    meters.push(meter);
    return meter.handler;
  };
  const readUnits = () =>
    meters.flatMap((meter) => Object.values(meter.totals())).reduce((sum, total) => sum + total.readUnits, 0);
  const local = await openLocalPortal({ folder, clock: now, around });
  const server = await startHttpServer({
    portal: local.portal,
    port: 0,
    mailFolder: local.folders.mail,
    documentsFolder: local.folders.documents,
    links: local.links,
  });
  try {
    await importProgramme(local.portal, programmeOf(contracts));
    const { url } = server;
    const { body } = await portalClient({ url }).signIn({
      body: { type: 'UserToken', userToken: plainUserToken(AGGREGATOR) },
    });
    const client = portalClient({ url, token: body.accessToken });
    const ask = (n: number) => listed(client, n);
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
    await server.close();
    await local.close();
    await rm(folder, { recursive: true, force: true });
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
  const spread = function* (all: Iterable<ImportedContract>): Generator<ImportedContract> {
    let index = 0;
    for (const { contract, ...rest } of all) {
      const lastModifiedTime = new Date(Date.UTC(2026, 3, 1) + index++ * 60_000).toISOString();
      yield { contract: { ...contract, lastModifiedTime }, ...rest };
    }
  };
  return {
    ...programme,
    contracts: spread(programme.contracts ?? []),
    ...plainUser(AGGREGATOR, ['Operations']),
  };
}

async function listed(portal: PortalClient, n: number): Promise<void> {
  const [filter = '', sort = ''] = [FILTERS[n % FILTERS.length], SORTS[n % SORTS.length]];
  const query = { limit: n % 4 === 3 ? 200 : 20, ...(filter && { filter }), ...(sort && { sort }) };
  await portal.listAggregatorContracts({ query });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The time that 95 of a hundred requests keep within, with as many callers at once. */
async function p95(callers: number, ask: (n: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < REQUESTS) {
      const n = next++;
      times.push(await timed(() => ask(n)));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] as number;
}

const [contracts = '10000'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(Number(contracts)))}\n`);
