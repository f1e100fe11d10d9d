import * as z from 'zod';
import type { CanonicalDraft } from '../documents/canonical-invoice.ts';
import { toCanonicalDraft } from '../documents/canonical-mapping.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { BILLING_ORDER_TRANSITIONS } from '../domain/billing-order/status.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { BillingTerms } from '../domain/charging/billing-terms.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { type OrderParties, type RateResult, rateOrder } from '../domain/charging/rate-order.ts';
import type { CloseRun, SetAside } from '../domain/close/run.ts';
import { type Points, percent, points, unitPrice } from '../domain/numbers/amounts.ts';
import { crossesTriggerPoint } from '../domain/prepayment/draw.ts';
import { postToLedger } from '../domain/prepayment/ledger.ts';
import { transition } from '../domain/transitions.ts';
import { RetryableError, TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import {
  batchName,
  decideOnce,
  type PlannedContract,
  type PlannedOrder,
  type PlanParties,
  PlanPartiesSchema,
  parseJson,
  RatedBatchSchema,
  type RatedEntry,
  RatedEntrySchema,
  runFiles,
  SetAsideSchema,
  workBytes,
} from './run-files.ts';

export type RatePortal = Pick<
  Portal,
  'clock' | 'units' | 'audit' | 'billingOrders' | 'contracts' | 'catalogue' | 'prepayments' | 'workFiles' | 'outbox'
>;

/** What a batch step answers: how many it did, how many it set aside; details are in the work files. */
export type BatchResult = { done: number; failed: number };

class OrderProblem extends Error {
  readonly code: string;
  constructor(code: string, reason: string) {
    super(reason);
    this.code = code;
  }
}

const LEDGER_ATTEMPTS = 8;
// Most of the time a contract waits for the database: a few at once keep the function busy.
const CONTRACTS_AT_ONCE = 4;

/**
 * Seals and rates the orders of some contracts and writes the drafts of their invoices (domain.md §6.3). An order that
 * can't be rated is set aside with its cause; the others go on. Running a batch again finds what it has written.
 */
export async function rateBatch(
  portal: RatePortal,
  run: CloseRun,
  batch: readonly PlannedContract[],
): Promise<BatchResult> {
  const name = batchName(batch);
  const before = await portal.workFiles.get(runFiles.ratedIndex(run.name, name));
  if (before) return countOf(portal, run, name, parseJson(z.array(RatedEntrySchema), before));
  const [parties, tiers] = await Promise.all([partiesOf(portal, batch), tiersOf(portal)]);
  const outcomes = await inParallel(batch, CONTRACTS_AT_ONCE, (contract) =>
    rateContract(portal, run, contract, parties, tiers),
  );
  const drafts: Record<string, CanonicalDraft> = {};
  const entries: RatedEntry[] = [];
  const failed: SetAside[] = [];
  for (const { entry, draft, aside } of outcomes.flat()) {
    if (aside) failed.push(aside);
    if (entry) entries.push(entry);
    if (entry && draft) drafts[entry.order.id] = draft;
  }
  const bytes = workBytes({ drafts, entries, failed });
  const decided = await decideOnce(portal.workFiles, runFiles.rated(run.name, name), bytes);
  return publishBatch(
    portal,
    run,
    name,
    decided === bytes ? { entries, failed } : parseJson(RatedBatchSchema, decided),
  );
}

/** Tells the later steps what became of a batch: what is set aside first, since the index says that the batch is done. */
async function publishBatch(
  portal: RatePortal,
  run: CloseRun,
  name: string,
  { entries, failed }: { entries: readonly RatedEntry[]; failed: readonly SetAside[] },
): Promise<BatchResult> {
  if (failed.length > 0) {
    await portal.workFiles.putOnce(runFiles.aside(run.name, 'Rate', name), workBytes(failed), 'application/json');
  }
  await portal.workFiles.putOnce(runFiles.ratedIndex(run.name, name), workBytes(entries), 'application/json');
  return { done: entries.length, failed: failed.length };
}

type Outcome = { entry?: RatedEntry; draft?: CanonicalDraft; aside?: SetAside };

/** Rates a contract's orders one after the other: each draws on the balance that the one before has left. */
async function rateContract(
  portal: RatePortal,
  run: CloseRun,
  contract: PlannedContract,
  parties: ReadonlyMap<string, PlanParties>,
  tiers: Tiers,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const planned of contract.orders) {
    try {
      const { order, result } = await ratePlanned(portal, run, contract, planned, parties, tiers);
      const draft = result.outcome === 'INVOICED' ? toCanonicalDraft(result.draft) : undefined;
      outcomes.push({ entry: entryOf(contract, order, draft), ...(draft && { draft }) });
    } catch (error) {
      if (error instanceof OrderAlreadyClosed) continue;
      if (!(error instanceof OrderProblem)) throw error;
      outcomes.push({ aside: setAside(contract, planned, error.code, error.message) });
    }
  }
  return outcomes;
}

