import type { ChargeLine } from '../domain/charging/charge.ts';
import type { CustomerCommit } from '../domain/charging/customer-underage.ts';
import type { Invoice, InvoiceBasis, InvoiceDraft, Party } from '../domain/invoice/invoice.ts';
import {
  formatPercent,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatUnitPrice,
} from '../domain/numbers/amounts.ts';
import { type Currency, formatMoney } from '../domain/numbers/currency.ts';
import type { CanonicalDraft, CanonicalInvoice } from './canonical-invoice.ts';

/** Writes a draft in canonical form: amounts as exact decimal strings. */
export function toCanonicalDraft(draft: InvoiceDraft): CanonicalDraft {
  const money = (amount: InvoiceDraft['net']) => formatMoney(amount, draft.currency);
  const { commit, basis } = draft;
  const prepayment = commit.prepayment && {
    balanceBefore: formatPoints(commit.prepayment.balanceBefore),
    drawn: formatPoints(commit.prepayment.drawn),
    balanceAfter: formatPoints(commit.prepayment.balanceAfter),
  };
  return {
    schema: 'commerce-portal/invoice/1',
    kind: draft.kind,
    source: { id: draft.source.id, revision: String(draft.source.revision) },
    usagePeriod: draft.usagePeriod,
    currency: draft.currency,
    vendor: partyOf(draft.vendor),
    aggregator: partyOf(draft.aggregator),
    billTo: partyOf(draft.billTo),
    serviceProvider: partyOf(draft.serviceProvider),
    contract: { ...draft.contract },
    serviceProviderPurchaseOrder: draft.serviceProviderPurchaseOrder,
    vendorPurchaseOrder: draft.vendorPurchaseOrder,
    lines: draft.lines.map((line) => lineOf(line, draft.currency)),
    commit: {
      minimumCommit: formatPoints(commit.minimumCommit),
      reported: formatPoints(commit.reported),
      outsideCommit: formatPoints(commit.outsideCommit),
      overage: formatPoints(commit.overage),
      underage: formatPoints(commit.underage),
      ...(commit.arrears !== undefined && { arrears: formatPoints(commit.arrears) }),
      total: formatPoints(commit.total),
      ...(commit.customers && { customers: commit.customers.map(customerOf) }),
      ...(prepayment && { prepayment }),
    },
    basis: basisOf(basis),
    ...(draft.arrears && {
      arrears: draft.arrears.map((month) => ({
        usagePeriod: month.usagePeriod,
        minimumCommit: formatPoints(month.minimumCommit),
        reported: formatPoints(month.reported),
        added: formatPoints(month.added),
        net: money(month.net),
        basis: basisOf(month.basis),
      })),
    }),
    net: money(draft.net),
    taxes: draft.taxes.map((tax) => ({
      rate: formatPercent(tax.rate),
      base: money(tax.base),
      amount: money(tax.amount),
    })),
    gross: money(draft.gross),
    ...(draft.corrects !== undefined && { corrects: draft.corrects }),
  };
}

/** The canonical form of a document: a draft with its number and dates. */
export function numbered(
  draft: CanonicalDraft,
  given: Pick<Invoice, 'number' | 'invoiceDate' | 'dueDate'>,
): CanonicalInvoice {
  return { ...draft, ...given };
}

function customerOf({ customerNumber, minimumCommit, reported, underage, outstanding }: CustomerCommit) {
  return {
    customerNumber,
    minimumCommit: formatPoints(minimumCommit),
    reported: formatPoints(reported),
    underage: formatPoints(underage),
    ...(outstanding !== undefined && { outstanding: formatPoints(outstanding) }),
  };
}

function basisOf(basis: InvoiceBasis): CanonicalDraft['basis'] {
  return {
    contractRevision: String(basis.contractRevision),
    ...(basis.priceListVersion !== undefined && { priceListVersion: basis.priceListVersion }),
    listPrice: formatUnitPrice(basis.listPrice),
    discount: formatPercent(basis.discount),
    sellingPrice: formatUnitPrice(basis.sellingPrice),
    ...(basis.overagePrice !== undefined && { overagePrice: formatUnitPrice(basis.overagePrice) }),
  };
}

function partyOf(party: Party) {
  const { name, number, address, countryRegion, taxId } = party;
  return {
    ...{ name, number, address: [...address] },
    ...(countryRegion !== undefined && { countryRegion }),
    ...(taxId !== undefined && { taxId }),
  };
}

function lineOf(line: ChargeLine, currency: Currency): CanonicalDraft['lines'][number] {
  return {
    kind: line.kind,
    usagePeriod: line.usagePeriod,
    description: line.description,
    siteName: line.siteName,
    productCode: line.productCode,
    customerNumber: line.customerNumber,
    uom: line.uom,
    ...(line.quantity !== undefined && { quantity: formatQuantity(line.quantity) }),
    ...(line.pointsPerUnit !== undefined && { pointsPerUnit: formatPointsPerUnit(line.pointsPerUnit) }),
    ...(line.price && {
      price: { unitPrice: formatUnitPrice(line.price.unitPrice), discount: formatPercent(line.price.discount) },
    }),
    points: formatPoints(line.points),
    unitPrice: formatUnitPrice(line.unitPrice),
    amount: formatMoney(line.amount, currency),
    inMinCommit: line.inMinCommit,
    ...(line.usageLineId !== undefined && { usageLineId: line.usageLineId }),
  };
}
