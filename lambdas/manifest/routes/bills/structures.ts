import * as z from 'zod';
import { ConsolidatedBillSchema, StatementSchema } from '../../../documents/statement.ts';
import { Decimal } from '../common.ts';

const COMMON = {
  usagePeriod: z.string(),
  documents: z.int().meta({ description: 'Invoices and credit notes' }),
  corrected: z.boolean().meta({ description: 'Something of it was taken back by a credit note' }),
  points: Decimal.meta({ description: 'In all, what was taken back counted off' }),
  runs: z.array(z.string()).meta({ description: 'Runs that billed something of it, oldest first' }),
};

export const MonthlyBillSummary = z
  .strictObject(COMMON)
  .meta({ id: 'MonthlyBillSummary', description: 'A month as the history of bills shows it' });

export const MonthlyStatementSummary = z
  .strictObject({
    ...COMMON,
    totals: z
      .array(z.strictObject({ currency: z.string(), net: Decimal, tax: Decimal, gross: Decimal }))
      .meta({ description: 'What it comes to, in each currency' }),
  })
  .meta({ id: 'MonthlyStatementSummary', description: 'A month as the history of statements shows it' });

export const MonthlyBill = ConsolidatedBillSchema.meta({
  id: 'MonthlyBill',
  description:
    "A service provider's contracts in a month, in points. A contract that was corrected is there several times: as it was billed first, what took that back, and what came in its place",
});

export const MonthlyStatement = StatementSchema.meta({
  id: 'MonthlyStatement',
  description:
    "An aggregator's invoices and credit notes of a month, and what of it is set aside: not billed by any run yet",
});

export const EXAMPLE_MONTHLY_STATEMENT = {
  schema: 'commerce-portal/statement/1',
  reference: '2026-10/AGG-0001',
  period: '2026-10',
  statementDate: '2026-11-10',
  vendor: { name: 'Meridian Software, Inc.', number: 'V-1', address: ['100 Harbour Street', 'Palo Alto'] },
  aggregator: { name: 'Nordhandel GmbH', number: 'AGG-0001', address: ['Königstraße 12', 'München'] },
  entries: [
    {
      number: 'INV-2026-000001',
      kind: 'ORDER',
      invoiceDate: '2026-11-10',
      dueDate: '2026-12-10',
      usagePeriod: '2026-10',
      serviceProvider: 'Ålesund Hosting AS',
      contractNumber: '40000001',
      skuCode: 'VSPP3-1800-C',
      points: '1830',
      net: '1610.40',
      tax: '0.00',
      gross: '1610.40',
      currency: 'USD',
    },
  ],
  totals: [{ currency: 'USD', documents: '1', points: '1830', net: '1610.40', tax: '0.00', gross: '1610.40' }],
  setAside: [],
} as const;
