import { createReadStream } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { daysIn, type Period } from '../lambdas/domain/calendar/period.ts';
import { meteredQuantity } from '../lambdas/domain/metering/rules.ts';
import { formatQuantity } from '../lambdas/domain/numbers/amounts.ts';
import type { UsageMeter } from '../lambdas/domain/usage-meter/usage-meter.ts';
import { readVmTrace } from '../lambdas/feeds/vm-trace.ts';
import { apiTokenText, hashOfSecret } from '../lambdas/use-cases/api-token-text.ts';
import { importProgramme } from '../lambdas/use-cases/import-programme.ts';
import { inParallel } from '../lambdas/use-cases/in-parallel.ts';
import { runMeterDay } from '../lambdas/use-cases/run-meter-day.ts';
import { startHttpServer } from './http/server.ts';
import type { LocalPortal } from './local-portal.ts';
import { type MeteredTrace, meterTrace, TRACE_SITES, traceProgramme } from './trace-programme.ts';

const DAY = 86_400;
// Some 100 KB zipped.
const READINGS_PER_UPLOAD = 10_000;
// Uploads that one process works on at once; more would only wait for each other.
const METERS_AT_ONCE = 4;
const SECRET = 'readings-of-a-trace';

/** The virtual machines of a trace as readings of meters, one of each provider, and the portal that takes them. */
export type ReadingsProgramme = {
  readings: number;
  uploads: number;
  /** Uploads all of it through HTTP, some meters at once. @throws Error when any of it is not taken */
  upload(): Promise<void>;
  /** Does what is due on meters: fills the orders in. @throws the first failure */
  fill(): Promise<void>;
  /** Whether every order has exactly the quantities that metering the trace itself gives. */
  isExact(): Promise<boolean>;
  close(): Promise<void>;
};

/**
 * Sets up providers, contracts with sites, open orders and a meter each, as `demo` has them for a trace, and the HTTP
 * server that takes the readings (domain.md §5 "vRAM metering").
 */
export async function openReadingsProgramme(
  local: LocalPortal,
  options: { file: string; period: Period; providers: number },
): Promise<ReadingsProgramme> {
  const { period, providers } = options;
  const { portal } = local;
  const metered = await meterTrace(options);
  await addProgramme(local, period, providers);
  const batches = await batchesOf(options);
  const server = await startHttpServer({
    portal,
    port: 0,
    mailFolder: local.folders.mail,
    documentsFolder: local.folders.documents,
    links: local.links,
  });
  const bearers = await Promise.all(batches.map((_, provider) => signedIn(server.url, provider)));
  return {
    readings: metered.machines,
    uploads: batches.reduce((sum, { length }) => sum + length, 0),
    upload: async () => {
      await inParallel([...batches.entries()], METERS_AT_ONCE, async ([provider, own]) => {
        for (const body of own) await uploaded(server.url, provider, bearers[provider] ?? '', body);
      });
    },
    fill: async () => {
      const { failures } = await runMeterDay(portal);
      if (failures[0]) throw failures[0];
    },
    isExact: () => isExact(local, period, metered),
    close: () => server.close(),
  };
}

const four = (index: number): string => String(index).padStart(4, '0');
const meterId = (provider: number): string => `meter-${four(provider)}`;
const tokenId = (provider: number): string => `token-${four(provider)}`;

