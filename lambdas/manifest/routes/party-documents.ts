import * as z from 'zod';
import { ConsolidatedBillSchema } from '../../documents/statement.ts';
import { PARTY_DOCUMENT_LIST } from '../../use-cases/lists/party-document-list.ts';
import {
  DocumentLink,
  EXAMPLE_LINK,
  Extension,
  listQuery,
  NoParameters,
  PeriodText,
  pageOf,
  RunName,
} from './common.ts';
import type { RouteDefinition } from './route.ts';

/** A statement or consolidated bill as lists show it. */
const Settled = z.strictObject({
  usagePeriod: z.string().meta({ description: 'Period whose close settled it' }),
  run: z.string(),
  reference: z.string(),
});

const PageOfStatements = pageOf(Settled.meta({ id: 'AggregatorStatement' })).meta({ id: 'PageOfAggregatorStatement' });
const PageOfBillRows = pageOf(Settled.meta({ id: 'ConsolidatedBillSummary' })).meta({
  id: 'PageOfConsolidatedBillSummary',
});
const ConsolidatedBill = ConsolidatedBillSchema.extend({ run: z.string() }).meta({
  id: 'ConsolidatedBill',
  description: "A service provider's contracts in one run of a period's close, in points",
});

const STATEMENTS = {
  method: 'GET',
  function: 'invoicesApi',
  tag: 'Statements',
  access: { organizationType: 'AGGREGATOR', action: 'readStatements' },
  problems: [],
} as const;

const BILLS = {
  method: 'GET',
  function: 'billsApi',
  tag: 'Consolidated bills',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'readConsolidatedBills' },
  problems: [],
} as const;

/** Parameters of both lists. */
const LIST = {
  params: NoParameters,
  query: z.strictObject({ ...listQuery(PARTY_DOCUMENT_LIST), usagePeriod: PeriodText.optional() }),
} as const;

const DOCUMENT = {
  params: z.strictObject({ period: PeriodText, run: RunName, ext: Extension }),
  query: NoParameters,
  description: 'Answers a link that downloads the document and is good for a few minutes.',
  answer: { status: 200, description: 'The link', schema: DocumentLink },
  example: { params: { period: '2026-10', run: '2026-10-1', ext: 'pdf' }, answer: EXAMPLE_LINK },
} as const;

const EXAMPLE_BILL = {
  schema: 'commerce-portal/consolidated-bill/1',
  run: '2026-10-1',
  reference: '2026-10-1/SP-0001',
  period: '2026-10',
  billDate: '2026-11-10',
  serviceProvider: { name: 'Ålesund Hosting AS', number: '2000001', address: ['Kongens gate 9', 'Ålesund'] },
  contracts: [
    {
      contractNumber: '40000001',
      aggregator: 'Nordhandel GmbH',
      skuCode: 'VSPP3-1800-C',
      usagePeriod: '2026-10',
      number: 'INV-2026-000001',
      lines: [
        {
          line: '2',
          siteName: 'Site B',
          productCode: 'FLEX-CORE',
          description: 'Flex Core',
          customerNumber: '',
          uom: 'GB vRAM',
          quantity: '400',
          points: '1800',
          inMinCommit: true,
        },
      ],
      minimumCommit: '1800',
      reported: '1800',
      overage: '0',
      underage: '0',
      total: '1800',
    },
  ],
  totalPoints: '1800',
};

export const partyDocumentRoutes = {
  listStatements: {
    ...STATEMENTS,
    ...LIST,
    path: '/api/aggregator/v1/statements',
    summary: 'List statements',
    description: "The aggregator's statements, one for each run that billed it, newest first.",
    answer: { status: 200, description: 'A page of statements', schema: PageOfStatements },
    example: {
      answer: { content: [{ usagePeriod: '2026-10', run: '2026-10-1', reference: '2026-10-1/AGG-0001' }], total: 1 },
    },
  },
  getStatementDocument: {
    ...STATEMENTS,
    ...DOCUMENT,
    path: '/api/aggregator/v1/statements/{period}/{run}/documents/{ext}',
    summary: 'Download a statement',
  },
  listConsolidatedBills: {
    ...BILLS,
    ...LIST,
    path: '/api/provider/v1/consolidatedBills',
    summary: 'List consolidated bills',
    description: "The service provider's consolidated bills, one for each run that billed it, newest first.",
    answer: { status: 200, description: 'A page of consolidated bills', schema: PageOfBillRows },
    example: {
      answer: { content: [{ usagePeriod: '2026-10', run: '2026-10-1', reference: '2026-10-1/SP-0001' }], total: 1 },
    },
  },
  getConsolidatedBills: {
    ...BILLS,
    path: '/api/provider/v1/consolidatedBills/{period}',
    summary: 'Get the consolidated bills of a period',
    description: 'In full, one for each run of the close of the period that billed something, newest first.',
    params: z.strictObject({ period: PeriodText }),
    query: NoParameters,
    answer: {
      status: 200,
      description: 'The bills',
      schema: pageOf(ConsolidatedBill).meta({ id: 'PageOfConsolidatedBill' }),
    },
    example: { params: { period: '2026-10' }, answer: { content: [EXAMPLE_BILL], total: 1 } },
  },
  getConsolidatedBillDocument: {
    ...BILLS,
    ...DOCUMENT,
    path: '/api/provider/v1/consolidatedBills/{period}/{run}/documents/{ext}',
    summary: 'Download a consolidated bill',
  },
} as const satisfies Record<string, RouteDefinition>;
