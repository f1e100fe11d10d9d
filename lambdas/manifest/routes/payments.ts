import * as z from 'zod';
import { isDate, plainDate } from '../../domain/calendar/period.ts';
import { FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { INVOICE_KINDS } from '../../domain/invoice/invoice.ts';
import { AGES } from '../../domain/receivables/ageing.ts';
import { PAYMENT_STATUSES } from '../../domain/receivables/status.ts';
import { OPEN_ITEM_LIST } from '../../use-cases/lists/open-item-list.ts';
import { Decimal, listQuery, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const Reference = z
  .string('must be text')
  .regex(/^[\w.-]{1,35}$/, 'must be of 1 to 35 letters, digits, ".", "-" or "_"')
  .meta({ description: "The payer's reference of the payment", example: 'SEPA-20261203-0017' });

const DocumentNumber = z.string().regex(/^[A-Z]{3}-\d{4}-\d{6,9}$/);

const Payment = z
  .strictObject({
    reference: z.string(),
    amount: Decimal.meta({ description: 'Below zero where a credit was used' }),
    currency: z.string(),
    against: z.string().optional().meta({
      description: 'The invoice that the credit pays; on that one, the document whose credit pays it',
    }),
    paidOn: z.iso.date(),
    status: z.enum(PAYMENT_STATUSES).meta({ description: 'Only what is BOOKED counts' }),
    reason: z.string().optional().meta({ description: 'Why it was rejected or reversed' }),
    time: z.iso.datetime().meta({ description: 'When it was recorded' }),
  })
  .meta({ id: 'Payment', description: 'A payment of an invoice' });

const InvoicePayments = z
  .strictObject({
    number: z.string(),
    currency: z.string(),
    gross: Decimal,
    paid: Decimal.meta({ description: 'What is booked' }),
    open: Decimal.meta({ description: 'What can still be paid' }),
    credit: Decimal.meta({ description: 'What is left of it as a credit' }),
    payments: z.array(Payment),
  })
  .meta({ id: 'InvoicePayments', description: 'What was paid of an invoice' });

const NewPayment = z
  .strictObject({
    reference: Reference,
    amount: z
      .string('must be a decimal number as text')
      .regex(/^\d{1,15}(\.\d{1,4})?$/, 'must be a decimal number as text')
      .meta({ description: "In the invoice's currency, at most what is open", example: '1000.00' }),
    currency: z
      .string('must be text')
      .optional()
      .meta({ description: "Where it is named it has to be the invoice's", example: 'USD' }),
    paidOn: z
      .string('must be text')
      .refine(isDate, 'is no date: write an existing day as YYYY-MM-DD')
      .transform((text) => plainDate(text))
      .meta({ override: { type: 'string', format: 'date' }, description: 'The day the money was sent' }),
  })
  .meta({ id: 'NewPayment' });

const CreditUse = z
  .strictObject({
    ...NewPayment.shape,
    invoiceNumber: DocumentNumber.optional().meta({
      description: 'The invoice that it pays; without it, it is paid back to the aggregator',
    }),
  })
  .meta({ id: 'CreditUse', description: 'How much of a credit is used, and what for' });

const Because = z.strictObject({ reason: plainText(500) }).meta({ id: 'PaymentReason', description: 'Why it is done' });

const OpenItem = z
  .strictObject({
    number: z.string(),
    kind: z.enum(INVOICE_KINDS),
    usagePeriod: z.string(),
    date: z.iso.date(),
    dueDate: z.iso.date(),
    contractNumber: z.string(),
    serviceProviderId: z.string().meta({ description: 'Whose usage it bills' }),
    familyType: z.enum(FAMILY_TYPES).optional(),
    currency: z.string(),
    invoiced: Decimal,
    credited: Decimal.meta({ description: 'What took it back: negative' }),
    paid: Decimal,
    open: Decimal.meta({ description: 'Negative where it is a credit' }),
    age: z.enum(AGES),
    daysOverdue: z.int(),
  })
  .meta({ id: 'OpenItem', description: 'An invoice or credit note of which something is open' });

const Ageing = z
  .strictObject({
    on: z.iso.date(),
    currencies: z.array(
      z.strictObject({
        currency: z.string(),
        notDue: Decimal,
        days1To30: Decimal,
        days31To60: Decimal,
        days61To90: Decimal,
        over90Days: Decimal,
        credits: Decimal.meta({
          description: 'Negative: what was paid of invoices taken back, and credit notes of their own',
        }),
        balance: Decimal.meta({ description: 'The balance due: the sum of the others' }),
      }),
    ),
  })
  .meta({ id: 'Ageing', description: 'What is open, by days since it was due, in each currency' });

const COMMON = { tag: 'Payments', function: 'paymentsApi' } as const;
const OF_INVOICE = z.strictObject({ number: DocumentNumber });
const ONE = z.strictObject({ number: DocumentNumber, reference: Reference });
const PROBLEMS = ['PAYMENT_EXISTS', 'PAYMENT_TOO_HIGH', 'CHANGED_MEANWHILE'] as const;

const EXAMPLE_NUMBER = { number: 'INV-2026-000001' };
const EXAMPLE_ONE = { ...EXAMPLE_NUMBER, reference: 'SEPA-20261203-0017' };
const EXAMPLE_NEW = { reference: 'SEPA-20261203-0017', amount: '1000.00', paidOn: '2026-12-03' };
const EXAMPLE_PAYMENT = {
  ...EXAMPLE_NEW,
  currency: 'USD',
  status: 'BOOKED',
  time: '2026-12-04T08:00:00.000Z',
} as const;
const EXAMPLE_PAYMENTS = {
  ...{ ...EXAMPLE_NUMBER, currency: 'USD', gross: '1610.40', paid: '1000.00', open: '610.40', credit: '0.00' },
  payments: [EXAMPLE_PAYMENT],
};

const READ = {
  ...COMMON,
  method: 'GET',
  summary: 'Get payments of an invoice',
  description: 'What was announced, booked, rejected and reversed, and what is open.',
  params: OF_INVOICE,
  query: NoParameters,
  answer: { status: 200, description: 'Its payments', schema: InvoicePayments },
  problems: [],
  example: { params: EXAMPLE_NUMBER, answer: EXAMPLE_PAYMENTS },
} as const;
const RECORD = {
  ...COMMON,
  method: 'POST',
  params: OF_INVOICE,
  query: NoParameters,
  body: NewPayment,
  answer: { status: 200, description: 'The payment', schema: Payment },
  problems: PROBLEMS,
} as const;
const DECIDE = {
  ...COMMON,
  method: 'POST',
  params: ONE,
  query: NoParameters,
  access: { organizationType: 'VENDOR', action: 'recordPayments' },
  answer: { status: 200, description: 'The payment', schema: Payment },
} as const;

const AGEING = {
  ...COMMON,
  method: 'GET',
  summary: 'Get the ageing of an account',
  description: 'The balance due in each currency, by days since it was due, as of today. It lags behind by a moment.',
  query: NoParameters,
  answer: { status: 200, description: 'The ageing', schema: Ageing },
  problems: [],
} as const;
const OPEN = {
  ...COMMON,
  method: 'GET',
  summary: 'List open items of an account',
  description: 'Invoices and credit notes of which something is open, of all service providers, what is late first.',
  query: z.strictObject(listQuery(OPEN_ITEM_LIST)),
  answer: { status: 200, description: 'A page of open items', schema: pageOf(OpenItem).meta({ id: 'PageOfOpenItem' }) },
  problems: [],
} as const;
const EXAMPLE_AGEING = {
  on: '2027-01-15',
  currencies: [
    {
      ...{ currency: 'USD', notDue: '1584.00', days1To30: '0.00', days31To60: '610.40', days61To90: '0.00' },
      ...{ over90Days: '0.00', credits: '-100.00', balance: '2094.40' },
    },
  ],
};
const EXAMPLE_OPEN = {
  content: [
    {
      ...{
        number: 'INV-2026-000001',
        kind: 'ORDER',
        usagePeriod: '2026-10',
        date: '2026-11-10',
        dueDate: '2026-12-10',
      },
      ...{ contractNumber: '40000001', serviceProviderId: 'SP-1', familyType: 'MSP', currency: 'USD' },
      ...{ invoiced: '1610.40', credited: '0.00', paid: '1000.00', open: '610.40' },
      ...{ age: 'DAYS_31_60', daysOverdue: 36 },
    },
  ],
  total: 1,
};

const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readAccounts' } as const;
const VENDOR = { organizationType: 'VENDOR', action: 'readAccounts' } as const;
const OWN = { params: NoParameters, access: AGGREGATOR } as const;
const ITS = { params: z.strictObject({ organizationId: Id }), access: VENDOR } as const;
const ORGANIZATION = { organizationId: 'AGG-1' };
const FILTER = { filter: 'familyType==MSP;daysOverdue=gt=30' };

export const paymentRoutes = {
  getAggregatorPayments: { ...READ, path: '/api/aggregator/v1/payments/{number}', access: AGGREGATOR },
  getVendorPayments: { ...READ, path: '/api/vendor/v1/payments/{number}', access: VENDOR },
  announcePayment: {
    ...RECORD,
    path: '/api/aggregator/v1/payments/{number}',
    access: { organizationType: 'AGGREGATOR', action: 'announcePayments' },
    summary: 'Announce a payment of an invoice',
    description: 'Counts once the vendor has booked it. The same reference again is the same payment.',
    example: { params: EXAMPLE_NUMBER, body: EXAMPLE_NEW, answer: { ...EXAMPLE_PAYMENT, status: 'ANNOUNCED' } },
  },
  recordPayment: {
    ...RECORD,
    path: '/api/vendor/v1/payments/{number}',
    access: { organizationType: 'VENDOR', action: 'recordPayments' },
    summary: 'Book a payment of an invoice',
    description:
      'Enters it in the receivables ledger, at most what is open of the invoice; one that was announced with the same figures is booked. The same reference again is the same payment.',
    example: { params: EXAMPLE_NUMBER, body: EXAMPLE_NEW, answer: EXAMPLE_PAYMENT },
  },
  settleCredit: {
    ...RECORD,
    path: '/api/vendor/v1/payments/{number}/credit',
    access: { organizationType: 'VENDOR', action: 'recordPayments' },
    summary: 'Use a credit',
    description:
      'Of an invoice that was paid and taken back, or of a credit note by itself: it pays another invoice of the aggregator, or is paid back. Entered in the ledger with the invoice it pays, both or neither; reversing either reverses both.',
    body: CreditUse,
    problems: ['PAYMENT_EXISTS', 'CREDIT_TOO_LOW', 'PAYMENT_TOO_HIGH', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_NUMBER,
      body: { ...EXAMPLE_NEW, invoiceNumber: 'INV-2027-000002' },
      answer: { ...EXAMPLE_PAYMENT, amount: '-1000.00', against: 'INV-2027-000002' },
    },
  },
  bookPayment: {
    ...DECIDE,
    path: '/api/vendor/v1/payments/{number}/{reference}/book',
    summary: 'Book an announced payment',
    description: 'Enters it in the receivables ledger, at most what is open of the invoice by now.',
    problems: ['TRANSITION_NOT_ALLOWED', 'PAYMENT_TOO_HIGH', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_ONE, answer: EXAMPLE_PAYMENT },
  },
  rejectPayment: {
    ...DECIDE,
    path: '/api/vendor/v1/payments/{number}/{reference}/reject',
    summary: 'Reject an announced payment',
    description: 'It never counts.',
    body: Because,
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_ONE,
      body: { reason: 'Not received' },
      answer: { ...EXAMPLE_PAYMENT, status: 'REJECTED', reason: 'Not received' },
    },
  },
  reversePayment: {
    ...DECIDE,
    path: '/api/vendor/v1/payments/{number}/{reference}/reverse',
    summary: 'Reverse a booked payment',
    description: 'Enters the whole of it in the ledger with the other sign: the invoice is open again.',
    body: Because,
    problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_ONE,
      body: { reason: 'Returned by the bank' },
      answer: { ...EXAMPLE_PAYMENT, status: 'REVERSED', reason: 'Returned by the bank' },
    },
  },
  getAggregatorAgeing: {
    ...AGEING,
    ...OWN,
    path: '/api/aggregator/v1/receivables/ageing',
    example: { answer: EXAMPLE_AGEING },
  },
  getVendorAgeing: {
    ...AGEING,
    ...ITS,
    path: '/api/vendor/v1/receivables/{organizationId}/ageing',
    example: { params: ORGANIZATION, answer: EXAMPLE_AGEING },
  },
  listAggregatorOpenItems: {
    ...OPEN,
    ...OWN,
    path: '/api/aggregator/v1/receivables/openItems',
    example: { query: FILTER, answer: EXAMPLE_OPEN },
  },
  listVendorOpenItems: {
    ...OPEN,
    ...ITS,
    path: '/api/vendor/v1/receivables/{organizationId}/openItems',
    example: { params: ORGANIZATION, answer: EXAMPLE_OPEN },
  },
} as const satisfies Record<string, RouteDefinition>;