/** What an earlier start of the same batch has done. */
async function countOf(
  portal: RatePortal,
  run: CloseRun,
  name: string,
  rated: readonly RatedEntry[],
): Promise<BatchResult> {
  const aside = await portal.workFiles.get(runFiles.aside(run.name, 'Rate', name));
  return { done: rated.length, failed: aside ? parseJson(z.array(SetAsideSchema), aside).length : 0 };
}

/** How an order that fails is told of. */
export function setAside(contract: PlannedContract, planned: PlannedOrder, code: string, reason: string): SetAside {
  return {
    orderId: planned.orderId,
    contractNumber: contract.contractNumber,
    aggregatorId: contract.aggregatorId,
    serviceProvider: contract.serviceProviderName,
    usagePeriod: planned.usagePeriod as Period,
    code,
    reason,
  };
}

/** The order was closed meanwhile, by an earlier run that went on: nothing is left to do. */
class OrderAlreadyClosed extends Error {}

async function ratePlanned(
  portal: RatePortal,
  run: CloseRun,
  contract: PlannedContract,
  planned: PlannedOrder,
  parties: ReadonlyMap<string, PlanParties>,
  tiers: Tiers,
): Promise<{ order: BillingOrder; result: Extract<RateResult, { ok: true }> }> {
  if (planned.problem) throw new OrderProblem(planned.problem.code, planned.problem.reason);
  const terms = termsOf(planned);
  const order = run.dryRun ? await orderNow(portal, planned) : await sealOrder(portal, run, planned);
  const lines = await portal.billingOrders.linesOf(order.id, order.revision);
  const rate = (balance: Points | undefined) =>
    rateOrder({
      order,
      contract: {
        id: contract.contractId,
        contractNumber: contract.contractNumber,
        contractReferenceNumber: contract.contractReferenceNumber,
        currency: contract.currency,
      },
      terms,
      parties: orderParties(contract, parties.get(planned.parties) as PlanParties),
      lines,
      tiers,
      ...(balance === undefined ? {} : { balance }),
    });
  const result =
    terms.sku.contractType === 'PRE-PAY' ? await rateFromBalance(portal, run, contract, order, rate) : rate(undefined);
  if (!result.ok) {
    throw new OrderProblem(
      result.reason,
      'The usage lines found are not all of what was sealed: the order needs a look',
    );
  }
  return { order, result };
}

async function orderNow(portal: RatePortal, planned: PlannedOrder): Promise<BillingOrder> {
  const [order] = await portal.billingOrders.getMany([planned.orderId]);
  if (!order) throw new OrderProblem('ORDER_MISSING', 'The order does not exist');
  return order;
}

/**
 * Seals an order, moving it on first where the cutoff has to (domain.md §3 "At cutoff"); one that nobody has opened is
 * opened and moved on at once, so that nothing billable is passed over.
 */
async function sealOrder(portal: RatePortal, run: CloseRun, planned: PlannedOrder): Promise<BillingOrder> {
  for (let attempt = 0; attempt < LEDGER_ATTEMPTS; attempt++) {
    const sealed = await portal.billingOrders.seal(planned.orderId, run.name);
    if (sealed.ok) return sealed.order;
    const { order } = sealed;
    if (!order) throw new OrderProblem('ORDER_MISSING', 'The order does not exist');
    if (order.status === 'CLOSED') throw new OrderAlreadyClosed();
    const opened = transition(BILLING_ORDER_TRANSITIONS, order.status, 'open', 'SYSTEM');
    const moved = transition(BILLING_ORDER_TRANSITIONS, opened.ok ? opened.to : order.status, 'cutOff', 'SYSTEM');
    if (!moved.ok) throw new OrderProblem('ORDER_NOT_BILLABLE', `The order is ${order.status} now`);
    const result = await portal.units.commit(cutoffChanges(portal, run, order));
    if (result.ok) return { ...order, status: moved.to, sealedBy: run.name, version: order.version + 1 };
  }
  throw new RetryableError(`order ${planned.orderId} is being changed again and again while it is sealed`);
}

function cutoffChanges(portal: RatePortal, run: CloseRun, order: BillingOrder): Change[] {
  const changes = [
    portal.billingOrders.cutOff(order, run.name),
    portal.audit.recorded({
      organizationId: order.serviceProviderId,
      subject: `ORDER#${order.id}`,
      id: `${order.revision}#cutOff`,
      time: portal.clock().toISOString(),
      actor: 'SYSTEM',
      action: 'cutOff',
      from: order.status,
      to: 'PENDING_VENDOR',
      reason: `The cutoff of ${order.usagePeriod} has passed: billed as reported`,
    }),
  ];
  const unreported = order.status === 'NOT_OPEN' || order.status === 'PENDING_SP';
  if (unreported) changes.push(portal.contracts.delinquencyChanged(order.contractId, true));
  return changes;
}

/**
 * Rates against the prepayment balance. The draw is posted to the prepayment ledger before anything is numbered, once
 * per order and revision: whoever rates the order again charges by the balance that draw was taken from.
 */
