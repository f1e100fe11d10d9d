import type { BillingOrder } from '../billing-order/billing-order.ts';
import type { Contract } from '../contract/contract.ts';
import type { ArrearsBasis, InvoiceBasis, InvoiceDraft, Party } from '../invoice/invoice.ts';
import { taxOn } from '../invoice/tax.ts';
import type { Percent, Points } from '../numbers/amounts.ts';
import type { UsageLine } from '../usage/usage-line.ts';
import type { BillingTerms } from './billing-terms.ts';
import type { Charge } from './charge.ts';
import { billsOf, chargeExternal, isBilledExternally } from './charge-external.ts';
import type { BilledMonth } from './charge-late.ts';
import { type BilledElsewhere, type ChargedMonth, chargeOrder } from './charge-order.ts';
import { quantityOf } from './charge-points.ts';
import type { Tiers } from './line-points.ts';
import { pointsTermsOf } from './points-terms.ts';

/** The parties of an order as they are printed, fixed when the period is frozen. */
export type OrderParties = {
  vendor: Party;
  aggregator: Party;
  billTo: Party;
  serviceProvider: Party;
  taxRate: Percent;
};

export type RateInput = {
  order: BillingOrder;
  contract: Pick<Contract, 'id' | 'contractNumber' | 'contractReferenceNumber' | 'currency' | 'anniversary'>;
  terms: BillingTerms;
  parties: OrderParties;
  lines: readonly UsageLine[];
  tiers: Tiers;
  /** Balance of the prepayment ledger before this order, absent when the ledger has no entry; read for PRE-PAY only. */
  balance?: Points;
  /** The months of the arrears it carries, as they stand. */
  months?: readonly StandingMonth[];
  /** Arrears of its own month on other documents, where it is billed once more. */
  elsewhere?: BilledElsewhere;
};

/** A month as it stands, and where its terms come from. */
export type StandingMonth = BilledMonth & { basis: InvoiceBasis };

export type RateResult =
  | { ok: true; outcome: 'INVOICED'; draft: InvoiceDraft }
  /** Somebody else has billed it: the draft says what, and gets no number. */
  | { ok: true; outcome: 'EXTERNAL'; draft: InvoiceDraft; bills: readonly string[] }
  | { ok: true; outcome: 'NOTHING_TO_BILL' }
  | { ok: false; reason: 'QUANTITY_MISMATCH' };

/**
 * Rates a sealed order: its usage becomes the draft of an invoice.
 * The lines must be all of what was sealed, by count and quantity, or nothing is rated (domain.md §6.3). An order with
 * no line, no minimum, none of an end customer's and no settlement has nothing to bill; what another party bills is told as
 * it came (domain.md §6).
 */
export function rateOrder(input: RateInput): RateResult {
  const { order, contract, terms, lines } = input;
  if (lines.length !== order.held.lines || quantityOf(lines) !== order.held.quantity) {
    return { ok: false, reason: 'QUANTITY_MISMATCH' };
  }
  const isEmpty =
    lines.length === 0 && terms.minimumCommit === 0n && terms.settlement === undefined && !terms.customers;
  if (isEmpty && !input.elsewhere) return { ok: true, outcome: 'NOTHING_TO_BILL' };
  if (isBilledExternally(terms.sku.family)) {
    const charge = chargeExternal(order.usagePeriod, lines, contract.currency);
    return { ok: true, outcome: 'EXTERNAL', draft: { ...draftOf(input, charge), taxes: [] }, bills: billsOf(lines) };
  }
  const { arrears, ...charge } = chargeOrder(
    order.usagePeriod,
    lines,
    pointsTermsOf(terms, contract.currency, input.tiers, input.balance),
    input.months,
    input.elsewhere,
  );
  if (isEmpty && charge.net === 0n) return { ok: true, outcome: 'NOTHING_TO_BILL' };
  const draft: InvoiceDraft = {
    ...draftOf(input, charge),
    ...(arrears.length === 0 ? {} : { arrears: arrears.map((each) => explained(each, input.months ?? [])) }),
    ...taxOn(charge.net, input.parties.taxRate),
  };
  return { ok: true, outcome: 'INVOICED', draft };
}

/** What a charge is printed as, without tax. */
function draftOf(
  { order, contract, terms: { sku, basis }, parties }: RateInput,
  charge: Charge,
): Omit<InvoiceDraft, 'taxes'> {
  return {
    // A negative total is a credit, never a negative invoice.
    kind: charge.net < 0n ? 'CREDIT_NOTE' : 'ORDER',
    source: { id: order.id, revision: order.revision },
    usagePeriod: order.usagePeriod,
    currency: contract.currency,
    vendor: parties.vendor,
    aggregator: parties.aggregator,
    billTo: parties.billTo,
    serviceProvider: parties.serviceProvider,
    contract: {
      id: contract.id,
      number: contract.contractNumber,
      referenceNumber: contract.contractReferenceNumber,
      skuCode: sku.code,
      contractType: sku.contractType,
      family: sku.family,
      ...(contract.anniversary !== undefined && { anniversary: contract.anniversary }),
    },
    serviceProviderPurchaseOrder: order.serviceProviderPurchaseOrder,
    vendorPurchaseOrder: order.vendorPurchaseOrder,
    lines: charge.lines,
    commit: charge.commit,
    basis,
    net: charge.net,
    gross: charge.net,
  };
}

function explained({ month, charge }: ChargedMonth, months: readonly StandingMonth[]): ArrearsBasis {
  const { basis } = months.find(({ period }) => period === month.period) as StandingMonth;
  const { period: usagePeriod, terms } = month;
  return {
    usagePeriod,
    minimumCommit: terms.minimumCommit,
    reported: charge.reported,
    added: charge.points,
    net: charge.net,
    basis,
  };
}
