import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { isAdjusted } from '../domain/billing-order/move.ts';
import { BILLABLE_STATUSES } from '../domain/billing-order/status.ts';
import type { Period } from '../domain/calendar/period.ts';
import { cutoffDate } from '../domain/calendar/programme-calendar.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import type { CloseRun } from '../domain/close/run.ts';
import type { CustomerMinimum } from '../domain/customer-commitment/customer-minimums.ts';
import { compareNumbering } from '../domain/invoice/numbering.ts';
import { decideOnce, jsonLines, parseJson, workBytes } from './bytes.ts';
import { customerMinimumsOf } from './customer-minimums-of.ts';
import { RetryableError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { periodsToBill } from './periods-to-bill.ts';
import { asideOrder, planOrder } from './plan-order.ts';
import { partiesOf, storeParties } from './plan-parties.ts';
import type { RosterRow } from './ports/billing-orders.ts';
import type { AsideContract } from './ports/contract-months.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { type PlannedContract, PlannedContractSchema, type PlannedOrder, runFiles } from './run-files.ts';

export type PlanPortal = Pick<
  Portal,
  | 'settings'
  | 'billingOrders'
  | 'contracts'
  | 'contractMonths'
  | 'customerCommitments'
  | 'catalogue'
  | 'organizations'
  | 'closes'
  | 'workFiles'
>;

const PLANS_AT_ONCE = 8;

/**
 * Lists what a run bills: every billable order of the period and of earlier periods whose close is not complete. The
 * terms of an order are fixed by the first run that plans it and kept by all later ones (domain.md §6.1, §6.2); an order
 * whose terms could not be told is planned anew each time.
 *
 * @returns number of contracts and orders
 */
export async function planRun(portal: PlanPortal, run: CloseRun): Promise<{ contracts: number; orders: number }> {
  const before = await countPlanned(portal, run);
  if (before.contracts > 0) return before;
  const planned: PlannedContract[] = [];
  const periods = await periodsToBill(portal, run);
  for (const period of periods) planned.push(...(await planPeriod(portal, run, period)));
  planned.push(...(await planAdjustments(portal, run)));
  await decideOnce(portal.workFiles, runFiles.orders(run.name), jsonLines(joinByContract(planned)));
  return countPlanned(portal, run);
}

/** What is planned, by this or an earlier attempt of the step; line by line, of a whole programme too. */
async function countPlanned(portal: PlanPortal, run: CloseRun): Promise<{ contracts: number; orders: number }> {
  const counts = { contracts: 0, orders: 0 };
  for await (const line of portal.workFiles.lines(runFiles.orders(run.name))) {
    counts.contracts++;
    counts.orders += PlannedContractSchema.parse(JSON.parse(line)).orders.length;
  }
  return counts;
}

/**
 * The approved adjustments of the run's period and earlier ones. Their prices and revision are the period's, bill-to and tax
 * those of now, fixed by the first run that plans them.
 */
async function planAdjustments(portal: PlanPortal, run: CloseRun): Promise<PlannedContract[]> {
  if (run.invoiceDate < cutoffDate(run.period, portal.settings.calendar)) return [];
  const rows = await portal.billingOrders.waiting();
  if (rows.length === 0) return [];
  const orders = await portal.billingOrders.getMany(rows.map((row) => row.orderId));
  const approved = orders.filter(
    (order) => order.status === 'PENDING_VENDOR_REFUND' && order.usagePeriod <= run.period,
  );
  return inParallel(approved, PLANS_AT_ONCE, (order) => planAdjustment(portal, run, order));
}

async function planAdjustment(portal: PlanPortal, run: CloseRun, order: BillingOrder): Promise<PlannedContract> {
  const { id: orderId, contractId, usagePeriod, revision } = order;
  const key = runFiles.adjustmentPlan(usagePeriod, orderId, revision);
  const before = await portal.workFiles.get(key);
  if (before) return parseJson(PlannedContractSchema, before);
  const orders = new Map([[orderId, order]]);
  const [told] = await termsOf(portal, usagePeriod, [{ orderId, contractId }], orders);
  const planned = told as PlannedContract;
  if (run.dryRun || planned.orders.some(({ terms }) => !terms)) return planned;
  return parseJson(PlannedContractSchema, await decideOnce(portal.workFiles, key, workBytes(planned)));
}

async function planPeriod(portal: PlanPortal, run: CloseRun, period: Period): Promise<PlannedContract[]> {
  const [rows, aside] = await Promise.all([rosterOf(portal, period), asideIn(portal, period)]);
  const orders = new Map<string, BillingOrder>();
  for (const order of await portal.billingOrders.getMany(rows.map((row) => row.orderId))) orders.set(order.id, order);
  const billable = rows.filter((row) => {
    const order = orders.get(row.orderId);
    // Adjustments are not touched by the cutoff; those that are approved wait in a place of their own.
    if (!order || isAdjusted(order) || aside.has(row.contractId)) return false;
    return BILLABLE_STATUSES.has(order.status);
  });
  const { fixed, additions } = await fixedTerms(portal, period);
  const unfixed = billable.filter((row) => !fixed.has(row.orderId));
  const fresh = unfixed.length === 0 ? [] : await termsOf(portal, period, unfixed, orders);
  const told = fresh.filter((contract) => contract.orders.every((order) => order.terms));
  if (!run.dryRun && told.length > 0) await addToPlan(portal, period, additions + 1, told);
  for (const contract of fresh) for (const order of contract.orders) fixed.set(order.orderId, contract);
  const planned = billable.map((row) => {
    const contract = fixed.get(row.orderId) as PlannedContract;
    const revision = (orders.get(row.orderId) as BillingOrder).revision;
    const order = contract.orders.find((planned) => planned.orderId === row.orderId) as PlannedOrder;
    return { ...contract, orders: [{ ...order, revision }] };
  });
  return aside.size === 0 ? planned : [...planned, ...(await planAside(portal, period, aside, orders))];
}

/** What stands in all shards of a period's roster. */
async function inShards<Entry>(of: (shard: number) => AsyncIterable<Entry>): Promise<Entry[]> {
  const shards = Array.from({ length: ROSTER_SHARDS }, (_, shard) => Array.fromAsync(of(shard)));
  return (await Promise.all(shards)).flat();
}

const rosterOf = (portal: PlanPortal, period: Period): Promise<RosterRow[]> =>
  inShards((shard) => portal.billingOrders.roster(period, shard));

/** Contracts that aren't billed for a period, as something that bears on it is still due on them. */
async function asideIn(portal: PlanPortal, period: Period): Promise<Map<string, AsideContract>> {
  const found = await inShards((shard) => portal.contractMonths.aside(period, shard));
  return new Map(found.map((contract) => [contract.contractId, contract]));
}

/** Contracts that are set aside are told of with an order each, also where what is due would have made it. */
async function planAside(
  portal: PlanPortal,
  period: Period,
  aside: ReadonlyMap<string, AsideContract>,
  orders: ReadonlyMap<string, BillingOrder>,
): Promise<PlannedContract[]> {
  const found = await portal.contracts.getMany([...aside.keys()]);
  const parties = await partiesOf(portal, found);
  const known = new Map([...orders.values()].map((order) => [order.contractId, order]));
  const planned = found.map(({ contract }) =>
    asideOrder(contract, known.get(contract.id), aside.get(contract.id) as AsideContract, parties),
  );
  return storeParties(portal, period, planned.sort(inCanonicalOrder), parties);
}

/** Fixes terms. Additions to a plan follow each other: of two at the same moment one has to look at the other first. */
async function addToPlan(portal: PlanPortal, period: Period, n: number, contracts: readonly PlannedContract[]) {
  const addition = jsonLines(contracts);
  const stored = await decideOnce(portal.workFiles, runFiles.plan(period, n), addition);
  if (Buffer.compare(stored, addition) === 0) return;
  throw new RetryableError(`the terms of orders of ${period} are being fixed by another run at the same moment`);
}

/** Contracts with an order whose terms are fixed, by order; and how many additions the plan has. */
async function fixedTerms(portal: PlanPortal, period: Period) {
  let additions = 0;
  const fixed = new Map<string, PlannedContract>();
  for await (const { key } of portal.workFiles.list(runFiles.plans(period))) {
    if (!key.endsWith('.jsonl')) continue;
    additions++;
    for await (const line of portal.workFiles.lines(key)) {
      const contract = PlannedContractSchema.parse(JSON.parse(line));
      const [order] = contract.orders;
      if (order && !fixed.has(order.orderId)) fixed.set(order.orderId, contract);
    }
  }
  return { fixed, additions };
}

/** Tells the terms of orders as everything stands now, and stores the parties they will be printed with. */
async function termsOf(
  portal: PlanPortal,
  period: Period,
  rows: readonly RosterRow[],
  orders: ReadonlyMap<string, BillingOrder>,
): Promise<PlannedContract[]> {
  const [priceLists, found] = await Promise.all([
    portal.catalogue.priceLists(),
    portal.contracts.getMany(rows.map((row) => row.contractId)),
  ]);
  const contracts = new Map(found.map((entry) => [entry.contract.id, entry]));
  const parties = await partiesOf(portal, found);
  const customers = await minimumsOf(portal, period, found);
  const planned = rows
    .map((row) => {
      const order = orders.get(row.orderId) as BillingOrder;
      return planOrder(order, contracts.get(row.contractId), parties, priceLists, customers.get(row.contractId));
    })
    .sort(inCanonicalOrder);
  return storeParties(portal, period, planned, parties);
}

/** What end customers have committed to in a period, by contract: of those with commitments alone. */
async function minimumsOf(
  portal: PlanPortal,
  period: Period,
  found: readonly ContractWithRevisions[],
): Promise<Map<string, CustomerMinimum[]>> {
  const committed = found.filter(({ contract }) => contract.hasCommitments);
  const minimums = await inParallel(committed, PLANS_AT_ONCE, async ({ contract }) => {
    return [contract.id, await customerMinimumsOf(portal, contract, period)] as const;
  });
  return new Map(minimums);
}

/**
 * One entry a contract, with its orders in order of period; contracts in canonical order of numbering. Orders that were
 * planned apart name the bill-to account that each was planned with.
 */
function joinByContract(planned: readonly PlannedContract[]): PlannedContract[] {
  const contracts = Map.groupBy([...planned].sort(inCanonicalOrder), ({ contractId }) => contractId);
  return [...contracts.values()].map((parts) => {
    const [first, ...others] = parts as [PlannedContract, ...PlannedContract[]];
    if (others.length === 0) return first;
    const orders = parts.flatMap(({ billToAccountId, ...part }) =>
      part.orders.map((order) => ({ ...order, billToAccountId })),
    );
    return { ...(others.at(-1) as PlannedContract), orders };
  });
}

function inCanonicalOrder(a: PlannedContract, b: PlannedContract): number {
  return compareNumbering(numberingKeyOf(a), numberingKeyOf(b));
}

function numberingKeyOf(contract: PlannedContract) {
  const [order] = contract.orders as [PlannedOrder];
  const { aggregatorNumber, contractNumber } = contract;
  return { aggregatorNumber, contractNumber, usagePeriod: order.usagePeriod, revision: order.revision };
}
