import type { PlainDate } from '../calendar/period.ts';
import { INVOICE_KINDS, type InvoiceKind } from '../invoice/invoice.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';

/** What stands in the receivables ledger. */
export const LEDGER_KINDS = [...INVOICE_KINDS, 'PAYMENT', 'PAYMENT_REVERSAL'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

/** An entry of the ledger: + what is owed, − what is credited or paid. */
export type LedgerEntry = {
  /** Of the document; of a payment that of the invoice it pays. */
  number: string;
  kind: LedgerKind;
  currency: Currency;
  amount: MinorUnits;
  date: PlainDate;
  /** Of documents. */
  dueDate?: PlainDate;
  /** Number of the document that it takes back. */
  corrects?: string;
};

/** A document with all that has been credited and paid of it. */
export type OpenItem = {
  number: string;
  kind: InvoiceKind;
  currency: Currency;
  date: PlainDate;
  dueDate: PlainDate;
  invoiced: MinorUnits;
  /** What took it back: of the other sign. */
  credited: MinorUnits;
  paid: MinorUnits;
  /** Negative where it is a credit. */
  open: MinorUnits;
};

/**
 * What is open of each document, in any order: they come to what the entries come to. A document that takes another back is part
 * of that one.
 */
export function openItems(entries: Iterable<LedgerEntry>): OpenItem[] {
  const items = new Map<string, OpenItem>();
  for (const entry of entries) {
    const number = entry.corrects ?? entry.number;
    const item = items.get(number) ?? nothingOf(number, entry);
    items.set(number, withEntry(item, entry));
  }
  return [...items.values()];
}

const NOTHING = 0n as MinorUnits;

/** What an entry is of, before its document is seen: a list that lags behind may not have it yet. */
function nothingOf(number: string, { currency, date, dueDate }: LedgerEntry): OpenItem {
  return {
    ...{ number, kind: 'ORDER', currency, date, dueDate: dueDate ?? date },
    ...{ invoiced: NOTHING, credited: NOTHING, paid: NOTHING, open: NOTHING },
  };
}

function withEntry(item: OpenItem, { kind, corrects, amount, date, dueDate }: LedgerEntry): OpenItem {
  const open = (item.open + amount) as MinorUnits;
  if (kind === 'PAYMENT' || kind === 'PAYMENT_REVERSAL')
    return { ...item, paid: (item.paid - amount) as MinorUnits, open };
  if (corrects !== undefined) return { ...item, credited: (item.credited + amount) as MinorUnits, open };
  return { ...item, kind, date, dueDate: dueDate ?? date, invoiced: amount, open };
}
