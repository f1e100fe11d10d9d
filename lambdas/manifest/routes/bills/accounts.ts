import * as z from 'zod';
import { isDate, plainDate } from '../../../domain/calendar/period.ts';
import { LEDGER_KINDS } from '../../../domain/receivables/open-items.ts';
import { ACCOUNT_ENTRY_LIST } from '../../../use-cases/lists/account-entry-list.ts';
import { Decimal, listQuery, NoParameters, pageOf } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';

const Balance = z.strictObject({
  currency: z.string(),
  opening: Decimal.meta({ description: 'What was entered before `from` comes to' }),
  invoiced: Decimal.meta({ description: 'Invoices since then' }),
  credited: Decimal.meta({ description: 'Credit notes since then: negative' }),
  paid: Decimal.meta({ description: 'Payments since then: negative; what was reversed counted off' }),
  entries: z.int().meta({ description: 'How many of all' }),
  balance: Decimal.meta({ description: 'What all of it comes to' }),
});

const Account = z
  .strictObject({ from: z.iso.date().optional(), balances: z.array(Balance) })
  .meta({ id: 'Account', description: "An aggregator's account, by currency: money is never added across currencies" });

const AccountEntry = z
  .strictObject({
    number: z.string().meta({ description: 'Invoice or credit note; of a payment the invoice it pays' }),
    reference: z.string().optional().meta({ description: 'Of a payment' }),
    kind: z.enum(LEDGER_KINDS),
    usagePeriod: z.string(),
    date: z.iso.date(),
    dueDate: z.iso.date().optional().meta({ description: 'Of invoices and credit notes' }),
    contractNumber: z.string(),
    serviceProviderId: z.string(),
    corrects: z.string().optional().meta({ description: 'Number of the document that it takes back' }),
    currency: z.string(),
    amount: Decimal.meta({ description: 'With tax; negative where it is credited or paid' }),
  })
  .meta({ id: 'AccountEntry', description: 'An entry of the receivables ledger' });

const From = z
  .string()
  .refine(isDate, 'is no date: write an existing day as YYYY-MM-DD')
  .transform((text) => plainDate(text))
  .optional()
  .meta({
    override: { type: 'string', format: 'date' },
    description: 'Day it begins with; all of it unless told otherwise.',
  });

const READ = { method: 'GET', function: 'billsApi', tag: 'Accounts', problems: [] } as const;
const ACCOUNT = {
  ...READ,
  summary: 'Get the account',
  description:
    'What was invoiced, credited and paid since a day, and what it comes to with everything before, in each currency: invoices of prepayments are among it.',
  query: z.strictObject({ from: From }),
  answer: { status: 200, description: 'The account', schema: Account },
} as const;
const ENTRIES = {
  ...READ,
  summary: 'List entries of the account',
  description: 'What was entered in the account, by currency and day.',
  query: z.strictObject({ ...listQuery(ACCOUNT_ENTRY_LIST), from: From }),
  answer: {
    status: 200,
    description: 'A page of entries',
    schema: pageOf(AccountEntry).meta({ id: 'PageOfAccountEntry' }),
  },
} as const;

const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readAccounts' } as const;
const VENDOR = { organizationType: 'VENDOR', action: 'readAccounts' } as const;

const OWN = { params: NoParameters, access: AGGREGATOR } as const;
const ITS = { params: z.strictObject({ organizationId: Id }), access: VENDOR } as const;
const OF_ORGANIZATION = '/api/vendor/v1/organizations/{organizationId}';

const EXAMPLE_ACCOUNT = {
  from: '2026-11-01',
  balances: [
    {
      currency: 'USD',
      opening: '1500.00',
      invoiced: '3220.80',
      credited: '-1610.40',
      paid: '-1000.00',
      entries: 4,
      balance: '2110.40',
    },
  ],
};
const EXAMPLE_ENTRIES = {
  content: [
    {
      number: 'INV-2026-000001',
      kind: 'ORDER',
      usagePeriod: '2026-10',
      date: '2026-11-10',
      dueDate: '2026-12-10',
      contractNumber: '40000001',
      serviceProviderId: 'SP-1',
      currency: 'USD',
      amount: '1610.40',
    },
  ],
  total: 1,
};
const FROM = { from: '2026-11-01' } as const;

export const accountRoutes = {
  getAggregatorAccount: {
    ...ACCOUNT,
    ...OWN,
    path: '/api/aggregator/v1/account',
    example: { query: FROM, answer: EXAMPLE_ACCOUNT },
  },
  listAggregatorAccountEntries: {
    ...ENTRIES,
    ...OWN,
    path: '/api/aggregator/v1/account/entries',
    example: { query: { ...FROM, filter: 'currency==USD' }, answer: EXAMPLE_ENTRIES },
  },
  getVendorAccount: {
    ...ACCOUNT,
    ...ITS,
    path: `${OF_ORGANIZATION}/account`,
    example: { params: { organizationId: 'AGG-1' }, query: FROM, answer: EXAMPLE_ACCOUNT },
  },
  listVendorAccountEntries: {
    ...ENTRIES,
    ...ITS,
    path: `${OF_ORGANIZATION}/account/entries`,
    example: { params: { organizationId: 'AGG-1' }, answer: EXAMPLE_ENTRIES },
  },
} as const satisfies Record<string, RouteDefinition>;
