import { addMonths, dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { MonthOutcome } from '../domain/metering/month-outcome.ts';
import type { Organization } from '../domain/organization/organization.ts';
import { connectionOf, healthOf } from '../domain/usage-meter/health.ts';
import { METER_SUPPORT, type SupportWarning, supportWarning } from '../domain/usage-meter/support.ts';
import type { UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import type { Caller } from './caller.ts';
import type { ListDefinition, ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { AGGREGATOR_METER_LIST, type ListedMeter, PROVIDER_METER_LIST } from './lists/usage-meter-list.ts';
import { meterSubject, ownUsageMeter } from './own-usage-meter.ts';
import type { AuditEntry } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import type { ReadingsHead } from './ports/readings.ts';
import type { UsageMeterRow } from './ports/usage-meters.ts';
import { ownContract } from './read-contracts.ts';

type ReadMetersPortal = Pick<Portal, 'contracts' | 'usageMeters' | 'organizations'>;

export type MeterOfProvider = { meter: UsageMeter; serviceProvider: Organization };

/** What a meter has reported of a month, and what came of it on each contract that it was reported for. */
export type MeterMonth = {
  usagePeriod: Period;
  head: ReadingsHead | undefined;
  contracts: { contractId: string; contractNumber: string; isDue: boolean; last: MonthOutcome | undefined }[];
};

/** A meter with what its page shows beside it. */
export type MeterDetail = {
  meter: UsageMeter;
  warning: SupportWarning | undefined;
  /** The running month and the five before it, newest first; nothing was reported where there is no head. */
  months: MeterMonth[];
  /** Newest first. */
  events: AuditEntry[];
};

/** The meters that report for a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listContractMeters(
  portal: ReadMetersPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
  now: Date,
): Promise<Page<UsageMeter>> {
  await ownContract(portal, caller, 'readUsageMeters', contractId);
  const links = (await portal.usageMeters.ofContract(contractId)).filter(({ isRemoved }) => !isRemoved);
  const meters = await portal.usageMeters.getMany(links.map(({ meterId }) => meterId));
  return pageOfMeters(PROVIDER_METER_LIST, query, meters.map(listed(now)), meters);
}

/** All meters of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listOwnMeters(
  portal: ReadMetersPortal,
  { organizationId }: Caller,
  query: ListQuery,
  now: Date,
): Promise<Page<UsageMeter>> {
  const rows = registered(await portal.usageMeters.ofServiceProvider(organizationId));
  const page = compileList(PROVIDER_METER_LIST, query)(rows.map(listed(now)));
  const meters = await portal.usageMeters.getMany(page.content.map(({ id }) => id));
  const own = meters.filter((meter) => meter.serviceProviderId === organizationId);
  return inOrder(page, registered(own));
}

/** The meters of all contracts that the caller's organization holds. @throws PortalError BAD_REQUEST */
export async function listAggregatorMeters(
  portal: ReadMetersPortal,
  { organizationId }: Caller,
  query: ListQuery,
  now: Date,
): Promise<Page<MeterOfProvider>> {
  const rows = registered(await portal.usageMeters.ofAggregator(organizationId));
  const once = [...new Map(rows.map((row) => [row.id, row])).values()];
  const found = await portal.organizations.getMany([...new Set(once.map((row) => row.serviceProviderId))]);
  const providers = new Map(found.map((organization) => [organization.id, organization]));
  const shown = once.map((row) => ({ ...listed(now)(row), serviceProvider: providers.get(row.serviceProviderId) }));
  const page = compileList(AGGREGATOR_METER_LIST, query)(shown);
  const meters = await portal.usageMeters.getMany(page.content.map(({ id }) => id));
  const held = registered(meters).filter(({ contracts }) =>
    contracts.some(({ aggregatorId }) => aggregatorId === organizationId),
  );
  const { content, total } = inOrder(page, held);
  return {
    content: content.flatMap((meter) => {
      const serviceProvider = providers.get(meter.serviceProviderId);
      return serviceProvider ? [{ meter, serviceProvider }] : [];
    }),
    total,
  };
}

const MONTHS_SHOWN = 6;

/** A meter with its last six months and what has happened to it. @throws PortalError NOT_FOUND */
export async function findUsageMeter(
  portal: Pick<Portal, 'usageMeters' | 'readings' | 'meteredMonths' | 'contracts' | 'audit'>,
  caller: Caller,
  { meterId, events, now }: { meterId: string; events: number; now: Date },
): Promise<MeterDetail> {
  const meter = await ownUsageMeter(portal, caller, 'readUsageMeters', meterId);
  const running = periodOf(dateOf(now));
  const periods = Array.from({ length: MONTHS_SHOWN }, (_, back) => addMonths(running, -back));
  const [heads, entries] = await Promise.all([
    portal.readings.heads(meterId, periods),
    portal.audit.ofSubject(meterSubject(meterId)),
  ]);
  entries.sort((a, b) => (a.time > b.time ? -1 : a.time < b.time ? 1 : a.id > b.id ? -1 : 1));
  return {
    meter,
    warning: supportWarning(meter.softwareVersion, dateOf(now), METER_SUPPORT),
    months: await Promise.all(
      periods.map((of) =>
        monthOf(
          portal,
          meterId,
          of,
          heads.find(({ period }) => period === of),
        ),
      ),
    ),
    events: entries.slice(0, events),
  };
}

async function monthOf(
  portal: Pick<Portal, 'meteredMonths' | 'contracts'>,
  meterId: string,
  period: Period,
  head: ReadingsHead | undefined,
): Promise<MeterMonth> {
  const contracts = await portal.contracts.getMany(head?.contractIds ?? []);
  const outcomes = contracts.map(async ({ contract: { id: contractId, contractNumber } }) => {
    const { due, last } = await portal.meteredMonths.get({ contractId, period });
    const isDue = due.some(({ kind, id }) => kind === 'METER' && id === meterId);
    return { contractId, contractNumber, isDue, last };
  });
  return { usagePeriod: period, head, contracts: await Promise.all(outcomes) };
}

const registered = <Meter extends Pick<UsageMeterRow, 'removedTime'>>(meters: readonly Meter[]): Meter[] =>
  meters.filter(({ removedTime }) => removedTime === undefined);

const listed =
  (now: Date) =>
  (row: UsageMeterRow): ListedMeter => ({ ...row, shownConnection: connectionOf(row), health: healthOf(row, now) });

function pageOfMeters(
  definition: ListDefinition<ListedMeter>,
  query: ListQuery,
  rows: readonly ListedMeter[],
  meters: readonly UsageMeter[],
): Page<UsageMeter> {
  return inOrder(compileList(definition, query)(rows), meters);
}

function inOrder({ content, total }: Page<{ id: string }>, meters: readonly UsageMeter[]): Page<UsageMeter> {
  const byId = new Map(meters.map((meter) => [meter.id, meter]));
  return { content: content.flatMap(({ id }) => byId.get(id) ?? []), total };
}
