import * as z from 'zod';
import { type CanonicalDraft, pointsBilled } from '../documents/canonical-invoice.ts';
import { toCanonicalDraft } from '../documents/canonical-mapping.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { plainDate } from '../domain/calendar/period.ts';
import { isPointsFamily } from '../domain/catalogue/family.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { pricedOrder } from '../domain/charging/priced-lines.ts';
import { type OrderParties, type RateInput, rateOrder } from '../domain/charging/rate-order.ts';
import type { CloseRun, SetAside } from '../domain/close/run.ts';
import { type Points, percent } from '../domain/numbers/amounts.ts';
import { isArrears, type UsageLine } from '../domain/usage/usage-line.ts';
import { batchName, decideOnce, getExisting, parseJson, workBytes } from './bytes.ts';
import { type DrawPortal, rateAndDraw } from './draw-prepayment.ts';
import { TerminalError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { fromPlannedTerms } from './planned-terms.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import {
  type PlannedContract,
  type PlannedOrder,
  type PlanParties,
  PlanPartiesSchema,
  RatedBatchSchema,
  type RatedEntry,
  RatedEntrySchema,
  runFiles,
  SetAsideSchema,
} from './run-files.ts';
import { isCutOff, type Sealed, type SealPortal, sealOrder } from './seal-order.ts';
import { type BatchResult, type Cause, plannedAside } from './set-aside.ts';
import type { StandingPortal } from './standing-months.ts';
import { billedElsewhere, type StandingContext, type StandingOrder, standingMonths } from './standing-months.ts';
import { tiersOf } from './tiers.ts';
import { usageAtCutoff } from './usage-at-cutoff.ts';
import { negated } from './write-invoice.ts';

export type RatePortal = SealPortal & DrawPortal & StandingPortal & Pick<Portal, 'workFiles'>;

// Most of the time a contract waits for the database: a few at once keep the function busy.
const CONTRACTS_AT_ONCE = 4;

/** What every order of a batch is rated with. */
type Reference = {
  parties: ReadonlyMap<string, PlanParties>;
  tiers: Tiers;
  /** Of money families alone. */
  priceLists: readonly PriceList[];
  /** Ids of those that carry arrears; what the batch holds back adds to them. */
  carriers: Set<string>;
};

/** What became of an order: rated, set aside, or neither where it was closed meanwhile. */
type Outcome = { entry?: RatedEntry; draft?: CanonicalDraft; aside?: SetAside };

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
  const before = await finishedBatch(portal, run, name);
  if (before) return before;
  const [parties, tiers, priceLists, carriers] = await Promise.all([
    partiesOf(portal, batch),
    tiersOf(portal),
    batch.some(isInMoney) ? portal.catalogue.priceLists() : [],
    carriersIn(portal, batch),
  ]);
  const outcomes = await inParallel(batch, CONTRACTS_AT_ONCE, (contract) =>
    rateContract(portal, run, contract, { parties, tiers, priceLists, carriers }),
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
  const result = decided === bytes ? { entries, failed } : parseJson(RatedBatchSchema, decided);
  return publishBatch(portal, run, name, result);
}

const isInMoney = ({ orders }: PlannedContract): boolean =>
  orders.some(({ terms }) => terms !== undefined && !isPointsFamily(terms.sku.family));

