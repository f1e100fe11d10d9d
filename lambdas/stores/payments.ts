import { plainDate } from '../domain/calendar/period.ts';
import type { MinorUnits } from '../domain/numbers/amounts.ts';
import { type Currency, formatMoney, parseMoney } from '../domain/numbers/currency.ts';
import type { Payment } from '../domain/receivables/payment.ts';
import type { AccountRow } from '../use-cases/ports/invoices.ts';
import type { Payments } from '../use-cases/ports/payments.ts';
import { putInPlace } from './in-place.ts';
import { InvoicePaidItem, type PaymentEntryItem, PaymentItem } from './items/payments.ts';
import { keys, ownerShard } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** Payments of invoices, and their entries in the receivables ledger. */
export function openPayments(table: Table): Payments {
  return {
    get: async (invoiceNumber, reference) => {
      const item = await table.get(keys.payment(invoiceNumber, reference));
      return item && fromItem(item);
    },

    ofInvoice: async (invoiceNumber) =>
      (await Array.fromAsync(table.query(keys.invoice(invoiceNumber).pk, { prefix: 'PAYMENT#' }))).map(fromItem),

    paid: async ({ number: invoiceNumber, currency }) => {
      const item = await table.get(keys.invoicePaid(invoiceNumber));
      if (!item) return { invoiceNumber, paid: 0n as MinorUnits, version: 0 };
      const { paid, version } = read(InvoicePaidItem, item);
      return { invoiceNumber, paid: money(paid, currency), version };
    },

    changed: (payment) => {
      const { invoiceNumber, reference, amount, currency, version } = payment;
      const key = keys.payment(invoiceNumber, reference);
      const item = stored<typeof PaymentItem>('PAYMENT', key, { ...payment, amount: formatMoney(amount, currency) });
      return putInPlace(table, `payment ${reference} of ${invoiceNumber}`, item, version);
    },

    entered: ({ reference, amount, aggregatorId, currency }, { invoice, before, date, reverses }) => {
      const { number, usagePeriod, contractNumber, serviceProviderId } = invoice;
      const kind = reverses ? 'PAYMENT_REVERSAL' : 'PAYMENT';
      const signed = (reverses ? amount : -amount) as MinorUnits;
      const version = before.version + 1;
      const paid = formatMoney((before.paid - signed) as MinorUnits, currency);
      const written = formatMoney(signed, currency);
      const row: AccountRow = {
        ...{ number, reference, kind, usagePeriod, currency, date: plainDate(date), contractNumber, serviceProviderId },
        amount: written,
      };
      return [
        putInPlace(
          table,
          `what is paid of ${number}`,
          stored<typeof InvoicePaidItem>('INVOICE_PAID', keys.invoicePaid(number), {
            invoiceNumber: number,
            paid,
            version,
          }),
          version,
        ),
        table.putNew(
          `ledger entry of payment ${reference} of ${number}`,
          stored<typeof PaymentEntryItem>(
            'PAYMENT_ENTRY',
            keys.paymentEntry(number, kind, reference),
            { number, reference, kind, aggregatorId, currency, amount: written, date },
            {
              gsi3pk: `AGGREGATOR#${aggregatorId}#RECEIVABLES#${ownerShard(number)}`,
              gsi3sk: `${currency}#${date}#${number}#${reference}`,
              row,
            },
          ),
        ),
        ...(reverses
          ? []
          : [
              // Taken back since, it would be paid by what was decided before.
              table.checked(`invoice ${number} as it was`, keys.invoice(number), {
                condition:
                  invoice.creditedBy === undefined
                    ? 'attribute_exists(pk) AND attribute_not_exists(creditedBy)'
                    : 'attribute_exists(creditedBy)',
              }),
            ]),
      ];
    },
  };
}

const money = (text: string, currency: Currency): MinorUnits => parseMoney(text, currency) as MinorUnits;

function fromItem(item: Item): Payment {
  const { reason, against, ...payment } = read(PaymentItem, item);
  return {
    ...payment,
    amount: money(payment.amount, payment.currency),
    paidOn: plainDate(payment.paidOn),
    ...(against !== undefined && { against }),
    ...(reason !== undefined && { reason }),
  };
}
