import { period, plainDate } from '../domain/calendar/period.ts';
import type { CustomerCommit } from '../domain/charging/customer-underage.ts';
import type { Invoice, InvoiceBasis, Party } from '../domain/invoice/invoice.ts';
import { type MinorUnits, percent, points, pointsPerUnit, quantity, unitPrice } from '../domain/numbers/amounts.ts';
import { parseMoney } from '../domain/numbers/currency.ts';
import type { CanonicalInvoice } from './canonical-invoice.ts';

/**
 * Reads a document back from its canonical form, e.g. to take it back by a credit note.
 * @throws NotADecimalError, RangeError when it is not as toCanonicalDraft writes it
 */
export function fromCanonical(document: CanonicalInvoice): Invoice {
  const { currency, commit, basis } = document;
  const money = (text: string): MinorUnits => {
    const amount = parseMoney(text, currency);
    if (amount === undefined) throw new RangeError(`${document.number}: ${text} is no amount of ${currency}`);
    return amount;
  };
  return {
    number: document.number,
    invoiceDate: plainDate(document.invoiceDate),
    dueDate: plainDate(document.dueDate),
    kind: document.kind,
    source: { id: document.source.id, revision: Number(document.source.revision) },
    usagePeriod: period(document.usagePeriod),
    currency,
    vendor: partyOf(document.vendor),
    aggregator: partyOf(document.aggregator),
    billTo: partyOf(document.billTo),
    serviceProvider: partyOf(document.serviceProvider),
    contract: contractOf(document.contract),
    serviceProviderPurchaseOrder: document.serviceProviderPurchaseOrder,
    vendorPurchaseOrder: document.vendorPurchaseOrder,
    lines: document.lines.map(({ quantity: reported, pointsPerUnit: perUnit, price, usageLineId, ...line }) => ({
      ...line,
      ...(usageLineId !== undefined && { usageLineId }),
      usagePeriod: period(line.usagePeriod),
      ...(reported !== undefined && { quantity: quantity(reported) }),
      ...(perUnit !== undefined && { pointsPerUnit: pointsPerUnit(perUnit) }),
      ...(price && { price: { unitPrice: unitPrice(price.unitPrice), discount: percent(price.discount) } }),
      points: points(line.points),
      unitPrice: unitPrice(line.unitPrice),
      amount: money(line.amount),
    })),
    commit: {
      minimumCommit: points(commit.minimumCommit),
      reported: points(commit.reported),
      outsideCommit: points(commit.outsideCommit),
      overage: points(commit.overage),
      underage: points(commit.underage),
      ...(commit.arrears !== undefined && { arrears: points(commit.arrears) }),
      total: points(commit.total),
      ...(commit.customers && { customers: commit.customers.map(customerOf) }),
      ...(commit.prepayment && {
        prepayment: {
          balanceBefore: points(commit.prepayment.balanceBefore),
          drawn: points(commit.prepayment.drawn),
          balanceAfter: points(commit.prepayment.balanceAfter),
        },
      }),
    },
    basis: basisOf(basis),
    ...(document.arrears && {
      arrears: document.arrears.map((month) => ({
        usagePeriod: period(month.usagePeriod),
        minimumCommit: points(month.minimumCommit),
        reported: points(month.reported),
        added: points(month.added),
        net: money(month.net),
        basis: basisOf(month.basis),
      })),
    }),
    net: money(document.net),
    taxes: document.taxes.map((tax) => ({ rate: percent(tax.rate), base: money(tax.base), amount: money(tax.amount) })),
    gross: money(document.gross),
    ...(document.corrects !== undefined && { corrects: document.corrects }),
  };
}

type CustomerText = NonNullable<CanonicalInvoice['commit']['customers']>[number];

function customerOf({ customerNumber, outstanding, ...amounts }: CustomerText): CustomerCommit {
  return {
    customerNumber,
    minimumCommit: points(amounts.minimumCommit),
    reported: points(amounts.reported),
    underage: points(amounts.underage),
    ...(outstanding !== undefined && { outstanding: points(outstanding) }),
  };
}

function basisOf({ priceListVersion, overagePrice, ...basis }: CanonicalInvoice['basis']): InvoiceBasis {
  return {
    contractRevision: Number(basis.contractRevision),
    ...(priceListVersion !== undefined && { priceListVersion }),
    listPrice: unitPrice(basis.listPrice),
    discount: percent(basis.discount),
    sellingPrice: unitPrice(basis.sellingPrice),
    ...(overagePrice !== undefined && { overagePrice: unitPrice(overagePrice) }),
  };
}

function contractOf({ anniversary, ...contract }: CanonicalInvoice['contract']): Invoice['contract'] {
  return { ...contract, ...(anniversary !== undefined && { anniversary: plainDate(anniversary) }) };
}

function partyOf({ countryRegion, taxId, ...party }: CanonicalInvoice['vendor']): Party {
  return {
    ...party,
    ...(countryRegion !== undefined && { countryRegion }),
    ...(taxId !== undefined && { taxId }),
  };
}