async function addProgramme({ portal }: LocalPortal, period: Period, providers: number): Promise<void> {
  const uses = Array.from({ length: providers }, () => TRACE_SITES.map(() => ({ twiceGbSeconds: 0n })));
  const programme = traceProgramme({ metered: { machines: 0, uses }, period, providers });
  await importProgramme(portal, {
    ...programme,
    products: (programme.products ?? []).map((product) => ({ ...product, metering: 'VRAM' as const })),
    orders: (await Array.fromAsync(programme.orders ?? [])).map(({ order, lines }) => ({
      order: { ...order, status: 'PENDING_SP' as const },
      lines,
    })),
  });
  const now = portal.clock();
  for (const [provider, { contract }] of [...(programme.contracts ?? [])].entries()) {
    const { id: contractId, contractNumber, serviceProviderId, aggregatorId, contractReferenceNumber } = contract;
    const user = { id: `user-${four(provider)}`, organizationId: serviceProviderId };
    const roles = ['Auto Report Operations'] as const;
    const meter: UsageMeter = {
      id: meterId(provider),
      serviceProviderId,
      instanceId: `00000000-0000-4000-8000-00000000${four(provider)}`,
      name: `Meter ${provider}`,
      softwareVersion: '4.8',
      mode: 'PRODUCTION',
      connection: 'ONLINE',
      contracts: [{ contractId, contractNumber, familyType: 'RENTAL', aggregatorId, siteId: siteId(contractId, 'A') }],
      shared: false,
      registeredTime: now.toISOString(),
      lastModifiedTime: now.toISOString(),
      edits: 1,
      version: 1,
    };
    const result = await portal.units.commit([
      ...TRACE_SITES.map((name) =>
        portal.usageSites.created({
          id: siteId(contractId, name),
          contractId,
          serviceProviderId,
          contractReferenceNumber,
          name,
          countryRegion: 'US',
          address: '',
          postCode: '',
          lastModifiedTime: now.toISOString(),
          version: 1,
        }),
      ),
      ...portal.usageMeters.created(meter, now),
      ...portal.users.created({
        ...user,
        firstName: 'Meter',
        lastName: four(provider),
        email: `meter-${four(provider)}@provider.example`,
        roles,
        status: 'ACTIVE',
        version: 1,
      }),
      portal.apiTokens.created({
        id: tokenId(provider),
        userId: user.id,
        organizationId: serviceProviderId,
        name: 'meter',
        roles,
        secretHash: hashOfSecret(SECRET),
        createdTime: now.toISOString(),
        expires: '2031-01-01T00:00:00.000Z',
        revoked: false,
        version: 1,
      }),
    ]);
    if (!result.ok) throw new Error(`meter ${provider} is there already`);
  }
}

const siteId = (contractId: string, name: string): string => `site-${contractId}-${name}`;

/** Zipped NDJSON by provider: a machine is an interval from its start, cut at the month's end. */
async function batchesOf({ file, period, providers }: { file: string; period: Period; providers: number }) {
  const lines = Array.from({ length: providers }, (): string[] => []);
  const begin = Date.parse(`${period}-01T00:00:00Z`);
  const end = daysIn(period) * DAY;
  const timeOf = (second: number) => `${new Date(begin + second * 1_000).toISOString().slice(0, 19)}Z`;
  let machine = 0;
  for await (const { batch, startSeconds, durationSeconds, memory } of readVmTrace(createReadStream(file), file)) {
    machine++;
    const to = Math.min(startSeconds + durationSeconds, end);
    if (to <= startSeconds) continue;
    lines[batch % providers]?.push(
      JSON.stringify({
        source: `vm-${machine}`,
        products: ['FLEX-CORE'],
        from: timeOf(startSeconds),
        to: timeOf(to),
        sequence: 1,
        site: TRACE_SITES[Math.floor(batch / providers) % TRACE_SITES.length],
        configuredGb: formatQuantity(memory),
      }),
    );
  }
  return lines.map((own) => {
    const batches: Buffer[] = [];
    for (let at = 0; at < own.length; at += READINGS_PER_UPLOAD) {
      batches.push(gzipSync(own.slice(at, at + READINGS_PER_UPLOAD).join('\n')));
    }
    return batches;
  });
}

async function signedIn(url: string, provider: number): Promise<string> {
  const body = JSON.stringify({ type: 'UserToken', userToken: apiTokenText(tokenId(provider), SECRET) });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/commerce/v1/auth`, { method: 'POST', headers, body });
  if (!answer.ok) throw new Error(`signing in was refused: ${await answer.text()}`);
  return ((await answer.json()) as { accessToken: string }).accessToken;
}

async function uploaded(url: string, provider: number, bearer: string, body: Buffer): Promise<void> {
  const headers = {
    authorization: `Bearer ${bearer}`,
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
  };
  const path = `${url}/api/provider/v1/usageMeters/${meterId(provider)}/readings`;
  const answer = await fetch(path, { method: 'POST', headers, body: new Uint8Array(body) });
  const taken = (await answer.json()) as { refused?: number; conflicts?: number };
  if (!answer.ok || taken.refused !== 0 || taken.conflicts !== 0) throw new Error(JSON.stringify(taken).slice(0, 500));
}

async function isExact({ portal }: LocalPortal, period: Period, { uses }: MeteredTrace): Promise<boolean> {
  for (const [provider, ofSites] of uses.entries()) {
    const [order] = await portal.billingOrders.ofContract(`contract-${four(provider)}`, [period]);
    const lines = order ? await portal.billingOrders.linesOf(order.id, order.lineSet) : [];
    const found = new Map(lines.map((line) => [line.siteName, line.quantity as bigint]));
    const isSame = ofSites.every(
      ({ twiceGbSeconds }, site) =>
        (found.get(TRACE_SITES[site] as string) ?? 0n) === meteredQuantity(twiceGbSeconds, period),
    );
    if (!isSame || found.size !== lines.length) return false;
  }
  return true;
}
