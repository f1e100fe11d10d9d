import { type CanonicalInvoice, CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { fromCanonical } from '../documents/from-canonical.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import { type BillingTerms, billingTermsFor } from '../domain/charging/billing-terms.ts';
import { pointsTermsOf } from '../domain/charging/charge-month.ts';
import type { BilledElsewhere } from '../domain/charging/charge-order.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import { pricedLines } from '../domain/charging/priced-lines.ts';
import type { StandingMonth } from '../domain/charging/rate-order.ts';
import type { InvoiceDraft } from '../domain/invoice/invoice.ts';
import { NO_POINTS, type Points } from '../domain/numbers/amounts.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { getExisting, parseJson } from './bytes.ts';
import { invoiceKey } from './documents.ts';
import { TerminalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import type { Cause } from './set-aside.ts';

export type StandingPortal = Pick<Portal, 'billingOrders' | 'invoices' | 'documents' | 'contracts' | 'catalogue'>;

/** An order as it is billed, or as the run has just rated it: its lines, and what is printed of them. */
export type StandingOrder = {
  order: Pick<BillingOrder, 'id' | 'usagePeriod'>;
  lines: readonly UsageLine[];
  /** Absent when there was nothing to bill. */
  draft?: InvoiceDraft;
};

/** What standing is told of: the contract, and its orders that this run has rated before, which are not billed yet. */
export type StandingContext = {
  contractId: string;
  currency: string;
  tiers: Tiers;
  /** Needed of money families alone. */
  priceLists: readonly PriceList[];
  rated: ReadonlyMap<string, StandingOrder>;
};

export type StandingResult = { ok: true; months: StandingMonth[] } | { ok: false; cause: Cause };

/**
 * The months of the arrears an order carries as they stand: what is billed of each, on its own order and as arrears on
 * others. Its terms are those it was billed by (domain.md §3 "Arrears").
 */
export async function standingMonths(
  portal: StandingPortal,
  context: StandingContext,
  order: Pick<BillingOrder, 'id'>,
  periods: Iterable<Period>,
): Promise<StandingResult> {
  const months: StandingMonth[] = [];
  for (const period of [...new Set(periods)].sort()) {
    const month = await standingMonth(portal, context, order, period);
    if (!month) {
      const reason = `It carries usage of ${period}, which can be charged once the order of that month is billed`;
      return { ok: false, cause: { code: 'OWN_MONTH_NOT_BILLED', reason } };
    }
    months.push(month);
  }
  return { ok: true, months };
}

async function standingMonth(
  portal: StandingPortal,
  context: StandingContext,
  order: Pick<BillingOrder, 'id'>,
  period: Period,
): Promise<StandingMonth | undefined> {
  const [found] = await portal.billingOrders.ofContract(context.contractId, [period]);
  const own = found && (await standingOrder(portal, context, found));
  const terms = own && (await termsOf(portal, context, period, own.draft));
  if (!own || !terms) return undefined;
  const { late, printed } = await arrearsElsewhere(portal, context, [order.id, own.order.id], period);
  const { priceLists, currency } = context;
  const priced = (lines: readonly UsageLine[]) =>
    pricedLines(terms.family, lines, { priceLists, currency, of: period, basis: terms.basis });
  return {
    period,
    terms: pointsTermsOf(terms, context.currency, context.tiers),
    basis: terms.basis,
    own: priced(own.lines.filter((line) => line.usagePeriod === period)),
    late: priced(late),
    printed: { own: (own.draft?.lines ?? []).filter((line) => line.usagePeriod === period), late: printed },
    isPrepaid: terms.contractType === 'PRE-PAY',
    drawn: drawnForOwn(own.draft),
  };
}

/** Arrears of an order's own month on other documents, where it is billed once more; undefined where there are none. */
export async function billedElsewhere(
  portal: StandingPortal,
  context: StandingContext,
  { id, usagePeriod }: Pick<BillingOrder, 'id' | 'usagePeriod'>,
): Promise<BilledElsewhere | undefined> {
  const elsewhere = await arrearsElsewhere(portal, context, [id], usagePeriod);
  return elsewhere.late.length + elsewhere.printed.length === 0 ? undefined : elsewhere;
}

async function arrearsElsewhere(
  portal: StandingPortal,
  context: StandingContext,
  except: readonly string[],
  period: Period,
): Promise<BilledElsewhere> {
  const ids = (await portal.billingOrders.carriersOf(context.contractId, period)).filter((id) => !except.includes(id));
  const carriers = ids.length === 0 ? [] : await portal.billingOrders.getMany(ids);
  const standing = await Promise.all(carriers.map((carrier) => standingOrder(portal, context, carrier)));
  const billed = standing.filter((each) => each !== undefined);
  return {
    late: billed.flatMap(({ lines }) => lines.filter((line) => line.usagePeriod === period)),
    printed: billed.flatMap(({ draft }) => (draft?.lines ?? []).filter((line) => line.usagePeriod === period)),
  };
}

async function standingOrder(
  portal: StandingPortal,
  { rated }: StandingContext,
  order: BillingOrder,
): Promise<StandingOrder | undefined> {
  const now = rated.get(order.id);
  if (now) return now;
  const { billed } = order;
  if (!billed) return undefined;
  const [lines, draft] = await Promise.all([
    portal.billingOrders.linesOf(order.id, billed.lineSet),
    billed.invoiceNumber === undefined ? undefined : printedInvoice(portal, billed.invoiceNumber),
  ]);
  return { order, lines, ...(draft && { draft: fromCanonical(draft) }) };
}

/** The document of an invoice that must be there. @throws TerminalError */
export async function printedInvoice(
  portal: Pick<Portal, 'invoices' | 'documents'>,
  number: string,
): Promise<CanonicalInvoice> {
  const invoice = await portal.invoices.get(number);
  if (!invoice) throw new TerminalError(`an order names invoice ${number}, which does not exist`);
  return parseJson(CanonicalInvoiceSchema, await getExisting(portal.documents, `${invoiceKey(invoice)}.json`));
}

/** The terms a month was billed by; where it had nothing to bill, those it would have been. */
async function termsOf(
  portal: StandingPortal,
  { contractId }: StandingContext,
  period: Period,
  draft: InvoiceDraft | undefined,
): Promise<
  (Pick<BillingTerms, 'minimumCommit' | 'basis'> & Pick<BillingTerms['sku'], 'contractType' | 'family'>) | undefined
> {
  if (draft) {
    const { commit, basis, contract } = draft;
    const { contractType, family } = contract;
    return { minimumCommit: commit.minimumCommit, basis, contractType, family };
  }
  const [found, priceLists] = await Promise.all([portal.contracts.get(contractId), portal.catalogue.priceLists()]);
  const result = found && billingTermsFor(found.contract, found.revisions, priceLists, period);
  if (!result?.ok) return undefined;
  const { minimumCommit, basis, sku } = result.terms;
  return { minimumCommit, basis, contractType: sku.contractType, family: sku.family };
}

/** PRE-PAY: what an order has drawn for its own month, without the arrears it carries. */
function drawnForOwn(draft: InvoiceDraft | undefined): Points {
  if (!draft) return NO_POINTS;
  const covers = draft.lines.filter((line) => line.kind === 'COVER' && line.usagePeriod !== draft.usagePeriod);
  const drawn = draft.commit.prepayment?.drawn ?? NO_POINTS;
  return covers.reduce((sum, line) => sum + line.points, drawn as bigint) as Points;
}
