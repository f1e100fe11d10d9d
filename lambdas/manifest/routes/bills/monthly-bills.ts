import * as z from 'zod';
import { BILLED_MONTH_LIST } from '../../../use-cases/lists/billed-month-list.ts';
import { listQuery, NoParameters, PeriodText, pageOf } from '../common.ts';
import { partyDocumentRoutes } from '../party-documents.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import {
  EXAMPLE_MONTHLY_STATEMENT,
  MonthlyBill,
  MonthlyBillSummary,
  MonthlyStatement,
  MonthlyStatementSummary,
} from './structures.ts';

const READ = { method: 'GET', function: 'billsApi', problems: [], query: NoParameters } as const;
const BILLS = { ...READ, tag: 'Consolidated bills' } as const;
const STATEMENTS = { ...READ, tag: 'Statements' } as const;

const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readStatements' } as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readConsolidatedBills' } as const;
const VENDOR_BILLS = { organizationType: 'VENDOR', action: 'readConsolidatedBills' } as const;
const VENDOR_STATEMENTS = { organizationType: 'VENDOR', action: 'readStatements' } as const;

const OF_PROVIDER = '/api/provider/v1/monthlyBills';
const OF_AGGREGATOR = '/api/aggregator/v1/monthlyStatements';
const OF_ORGANIZATION = '/api/vendor/v1/organizations/{organizationId}';

const OWN = { params: z.strictObject({ period: PeriodText }) } as const;
const ITS = { params: z.strictObject({ organizationId: Id }) } as const;
const ITS_MONTH = { params: z.strictObject({ organizationId: Id, period: PeriodText }) } as const;

const HISTORY = { query: z.strictObject(listQuery(BILLED_MONTH_LIST)) } as const;

const BILL_HISTORY = {
  ...BILLS,
  ...HISTORY,
  summary: 'List monthly bills',
  description: 'All months that something was billed of, the latest first, with what all runs have billed of each.',
  answer: {
    status: 200,
    description: 'A page of months',
    schema: pageOf(MonthlyBillSummary).meta({ id: 'PageOfMonthlyBill' }),
  },
} as const;

const STATEMENT_HISTORY = {
  ...STATEMENTS,
  ...HISTORY,
  summary: 'List monthly statements',
  description: 'All months that something was billed of, the latest first, with what all runs have billed of each.',
  answer: {
    status: 200,
    description: 'A page of months',
    schema: pageOf(MonthlyStatementSummary).meta({ id: 'PageOfMonthlyStatement' }),
  },
} as const;

const BILL = {
  ...BILLS,
  csvAnswer: true,
  summary: 'Get a monthly bill',
  description:
    'The consolidated bill of a month over all contracts and all runs: corrections of it too, whenever they were billed. Late usage stands on the bill of the month that it was billed with; usage of an earlier month names that. One above 5 MB has to be downloaded as a document.',
  answer: { status: 200, description: 'The bill', schema: MonthlyBill },
} as const;

const STATEMENT = {
  ...STATEMENTS,
  csvAnswer: true,
  summary: 'Get a monthly statement',
  description:
    'The statement of a month over all runs: its invoices and credit notes, whenever they were issued, added up by currency. Invoices of prepayments are on the account alone. One above 5 MB has to be downloaded as a document.',
  answer: { status: 200, description: 'The statement', schema: MonthlyStatement },
} as const;

const { run: _run, ...RUN_BILL } = partyDocumentRoutes.getConsolidatedBills.example.answer.content[0];
const EXAMPLE_BILL = { ...RUN_BILL, reference: '2026-10/SP-0001' };
const EXAMPLE_MONTH = {
  usagePeriod: '2026-10',
  documents: 3,
  corrected: true,
  points: '1830',
  runs: ['2026-10-1', '2026-11-1'],
};
const EXAMPLE_TOTALS = [{ currency: 'USD', net: '1610.40', tax: '0.00', gross: '1610.40' }];

const MONTH = { period: '2026-10' } as const;
const PROVIDER_ID = { organizationId: 'SP-1' } as const;
const AGGREGATOR_ID = { organizationId: 'AGG-1' } as const;

const exampleHistory = { content: [EXAMPLE_MONTH], total: 1 };
const exampleStatementHistory = { content: [{ ...EXAMPLE_MONTH, totals: EXAMPLE_TOTALS }], total: 1 };

export const monthlyBillRoutes = {
  listProviderMonthlyBills: {
    ...BILL_HISTORY,
    access: PROVIDER,
    path: OF_PROVIDER,
    params: NoParameters,
    example: { query: { filter: 'usagePeriod=ge=2026-01' }, answer: exampleHistory },
  },
  getProviderMonthlyBill: {
    ...BILL,
    ...OWN,
    access: PROVIDER,
    path: `${OF_PROVIDER}/{period}`,
    example: { params: MONTH, answer: EXAMPLE_BILL },
  },
  listAggregatorMonthlyStatements: {
    ...STATEMENT_HISTORY,
    access: AGGREGATOR,
    path: OF_AGGREGATOR,
    params: NoParameters,
    example: { query: { filter: 'corrected==true' }, answer: exampleStatementHistory },
  },
  getAggregatorMonthlyStatement: {
    ...STATEMENT,
    ...OWN,
    access: AGGREGATOR,
    path: `${OF_AGGREGATOR}/{period}`,
    example: { params: MONTH, answer: EXAMPLE_MONTHLY_STATEMENT },
  },
  listVendorMonthlyBills: {
    ...BILL_HISTORY,
    ...ITS,
    access: VENDOR_BILLS,
    path: `${OF_ORGANIZATION}/monthlyBills`,
    example: { params: PROVIDER_ID, answer: exampleHistory },
  },
  getVendorMonthlyBill: {
    ...BILL,
    ...ITS_MONTH,
    access: VENDOR_BILLS,
    path: `${OF_ORGANIZATION}/monthlyBills/{period}`,
    example: { params: { ...PROVIDER_ID, ...MONTH }, answer: EXAMPLE_BILL },
  },
  listVendorMonthlyStatements: {
    ...STATEMENT_HISTORY,
    ...ITS,
    access: VENDOR_STATEMENTS,
    path: `${OF_ORGANIZATION}/monthlyStatements`,
    example: { params: AGGREGATOR_ID, answer: exampleStatementHistory },
  },
  getVendorMonthlyStatement: {
    ...STATEMENT,
    ...ITS_MONTH,
    access: VENDOR_STATEMENTS,
    path: `${OF_ORGANIZATION}/monthlyStatements/{period}`,
    example: { params: { ...AGGREGATOR_ID, ...MONTH }, answer: EXAMPLE_MONTHLY_STATEMENT },
  },
} as const satisfies Record<string, RouteDefinition>;