/** What an earlier start of the same batch has done, if it came to its end. */
async function finishedBatch(portal: RatePortal, run: CloseRun, name: string): Promise<BatchResult | undefined> {
  const index = await portal.workFiles.get(runFiles.ratedIndex(run.name, name));
  if (!index) return undefined;
  const aside = await portal.workFiles.get(runFiles.aside(run.name, 'Rate', name));
  return {
    done: parseJson(z.array(RatedEntrySchema), index).length,
    failed: aside ? parseJson(z.array(SetAsideSchema), aside).length : 0,
  };
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

/**
 * Rates a contract's orders one after the other: each draws on the balance that the one before has left, and arrears are
 * charged by what the run has made of their own month. One that contradicts what is stored is set aside alone.
 */
async function rateContract(
  portal: RatePortal,
  run: CloseRun,
  contract: PlannedContract,
  reference: Reference,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const rated = new Map<string, StandingOrder>();
  for (const planned of contract.orders) {
    try {
      outcomes.push(await ratePlanned(portal, run, contract, planned, { ...reference, rated }));
    } catch (error) {
      if (!(error instanceof TerminalError)) throw error;
      outcomes.push({ aside: plannedAside(contract, planned, { code: 'NOT_RATED', reason: error.message }) });
    }
  }
  return outcomes;
}

async function ratePlanned(
  portal: RatePortal,
  run: CloseRun,
  contract: PlannedContract,
  planned: PlannedOrder,
  reference: Reference & { rated: Map<string, StandingOrder> },
): Promise<Outcome> {
  const setAside = (cause: Cause): Outcome => ({ aside: plannedAside(contract, planned, cause) });
  if (!planned.terms) return setAside(planned.problem ?? { code: 'NO_TERMS', reason: 'The plan has no terms for it' });
  const { tiers, priceLists, rated, carriers } = reference;
  const { contractId: id, contractNumber, contractReferenceNumber, currency, anniversary } = contract;
  const context = { contractId: id, currency, tiers, priceLists, rated };
  // Sealed, it could neither be changed nor billed until the months it carries usage of are.
  const unready =
    run.dryRun || !carriers.has(planned.orderId) ? undefined : await notStanding(portal, context, planned);
  if (unready) return setAside(unready);
  const sealed = run.dryRun ? await orderNow(portal, planned.orderId) : await sealOrder(portal, run, planned.orderId);
  if (sealed.state === 'CLOSED') return {};
  if (sealed.state === 'REFUSED') return setAside(sealed.cause);
  const { order, heldBackBy } = sealed;
  if (heldBackBy !== undefined) carriers.add(heldBackBy);
  const terms = fromPlannedTerms(planned.terms, contract.currency);
  const written = sealed.lines ?? (await portal.billingOrders.linesOf(order.id, order.lineSet));
  const standing = await standingOf(portal, context, order, written);
  if (!standing.ok) return setAside(standing.cause);
  const prices = { priceLists, currency };
  const lines = pricedOrder(written, terms, { ...prices, usagePeriod: order.usagePeriod }, standing.with.months);
  const rate = (balance?: Points) =>
    rateOrder({
      order,
      contract: {
        ...{ id, contractNumber, contractReferenceNumber, currency },
        ...(anniversary !== undefined && { anniversary: plainDate(anniversary) }),
      },
      terms,
      parties: orderParties(contract, planned, reference.parties.get(planned.parties) as PlanParties),
      lines,
      tiers,
      ...standing.with,
      ...(balance !== undefined && { balance }),
    });
  const isPrepaid = terms.sku.contractType === 'PRE-PAY';
  const result = isPrepaid ? await rateAndDraw(portal, run, contract, order, rate) : rate();
  if (!result.ok) {
    const reason = 'The usage lines found are not all of what was sealed: the order needs a look';
    return setAside({ code: result.reason, reason });
  }
  const draft = result.outcome === 'NOTHING_TO_BILL' ? undefined : toCanonicalDraft(result.draft);
  const bills = result.outcome === 'EXTERNAL' ? result.bills : undefined;
  const corrects = order.billed?.invoiceNumber;
  const replaced = corrects === undefined ? undefined : await portal.invoices.get(corrects);
  rated.set(order.id, { order, lines, ...(result.outcome === 'INVOICED' && { draft: result.draft }) });
  return { entry: entryOf(contract, order, { draft, bills, replaced }), ...(draft && { draft }) };
}

/** What is billed of the months whose arrears an order carries, and of its own month where it is billed once more. */
async function standingOf(
  portal: RatePortal,
  context: StandingContext,
  order: BillingOrder,
  lines: readonly UsageLine[],
): Promise<{ ok: true; with: Pick<RateInput, 'months' | 'elsewhere'> } | { ok: false; cause: Cause }> {
  const arrears = lines.filter((line) => isArrears(order.usagePeriod, line)).map((line) => line.usagePeriod);
  const [result, elsewhere] = await Promise.all([
    standingMonths(portal, context, order, arrears),
    order.billed ? billedElsewhere(portal, context, order) : undefined,
  ]);
  if (!result.ok) return result;
  return { ok: true, with: { ...(arrears.length > 0 && { months: result.months }), ...(elsewhere && { elsewhere }) } };
}

/** Why an order that is open still can't be billed: a month that it carries usage of isn't. */
async function notStanding(
  portal: RatePortal,
  context: StandingContext,
  { orderId }: PlannedOrder,
): Promise<Cause | undefined> {
  const [order] = await portal.billingOrders.getMany([orderId]);
  if (!order || order.sealedBy !== undefined || order.status === 'CLOSED') return undefined;
  const lines = await portal.billingOrders.linesOf(order.id, order.lineSet);
  const standing = await standingOf(portal, context, order, lines);
  return standing.ok ? undefined : standing.cause;
}

/** Those of a batch that carry arrears, as they are before they are sealed. */
async function carriersIn(portal: RatePortal, batch: readonly PlannedContract[]): Promise<Set<string>> {
  const ids = batch.flatMap(({ orders }) => orders.map(({ orderId }) => orderId));
  const orders = await portal.billingOrders.getMany(ids);
  return new Set(orders.filter(({ held }) => held.arrearsPeriods.length > 0).map(({ id }) => id));
}

/** An order as it would be sealed now. */
async function orderNow(portal: RatePortal, orderId: string): Promise<Sealed> {
  const [order] = await portal.billingOrders.getMany([orderId]);
  if (order && isCutOff(order)) {
    const { order: billed, heldBack } = await usageAtCutoff(portal, order);
    return { state: 'SEALED', order: billed, ...(heldBack && { lines: heldBack.kept }) };
  }
  if (order) return { state: 'SEALED', order };
  return { state: 'REFUSED', cause: { code: 'ORDER_MISSING', reason: 'The order does not exist' } };
}

function orderParties(contract: PlannedContract, planned: PlannedOrder, parties: PlanParties): OrderParties {
  const { taxRate, ...billTo } = parties.billTo[
    planned.billToAccountId ?? contract.billToAccountId
  ] as PlanParties['billTo'][string];
  return {
    vendor: parties.vendor,
    aggregator: parties.aggregators[contract.aggregatorId],
    billTo,
    serviceProvider: parties.serviceProviders[contract.serviceProviderId],
    taxRate: percent(taxRate),
  } as OrderParties;
}

async function partiesOf(portal: RatePortal, batch: readonly PlannedContract[]): Promise<Map<string, PlanParties>> {
  const keys = [...new Set(batch.flatMap((contract) => contract.orders.map((order) => order.parties)))];
  const files = await Promise.all(keys.map((key) => getExisting(portal.workFiles, key)));
  return new Map(files.map((bytes, index) => [keys[index] as string, parseJson(PlanPartiesSchema, bytes)]));
}

/** What rating has made of an order: `bills` where another party bills it, so that its draft gets no number. */
type RatedAs = {
  draft: CanonicalDraft | undefined;
  bills: readonly string[] | undefined;
  /** The invoice that it is billed in place of. */
  replaced: StoredInvoice | undefined;
};

function entryOf(contract: PlannedContract, order: BillingOrder, { draft, bills, replaced }: RatedAs): RatedEntry {
  const { id, revision, contractId, contractNumber, serviceProviderId, aggregatorId, usagePeriod, lineSet } = order;
  return {
    order: { id, revision, contractId, contractNumber, serviceProviderId, aggregatorId, usagePeriod, lineSet },
    outcome: bills ? 'EXTERNAL' : draft ? 'INVOICED' : 'NOTHING_TO_BILL',
    aggregatorNumber: contract.aggregatorNumber,
    serviceProviderName: contract.serviceProviderName,
    ...(bills && { bills: [...bills] }),
    ...(draft &&
      !bills && {
        billed: {
          currency: draft.currency,
          gross: draft.gross,
          points: pointsBilled(draft),
          ...(draft.kind === 'CREDIT_NOTE' && { kind: draft.kind }),
        },
      }),
    ...(replaced && {
      corrects: { number: replaced.number, kind: kindOfCredit(replaced), gross: negated(replaced.gross) },
    }),
  };
}

const kindOfCredit = ({ net }: StoredInvoice) => (net.startsWith('-') ? 'ORDER' : 'CREDIT_NOTE');