async function rateFromBalance(
  portal: RatePortal,
  run: CloseRun,
  contract: PlannedContract,
  order: BillingOrder,
  rate: (balance: Points) => RateResult,
): Promise<RateResult> {
  const source = { id: order.id, revision: order.revision };
  for (let attempt = 0; attempt < LEDGER_ATTEMPTS; attempt++) {
    const posted = await portal.prepayments.entryOf(contract.contractId, 'DRAW', source);
    if (posted) return rate((posted.balanceAfter - posted.points) as Points);
    const balance = await portal.prepayments.balance(contract.contractId);
    const result = rate(balance.points);
    if (run.dryRun || !result.ok || result.outcome !== 'INVOICED') return result;
    const drawn = result.draft.commit.prepayment?.drawn ?? (0n as Points);
    const post = postToLedger(balance, { kind: 'DRAW', source, points: -drawn as Points });
    if (!post.ok) throw new TerminalError(`a draw of contract ${contract.contractNumber} exceeds its balance`);
    const changes = portal.prepayments.posted(post.entry, post.balance);
    const trigger = contract.triggerPoint === undefined ? undefined : points(contract.triggerPoint);
    if (trigger !== undefined && crossesTriggerPoint(balance.points, post.balance.points, trigger)) {
      changes.push(belowTriggerPoint(portal, contract, order, post.entry.sequence));
    }
    const committed = await portal.units.commit(changes);
    if (committed.ok) return result;
  }
  throw new RetryableError(
    `the prepayment ledger of contract ${contract.contractNumber} is being written again and again`,
  );
}

function belowTriggerPoint(
  portal: RatePortal,
  contract: PlannedContract,
  order: BillingOrder,
  sequence: number,
): Change {
  return portal.outbox.queued({
    id: `PrepaymentBelowTriggerPoint#${contract.contractId}#${sequence}`,
    type: 'PrepaymentBelowTriggerPoint',
    time: portal.clock().toISOString(),
    detail: {
      contractId: contract.contractId,
      contractNumber: contract.contractNumber,
      aggregatorId: contract.aggregatorId,
      usagePeriod: order.usagePeriod,
    },
  });
}

function termsOf(planned: PlannedOrder): BillingTerms {
  const { terms } = planned;
  if (!terms) throw new OrderProblem('NO_TERMS', 'The plan has no terms for the order');
  const { sku, minimumCommit, listPrice, discount, sellingPrice, overagePrice, ...rest } = terms;
  return {
    sku,
    minimumCommit: points(minimumCommit),
    basis: {
      contractRevision: rest.contractRevision,
      ...(rest.priceListVersion === undefined ? {} : { priceListVersion: rest.priceListVersion }),
      listPrice: unitPrice(listPrice),
      discount: percent(discount),
      sellingPrice: unitPrice(sellingPrice),
      ...(overagePrice === undefined ? {} : { overagePrice: unitPrice(overagePrice) }),
    },
  };
}

function orderParties(contract: PlannedContract, parties: PlanParties): OrderParties {
  const { taxRate, ...billTo } = parties.billTo[contract.billToAccountId] as PlanParties['billTo'][string];
  return {
    vendor: parties.vendor,
    aggregator: parties.aggregators[contract.aggregatorId],
    billTo,
    serviceProvider: parties.serviceProviders[contract.serviceProviderId],
    taxRate: percent(taxRate),
  } as OrderParties;
}

async function partiesOf(portal: RatePortal, batch: readonly PlannedContract[]): Promise<Map<string, PlanParties>> {
  const keys = new Set(batch.flatMap((contract) => contract.orders.map((order) => order.parties)));
  const found = new Map<string, PlanParties>();
  for (const key of keys) {
    const bytes = await portal.workFiles.get(key);
    if (!bytes) throw new TerminalError(`the parties of the plan, ${key}, are missing`);
    found.set(key, parseJson(PlanPartiesSchema, bytes));
  }
  return found;
}

async function tiersOf(portal: RatePortal): Promise<Tiers> {
  const tiers: Record<string, Tiers[string]> = {};
  for (const product of await portal.catalogue.products()) {
    if (product.tiers) tiers[product.code] = product.tiers;
  }
  return tiers;
}

function entryOf(contract: PlannedContract, order: BillingOrder, draft: CanonicalDraft | undefined): RatedEntry {
  return {
    order: {
      id: order.id,
      revision: order.revision,
      contractId: order.contractId,
      contractNumber: order.contractNumber,
      serviceProviderId: order.serviceProviderId,
      aggregatorId: order.aggregatorId,
      usagePeriod: order.usagePeriod,
    },
    outcome: draft ? 'INVOICED' : 'NOTHING_TO_BILL',
    aggregatorNumber: contract.aggregatorNumber,
    serviceProviderName: contract.serviceProviderName,
    ...(draft && { billed: { currency: draft.currency, gross: draft.gross, points: draft.commit.total } }),
  };
}
