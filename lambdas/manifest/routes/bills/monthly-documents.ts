import * as z from 'zod';
import { BILL_FORMS } from '../../../domain/invoice/document-forms.ts';
import { DocumentLink, EXAMPLE_LINK, NoParameters, PeriodText } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';

const BillExtension = z
  .enum(BILL_FORMS)
  .meta({ description: 'Form of the document: `focus` is FOCUS 1.2 in CSV', example: 'pdf' });

const DOCUMENT = {
  method: 'GET',
  function: 'invoicesApi',
  query: NoParameters,
  summary: 'Download it',
  description:
    'Answers a link that downloads the document and is good for a few minutes. A month that a single run has billed, and nothing else with it, has the document of that run. `focus` is made when it is asked for, of at most 2,000 documents. 503 `TRY_AGAIN` in the moment in which a run is settling it.',
  answer: { status: 200, description: 'The link', schema: DocumentLink },
  problems: [],
} as const;
const BILLS = { ...DOCUMENT, tag: 'Consolidated bills' } as const;
const STATEMENTS = { ...DOCUMENT, tag: 'Statements' } as const;

const OWN = { params: z.strictObject({ period: PeriodText, ext: BillExtension }) } as const;
const ITS = { params: z.strictObject({ organizationId: Id, period: PeriodText, ext: BillExtension }) } as const;
const OF_ORGANIZATION = '/api/vendor/v1/organizations/{organizationId}';

const MONTH = { period: '2026-10', ext: 'pdf' } as const;

export const monthlyDocumentRoutes = {
  getProviderMonthlyBillDocument: {
    ...BILLS,
    ...OWN,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readConsolidatedBills' },
    path: '/api/provider/v1/monthlyBills/{period}/documents/{ext}',
    example: { params: MONTH, answer: EXAMPLE_LINK },
  },
  getAggregatorMonthlyStatementDocument: {
    ...STATEMENTS,
    ...OWN,
    access: { organizationType: 'AGGREGATOR', action: 'readStatements' },
    path: '/api/aggregator/v1/monthlyStatements/{period}/documents/{ext}',
    example: { params: MONTH, answer: EXAMPLE_LINK },
  },
  getVendorMonthlyBillDocument: {
    ...BILLS,
    ...ITS,
    access: { organizationType: 'VENDOR', action: 'readConsolidatedBills' },
    path: `${OF_ORGANIZATION}/monthlyBills/{period}/documents/{ext}`,
    example: { params: { organizationId: 'SP-1', ...MONTH }, answer: EXAMPLE_LINK },
  },
  getVendorMonthlyStatementDocument: {
    ...STATEMENTS,
    ...ITS,
    access: { organizationType: 'VENDOR', action: 'readStatements' },
    path: `${OF_ORGANIZATION}/monthlyStatements/{period}/documents/{ext}`,
    example: { params: { organizationId: 'AGG-1', ...MONTH }, answer: EXAMPLE_LINK },
  },
} as const satisfies Record<string, RouteDefinition>;
