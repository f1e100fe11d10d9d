import { addDays, dateOf } from '../domain/calendar/period.ts';
import { priceListFor, productPrice } from '../domain/catalogue/price-list.ts';
import {
  checkRecord,
  type RecordFacts,
  type RecordRefusal,
  type SentRecord,
} from '../domain/cloud-usage/check-record.ts';
import {
  addRecord,
  mergeRecord,
  noRecords,
  RECORD_RESULTS,
  type RecordOutcome,
  type RecordResult,
} from '../domain/cloud-usage/merge-record.ts';
import type { PlacedRecord } from '../domain/cloud-usage/usage-record.ts';
import { periodAt } from '../domain/contract/billing-period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { DAYS_OF_ARREARS } from '../domain/usage/arrears.ts';
import { readUsageRecords as readRows } from '../feeds/usage-records.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { inParallel } from './in-parallel.ts';
import type { Portal } from './ports/portal.ts';
import { contractSubject } from './request-recorded.ts';
import { type ResultRun, resultRuns } from './result-runs.ts';
import { rowsOfBody, type SentRows } from './rows-of-body.ts';
import { readUsageRecords, storedBatch } from './usage-record-batches.ts';

type TakePortal = Pick<
  Portal,
  | 'units'
  | 'audit'
  | 'catalogue'
  | 'contracts'
  | 'feedHeads'
  | 'subscriptions'
  | 'usageRecords'
  | 'meteredMonths'
  | 'documents'
>;

type Outcome = { result: RecordResult; reason?: RecordRefusal['reason']; message?: string };

export type TakenRecords = { records: number; counts: Record<RecordResult, number>; runs: ResultRun<Outcome>[] };

/** A record at its place in the body. */
type Part = { at: number; placed: PlacedRecord };

const MOST_RECORDS = 10_000;
const CONTRACTS_AT_ONCE = 4;

/**
 * Takes what the cloud billing tells of subscriptions: each record is accepted, there already, in conflict with what the same
 * id has told, or refused with a reason. What is sent again, or in other portions, changes nothing (domain.md §3 "Arrears").
 *
 * @throws PortalError BODY_TOO_LARGE; BAD_REQUEST when the body can't be read; CHANGED_MEANWHILE while others tell of the same
 *   contract: what was taken before stays
 */
export async function takeUsageRecords(
  portal: TakePortal,
  { caller, now }: { caller: Caller; now: Date },
  source: SentRows,
): Promise<TakenRecords> {
  const rows = await rowsOfBody(source, { what: 'records', most: MOST_RECORDS }, readRows);
  const sent = rows.flatMap((row) => (row.ok ? [row.record] : []));
  const { facts, contracts } = await recordFacts(portal, sent, now);
  const outcomes: Outcome[] = [];
  const byContract = new Map<string, Part[]>();
  rows.forEach((row, at) => {
    if (!row.ok) {
      outcomes[at] = { result: 'REFUSED', reason: 'NOT_VALID', message: row.message };
      return;
    }
    const checked = checkRecord(row.record, facts);
    if (!checked.ok) {
      outcomes[at] = { result: 'REFUSED', reason: checked.reason, message: checked.message };
      return;
    }
    const parts = byContract.get(checked.contractId) ?? [];
    byContract.set(checked.contractId, parts);
    parts.push({ at, placed: checked.placed });
  });
  await inParallel(byContract, CONTRACTS_AT_ONCE, async ([contractId, parts]) => {
    const contract = contracts.get(contractId) as Contract;
    const merged = await registered(portal, contract, parts, { actor: caller.userId, now });
    for (const [index, { at }] of parts.entries()) outcomes[at] = merged[index] as RecordOutcome;
  });
  const lines = rows.map(({ line }) => line);
  return { records: rows.length, ...resultRuns(lines, outcomes, RECORD_RESULTS) };
}

async function recordFacts(
  portal: TakePortal,
  sent: readonly SentRecord[],
  now: Date,
): Promise<{ facts: RecordFacts; contracts: ReadonlyMap<string, Contract> }> {
  const ids = [...new Set(sent.map(({ subscriptionId }) => subscriptionId))];
  const [subscriptions, { products }, priceLists] = await Promise.all([
    portal.subscriptions.getMany(ids),
    portal.catalogue.current(),
    portal.catalogue.priceLists(),
  ]);
  const found = await portal.contracts.getMany([...new Set(subscriptions.map(({ contractId }) => contractId))]);
  const contracts = new Map(found.map(({ contract }) => [contract.id, contract]));
  const byId = new Map(subscriptions.map((each) => [each.id, each]));
  const offered = new Set(products.flatMap(({ code, family }) => (family === 'MSP' ? [code] : [])));
  const facts: RecordFacts = {
    now,
    subscriptionOf: (id) => {
      const subscription = byId.get(id);
      const contract = subscription && contracts.get(subscription.contractId);
      return contract && { subscription, contract };
    },
    isOffered: (code) => offered.has(code),
    isPriced: (code, currency, of) =>
      priceListFor(priceLists, currency, of) !== undefined &&
      productPrice(priceLists, code, currency, { version: undefined, of }) !== undefined,
  };
  return { facts, contracts };
}

/** Registers what is new of a contract's records, all or none, and says what became of each. */
function registered(
  portal: TakePortal,
  { id: contractId, anniversary, serviceProviderId }: Contract,
  parts: readonly Part[],
  { actor, now }: { actor: string; now: Date },
): Promise<RecordOutcome[]> {
  const time = now.toISOString();
  // Of what is older nothing is taken any more, so nothing of it comes again.
  const oldest = periodAt(anniversary, addDays(dateOf(now), -DAYS_OF_ARREARS));
  return committed(portal, 'The usage records of the contract', async () => {
    const version = await portal.feedHeads.version(contractId);
    const known = noRecords();
    const batches = await portal.usageRecords.batchesFrom(contractId, oldest);
    for (const placed of await readUsageRecords(portal, batches)) addRecord(known, placed);
    const result = parts.map(({ placed }) => mergeRecord(known, placed));
    const fresh = parts.flatMap(({ placed }, at) => (result[at]?.result === 'ACCEPTED' ? [placed] : []));
    if (fresh.length === 0) return { changes: [], result };
    const byPeriod = [...Map.groupBy(fresh, ({ period }) => period)];
    const stored = await Promise.all(
      byPeriod.map(([period, placed]) =>
        storedBatch(portal, { contractId, period, records: placed.map(({ record }) => record), time }),
      ),
    );
    const changes = [
      portal.feedHeads.moved(contractId, version),
      ...stored.map((batch) => portal.usageRecords.registered(contractId, batch)),
      ...stored.map(({ period, hash: token }) =>
        portal.meteredMonths.isDue({ contractId, period }, { kind: 'FEED', id: 'CLOUD-USAGE', token }, now),
      ),
      portal.audit.recorded({
        organizationId: serviceProviderId,
        subject: contractSubject(contractId),
        id: `USAGE-RECORDS#${String(version + 1).padStart(8, '0')}`,
        time,
        actor,
        action: 'takeUsageRecords',
        reason: stored.map(({ period, records }) => `${records} records of ${period}`).join(', '),
      }),
    ];
    return { changes, result };
  });
}
