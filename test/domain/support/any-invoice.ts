import * as fc from 'fast-check';
import { plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Invoice } from '../../../lambdas/domain/invoice/invoice.ts';
import { taxOn } from '../../../lambdas/domain/invoice/tax.ts';
import { percent, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { anyOrder, chargeText, decimalText } from './arbitraries.ts';
import { OCTOBER } from './builders.ts';

const party = { name: 'Party', number: '1', address: [] };

/**
 * Invoices of any order of a points family, at any tax rate.
 * @param currency the one they are all in, of two digits; any unless told otherwise
 */
export const anyInvoice = (currency?: string): fc.Arbitrary<Invoice> =>
  fc.tuple(anyOrder, decimalText(30, 4)).map(([{ order, currency: its }, rate]): Invoice => {
    const charge = currency === undefined ? chargeText(its, order) : chargeText(currency, { ...order, digits: 2 });
    return {
      kind: 'ORDER',
      source: { id: 'order-1', revision: 1 },
      usagePeriod: OCTOBER,
      currency: charge.currency,
      vendor: party,
      aggregator: party,
      billTo: party,
      serviceProvider: party,
      contract: { id: 'c', number: '1', referenceNumber: 'R', skuCode: 'S', contractType: 'CUSTOM', family: 'ISV' },
      serviceProviderPurchaseOrder: '',
      vendorPurchaseOrder: 'PO',
      lines: charge.lines,
      commit: charge.commit,
      basis: {
        contractRevision: 1,
        listPrice: unitPrice('1'),
        discount: percent('0'),
        sellingPrice: unitPrice(order.price),
      },
      net: charge.net,
      ...taxOn(charge.net, percent(rate)),
      number: 'INV-2026-000001',
      invoiceDate: plainDate('2026-11-10'),
      dueDate: plainDate('2026-12-10'),
    };
  });
