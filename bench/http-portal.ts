import { portalClient } from '../client/portal-client.ts';
import type { Programme } from '../lambdas/use-cases/import-programme.ts';
import { meterRequests } from '../local/dynamodb/meter.ts';
import type { RequestHandler } from '../local/dynamodb/request-handler.ts';
import { startHttpServer } from '../local/http/server.ts';
import { openLocalPortal } from '../local/local-portal.ts';
import { plainId } from '../local/simulation/plain-programme.ts';
import { plainUser, plainUserToken } from '../local/simulation/plain-user.ts';
import { benchFolder } from './folder.ts';

const REQUESTS = 200;

/** The aggregator of a plain programme of one, and a user of it who may list what it has. */
const AGGREGATOR_ID = plainId(2, 0);
export const BENCH_USER: Pick<Programme, 'users' | 'apiTokens'> = plainUser(AGGREGATOR_ID, ['Operations']);

/** A programme whose contracts and orders were changed a minute after each other, as lists that are kept up to date have it. */
export function changedOneByOne({ contracts = [], orders, ...programme }: Programme): Programme {
  const time = (index: number) => new Date(Date.UTC(2026, 3, 1) + index * 60_000).toISOString();
  const spreadContracts = function* () {
    let index = 0;
    for (const { contract, ...rest } of contracts) {
      yield { contract: { ...contract, lastModifiedTime: time(index++) }, ...rest };
    }
  };
  const spreadOrders = async function* () {
    let index = 0;
    for await (const { order, ...rest } of orders ?? []) {
      yield { order: { ...order, lastModifiedTime: time(index++) }, ...rest };
    }
  };
  return { ...programme, contracts: spreadContracts(), ...(orders && { orders: spreadOrders() }) };
}

/** A local portal of its own behind HTTP, which counts what it reads. */
export async function openHttpPortal(clock: () => Date) {
  const folder = await benchFolder();
  const meters: ReturnType<typeof meterRequests>[] = [];
  const around = (handler: RequestHandler): RequestHandler => {
    const meter = meterRequests(handler);
    meters.push(meter);
    return meter.handler;
  };
  const local = await openLocalPortal({ folder: folder.path, clock, around });
  const server = await startHttpServer({
    portal: local.portal,
    port: 0,
    mailFolder: local.folders.mail,
    documentsFolder: local.folders.documents,
    links: local.links,
  });
  let bearer: Promise<string> | undefined;
  return {
    portal: local.portal,
    readUnits: () =>
      meters.flatMap((meter) => Object.values(meter.totals())).reduce((sum, total) => sum + total.readUnits, 0),
    /** Reads an address as the user; anything but 200 throws. */
    get: async (path: string): Promise<void> => {
      bearer ??= signIn(server.url);
      const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${await bearer}` } });
      const text = await response.text();
      if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text}`);
    },
    close: async () => {
      await server.close();
      await local.close();
      await folder.remove();
    },
  };
}

async function signIn(url: string): Promise<string> {
  const { body } = await portalClient({ url }).signIn({
    body: { type: 'UserToken', userToken: plainUserToken(AGGREGATOR_ID) },
  });
  return body.accessToken;
}

export async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The time that 95 of a hundred requests keep within, with as many callers at once. */
export async function p95(callers: number, ask: (n: number) => Promise<void>, requests = REQUESTS): Promise<number> {
  const times: number[] = [];
  let next = 0;
  const caller = async () => {
    while (next < requests) {
      const n = next++;
      times.push(await timed(() => ask(n)));
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] as number;
}
