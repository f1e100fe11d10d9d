import * as z from 'zod';
import { COST_REPORT_FORMATS, isAwsAccountId } from '../../domain/cost-report/cost-report.ts';
import { COST_REPORT_FILE_STATUSES } from '../../domain/cost-report/cost-report-file.ts';
import { COST_REPORT_LIST } from '../../use-cases/lists/cost-report-list.ts';
import { Decimal, listQuery, NoParameters, PeriodText, pageOf, UploadTarget } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id } from './text.ts';

const Brief = {
  usagePeriod: z.string(),
  format: z.enum(COST_REPORT_FORMATS),
  accountId: z.string().meta({ description: 'AWS account that is billed' }),
  currency: z.string(),
  total: Decimal.meta({
    description: 'What all rows come to, rounded once; negative where more is credited than used',
  }),
  rows: z.int(),
  bills: z.array(z.string()).meta({ description: "References of AWS's bills" }),
  final: z.boolean().meta({ description: 'AWS has billed all of the month, which is over' }),
  time: z.iso.datetime().meta({ description: 'When it was taken' }),
};

const CostReportSummary = z
  .strictObject(Brief)
  .meta({ id: 'CostReportSummary', description: 'The cost report of a month that counts' });

const CostReport = z
  .strictObject({
    ...Brief,
    services: z.array(
      z.strictObject({
        code: z.string().meta({ description: "AWS's code; TAX, and OTHER for what is beyond 200 services" }),
        name: z.string(),
        amount: Decimal,
        bills: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: 'CostReport', description: 'What AWS says of a month, by service: the amounts add up to the total' });

const AwsAccount = z
  .strictObject({
    accountId: z
      .string()
      .refine(isAwsAccountId, 'is no AWS account: write its 12 digits')
      .meta({ override: { type: 'string', pattern: '^\\d{12}$' }, example: '123456789012' }),
  })
  .meta({ id: 'AwsAccount', description: 'The AWS account that a contract is billed for' });

const MOST_BYTES = 200_000_000;

const FILE = {
  id: z.string(),
  contractId: z.string(),
  usagePeriod: z.string(),
  size: z.int(),
  status: z.enum(COST_REPORT_FILE_STATUSES),
  reason: z.string().optional().meta({ description: 'Why it was REFUSED' }),
  errors: z
    .array(z.strictObject({ field: z.string().meta({ description: 'Line and column' }), message: z.string() }))
    .meta({ description: 'What is wrong with it, the first 200' }),
  createdTime: z.iso.datetime(),
};

const CostReportFile = z
  .strictObject(FILE)
  .meta({ id: 'CostReportFile', description: 'A cost report that is uploaded past the API, and what came of it' });

const AnnouncedCostReport = z
  .strictObject({ ...FILE, upload: UploadTarget })
  .meta({ id: 'AnnouncedCostReport', description: 'A cost report, and where to upload it' });

const NewCostReport = z
  .strictObject({
    size: z.int().min(1, 'must be from 1').max(MOST_BYTES, `must be at most ${MOST_BYTES}`).meta({
      description: 'Bytes of the file: the upload takes no more and no fewer',
    }),
  })
  .meta({ id: 'NewCostReport', description: 'A cost report that is going to be uploaded' });

const Contract = z.strictObject({ contractId: Id });
const OneFile = z.strictObject({ contractId: Id, usagePeriod: PeriodText, fileId: Id });
const Month = z.strictObject({ contractId: Id, usagePeriod: PeriodText });

const COMMON = { tag: 'Cost report', function: 'costReportsApi' } as const;
const LIST = {
  ...COMMON,
  method: 'GET',
  summary: 'List cost reports of a contract',
  description: 'What AWS has said of the months of an AWS Resell contract, the latest month first.',
  params: Contract,
  query: z.strictObject(listQuery(COST_REPORT_LIST)),
  answer: {
    status: 200,
    description: 'A page of cost reports',
    schema: pageOf(CostReportSummary).meta({ id: 'PageOfCostReport' }),
  },
  problems: [],
} as const;
const GET = {
  ...COMMON,
  method: 'GET',
  summary: 'Get the cost report of a month',
  description: 'What AWS has said of a month last, by service.',
  params: Month,
  query: NoParameters,
  answer: { status: 200, description: 'The cost report', schema: CostReport },
  problems: [],
} as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readCostReports' } as const;
const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'readCostReports' } as const;
const VENDOR = { organizationType: 'VENDOR', action: 'readCostReports' } as const;
const TAKES = { organizationType: 'VENDOR', action: 'takeCostReports' } as const;

const OF = (api: string) => `/api/${api}/v1/costReports/{contractId}`;
const IDS = { contractId: 'CONTRACT-1' };
const MONTH = { ...IDS, usagePeriod: '2026-10' };
const EXAMPLE_FILE = {
  id: 'cost-7d3f6c0a-2f5e-4a0f-8a57-3b2d1c0e9f88',
  ...MONTH,
  size: 48_000_000,
  status: 'AWAITING_UPLOAD',
  errors: [],
  createdTime: '2026-11-04T06:00:00.000Z',
} as const;
const SUMMARY = {
  usagePeriod: '2026-10',
  format: 'CUR2',
  accountId: '123456789012',
  currency: 'USD',
  total: '8.94',
  rows: 5,
  bills: ['EUINUS26-1047'],
  final: true,
  time: '2026-11-04T06:00:00.000Z',
} as const;
const REPORT = {
  ...SUMMARY,
  services: [
    { code: 'AmazonEC2', name: 'Amazon Elastic Compute Cloud', amount: '7.50', bills: ['EUINUS26-1047'] },
    { code: 'AmazonS3', name: 'Amazon Simple Storage Service', amount: '0.01', bills: ['EUINUS26-1047'] },
    { code: 'TAX', name: 'Tax', amount: '1.43', bills: ['EUINUS26-1047'] },
  ],
} as const;
const LISTED = { params: IDS, query: { sort: '-usagePeriod' }, answer: { content: [SUMMARY], total: 1 } };
const GOT = { params: MONTH, answer: REPORT };

export const costReportRoutes = {
  getAwsAccount: {
    ...COMMON,
    method: 'GET',
    path: `${OF('vendor')}/awsAccount`,
    access: VENDOR,
    editable: true,
    summary: 'Get the AWS account of a contract',
    description: 'The AWS account that an AWS Resell contract is billed for.',
    params: Contract,
    query: NoParameters,
    answer: { status: 200, description: 'The account', schema: AwsAccount },
    problems: [],
    example: { params: IDS, answer: { accountId: '123456789012' } },
  },
  bindAwsAccount: {
    ...COMMON,
    method: 'PUT',
    path: `${OF('vendor')}/awsAccount`,
    access: TAKES,
    editable: true,
    summary: 'Say which AWS account a contract is billed for',
    description:
      'The paying (management) account. It belongs to one contract at a time; cost reports of any other account are refused.',
    params: Contract,
    query: NoParameters,
    body: AwsAccount,
    answer: { status: 200, description: 'The account', schema: AwsAccount },
    problems: ['CONTRACT_STATUS', 'AWS_ACCOUNT_TAKEN', 'CHANGED_MEANWHILE'],
    example: { params: IDS, body: { accountId: '123456789012' }, answer: { accountId: '123456789012' } },
  },
  takeCostReport: {
    ...COMMON,
    method: 'PUT',
    path: `${OF('vendor')}/{usagePeriod}`,
    access: TAKES,
    summary: 'Send the cost report of a month',
    description: `CSV of AWS Data Exports, Cost and Usage Report 2.0 or FOCUS, told by its header; plain or with content-encoding gzip,
at most 4 MB as sent, 64 MB unzipped (larger ones are announced and uploaded). It says the whole month and takes the place of the one before; sent again it changes nothing.
A report with anything wrong in it (another account, month or currency among it) is refused whole, every fault named by line and column,
the first 1,000. Once every row names AWS's bill and the month is over, the system submits and approves the month's order.`,
    params: Month,
    query: NoParameters,
    fileBody: ['text/csv'],
    answer: { status: 200, description: 'The cost report that counts now', schema: CostReport },
    problems: ['CONTRACT_STATUS', 'AWS_ACCOUNT_NEEDED', 'USAGE_TOO_OLD', 'CHANGED_MEANWHILE'],
    example: {
      params: MONTH,
      body:
        'bill_payer_account_id,bill_billing_period_start_date,bill_billing_period_end_date,bill_invoice_id,line_item_product_code,line_item_line_item_type,line_item_currency_code,line_item_unblended_cost\n' +
        '123456789012,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z,EUINUS26-1047,AmazonEC2,Usage,USD,10.004\n',
      answer: REPORT,
    },
  },
  announceCostReport: {
    ...COMMON,
    method: 'POST',
    path: `${OF('vendor')}/{usagePeriod}/files`,
    access: TAKES,
    summary: 'Announce the cost report of a month',
    description: `For reports of more than 4 MB: answers where the file may be uploaded, by one PUT of exactly its bytes with the headers given;
plain or gzipped, at most 200 MB as sent, 2 GB unzipped. When it is there it is taken by itself, as one that is sent by the API is; what
came of it is told by the file. Of two reports of a month the one that is taken last counts.`,
    params: Month,
    query: NoParameters,
    body: NewCostReport,
    answer: { status: 201, description: 'The file, and where to upload it', schema: AnnouncedCostReport },
    problems: ['CONTRACT_STATUS', 'AWS_ACCOUNT_NEEDED', 'USAGE_TOO_OLD'],
    example: {
      params: MONTH,
      body: { size: 48_000_000 },
      answer: {
        ...EXAMPLE_FILE,
        upload: {
          method: 'PUT',
          url: `https://work.example.com/uploads/${EXAMPLE_FILE.id}/source?signature=…`,
          headers: { 'content-length': '48000000', 'if-none-match': '*' },
          expires: '2026-11-04T06:15:00.000Z',
        },
      },
    },
  },
  getCostReportFile: {
    ...COMMON,
    method: 'GET',
    path: `${OF('vendor')}/{usagePeriod}/files/{fileId}`,
    access: VENDOR,
    summary: 'Get a cost report that is uploaded',
    description: 'Whether it is taken or refused, and what is wrong with it.',
    params: OneFile,
    query: NoParameters,
    answer: { status: 200, description: 'The file', schema: CostReportFile },
    problems: [],
    example: {
      params: { ...MONTH, fileId: EXAMPLE_FILE.id },
      answer: {
        ...EXAMPLE_FILE,
        status: 'REFUSED',
        reason: 'No cost was taken: line 3, column line_item_currency_code: is not USD, the currency of the contract',
        errors: [
          { field: 'line 3, column line_item_currency_code', message: 'is not USD, the currency of the contract' },
        ],
      },
    },
  },
  listProviderCostReports: { ...LIST, path: OF('provider'), access: PROVIDER, example: LISTED },
  getProviderCostReport: { ...GET, path: `${OF('provider')}/{usagePeriod}`, access: PROVIDER, example: GOT },
  listAggregatorCostReports: { ...LIST, path: OF('aggregator'), access: AGGREGATOR, example: LISTED },
  getAggregatorCostReport: { ...GET, path: `${OF('aggregator')}/{usagePeriod}`, access: AGGREGATOR, example: GOT },
  listVendorCostReports: { ...LIST, path: OF('vendor'), access: VENDOR, example: LISTED },
  getVendorCostReport: { ...GET, path: `${OF('vendor')}/{usagePeriod}`, access: VENDOR, example: GOT },
} as const satisfies Record<string, RouteDefinition>;
