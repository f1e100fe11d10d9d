import * as z from 'zod';
import { isCurrency } from '../../domain/numbers/currency.ts';
import { BILL_TO_ACCOUNT_LIST } from '../../use-cases/lists/bill-to-account-list.ts';
import { Decimal, IdText, listQuery, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { CountryRegion, Id, plainText } from './text.ts';

const DETAIL = {
  id: IdText,
  accountNumber: z.string(),
  siteId: z.string(),
  location: z.string(),
  countryRegion: z.string(),
};
const BillToAccountDetail = z
  .strictObject(DETAIL)
  .meta({ id: 'BillToAccountDetail', description: 'An account that an aggregator is invoiced at' });

const VendorBillToAccount = z
  .strictObject({
    ...DETAIL,
    name: z.string(),
    address: z.array(z.string()),
    taxId: z.string().optional(),
    currency: z.string(),
    taxRate: Decimal.meta({ description: 'Percent' }),
    active: z.boolean().meta({ description: 'Whether contracts may choose it' }),
  })
  .meta({ id: 'VendorBillToAccount', description: 'A bill-to account in full' });

const MEMBERS = {
  accountNumber: plainText(40),
  siteId: plainText(40),
  location: plainText(80),
  countryRegion: CountryRegion,
  name: plainText(120),
  address: z
    .array(plainText(120), 'must be a list of lines')
    .min(1, 'must have at least one line')
    .max(6, 'must have at most 6 lines')
    .meta({ description: 'Lines of the postal address, as printed on invoices' }),
  taxId: plainText(40).optional(),
  taxRate: z
    .string('must be a decimal number as text')
    .regex(/^(100|\d{1,2}(\.\d{1,4})?)$/, 'must be a percentage from 0 to 100 with at most 4 decimals, as text')
    .meta({ description: 'Tax in percent, frozen into each invoice', example: '19' }),
};

const Currency = z
  .string('must be text')
  .refine(isCurrency, 'must be a currency of ISO 4217, e.g. USD')
  .meta({ override: { type: 'string', pattern: '^[A-Z]{3}$' }, example: 'EUR' });

const NewBillToAccount = z.strictObject({ ...MEMBERS, currency: Currency }).meta({ id: 'NewBillToAccount' });
const BillToAccountChange = z
  .strictObject({ ...z.strictObject(MEMBERS).partial().shape, active: z.boolean('must be true or false').optional() })
  .meta({ id: 'BillToAccountChange', description: 'What is to be changed; what is not given stays' });

const EXAMPLE_DETAIL = {
  id: '533ea6cb-2f7d-4f0e-8d2a-b10700000008',
  accountNumber: '10001',
  siteId: '1000001',
  location: 'location-100010',
  countryRegion: 'US',
} as const;
const EXAMPLE_BODY = {
  accountNumber: '10001',
  siteId: '1000001',
  location: 'location-100010',
  countryRegion: 'US',
  name: 'Meridian Channel Distribution, Inc.',
  address: ['233 W. Wabash Plaza', 'Chicago, IL 60601', 'United States'],
  taxRate: '0',
  currency: 'USD',
} as const;
const EXAMPLE = { id: EXAMPLE_DETAIL.id, ...EXAMPLE_BODY, active: true } as const;
const ORGANIZATION_ID = '5a2c1b7e-0f43-4d5e-8a90-1c2d3e4f5a6b';

const ALL = { function: 'organizationsApi', tag: 'Bill To Account' } as const;
const OF_ORGANIZATION = z.strictObject({ organizationId: Id });

export const billToAccountRoutes = {
  listBillToAccounts: {
    ...ALL,
    method: 'GET',
    path: '/api/aggregator/v1/billToAccounts',
    access: { organizationType: 'AGGREGATOR', action: 'readBillToAccounts' },
    published: true,
    summary: 'List bill-to accounts',
    description: "The active bill-to accounts of the caller's organization.",
    params: NoParameters,
    query: z.object(listQuery(BILL_TO_ACCOUNT_LIST)),
    answer: {
      status: 200,
      description: 'A page of accounts',
      schema: pageOf(BillToAccountDetail).meta({ id: 'PageOfBillToAccountDetail' }),
    },
    problems: [],
    example: { query: { filter: 'accountNumber==10001' }, answer: { content: [EXAMPLE_DETAIL], total: 1 } },
  },
  listVendorBillToAccounts: {
    ...ALL,
    method: 'GET',
    path: '/api/vendor/v1/organizations/{organizationId}/billToAccounts',
    access: { organizationType: 'VENDOR', action: 'readOrganizations' },
    summary: "List an aggregator's bill-to accounts",
    description: 'All bill-to accounts of an aggregator, with what invoices say of them.',
    params: OF_ORGANIZATION,
    query: z.strictObject(listQuery(BILL_TO_ACCOUNT_LIST)),
    answer: {
      status: 200,
      description: 'A page of accounts',
      schema: pageOf(VendorBillToAccount).meta({ id: 'PageOfVendorBillToAccount' }),
    },
    problems: [],
    example: { params: { organizationId: ORGANIZATION_ID }, answer: { content: [EXAMPLE], total: 1 } },
  },
  createBillToAccount: {
    ...ALL,
    method: 'POST',
    path: '/api/vendor/v1/organizations/{organizationId}/billToAccounts',
    access: { organizationType: 'VENDOR', action: 'manageOrganizations' },
    summary: 'Create a bill-to account',
    description: 'Gives an aggregator an account that it can be invoiced at.',
    params: OF_ORGANIZATION,
    query: NoParameters,
    body: NewBillToAccount,
    answer: { status: 201, description: 'The account', schema: VendorBillToAccount },
    problems: [],
    example: { params: { organizationId: ORGANIZATION_ID }, body: EXAMPLE_BODY, answer: EXAMPLE },
  },
  changeBillToAccount: {
    ...ALL,
    method: 'PATCH',
    path: '/api/vendor/v1/organizations/{organizationId}/billToAccounts/{billToAccountId}',
    access: { organizationType: 'VENDOR', action: 'manageOrganizations' },
    editable: true,
    summary: 'Change a bill-to account',
    description:
      'Acts on the invoices that are issued from then on. An inactive account is not offered to new contracts. The currency stays.',
    params: z.strictObject({ organizationId: Id, billToAccountId: Id }),
    query: NoParameters,
    body: BillToAccountChange,
    answer: { status: 200, description: 'The account as it is now', schema: VendorBillToAccount },
    problems: ['CHANGED_MEANWHILE'],
    example: {
      params: { organizationId: ORGANIZATION_ID, billToAccountId: EXAMPLE.id },
      body: { taxRate: '0' },
      answer: EXAMPLE,
    },
  },
} as const satisfies Record<string, RouteDefinition>;
