import * as z from 'zod';
import { USAGE_FILE_STATUSES } from '../../../domain/usage-file/status.ts';
import { USAGE_FILE_FORMATS, USAGE_FILE_MODES } from '../../../domain/usage-file/usage-file.ts';
import { USAGE_FILE_LIST } from '../../../use-cases/lists/usage-file-list.ts';
import {
  Decimal,
  DocumentLink,
  EXAMPLE_LINK,
  listQuery,
  NoParameters,
  pageOf,
  pageQuery,
  UploadTarget,
} from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id, plainText } from '../text.ts';
import { EXAMPLE_ORDER_ID } from './usage-lines.ts';

const MOST_BYTES = 50_000_000;

const Name = plainText(200).meta({ description: 'Name of the file', example: 'usage-2026-10.xlsx' });
const Format = z
  .enum(USAGE_FILE_FORMATS)
  .optional()
  .meta({ description: "Told by the name's extension unless given; CSV and TSV may be gzipped" });
const Mode = z.enum(USAGE_FILE_MODES).default('MERGE').meta({
  description:
    'MERGE: lines that no row names stay. REPLACE: those of them that nobody but a person has written are taken away',
});
const OrderId = Id.optional().meta({
  description: 'The order all rows are of; without it each row names a contract and a usage period',
});
/** What a file of usage may be sent as. */
const USAGE_FILE_MEDIA = [
  'application/octet-stream',
  'text/csv',
  'text/tab-separated-values',
  'text/plain',
  'application/gzip',
  'application/x-gzip',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

const ANNOUNCED = { name: Name, format: Format, mode: Mode, orderId: OrderId };

const NewFile = z
  .strictObject({
    ...ANNOUNCED,
    size: z.int().min(1, 'must be from 1').max(MOST_BYTES, `must be at most ${MOST_BYTES}`).meta({
      description: 'Bytes of the file: the upload takes no more and no fewer',
    }),
  })
  .meta({ id: 'NewUsageFile', description: 'A file of usage that is going to be uploaded' });

const Totals = z
  .strictObject({ lines: z.int(), quantity: Decimal, reported: Decimal, outsideCommit: Decimal })
  .meta({ id: 'UsageFileTotals', description: 'What the lines of an order add up to' });

const FileOrder = z
  .strictObject({
    orderId: z.string(),
    contractNumber: z.string(),
    usagePeriod: z.string(),
    rows: z.int(),
    added: z.int(),
    changed: z.int(),
    removed: z.int(),
    unchanged: z.int(),
    before: Totals,
    after: Totals,
    outcome: z.enum(['WAITING', 'APPLIED', 'REFUSED']),
    message: z.string().optional().meta({ description: 'Why the order did not take the file' }),
  })
  .meta({ id: 'UsageFileOrder', description: 'What a file changes in an order, and whether it has' });

const FILE = {
  id: z.string(),
  name: z.string(),
  format: z.enum(USAGE_FILE_FORMATS),
  mode: z.enum(USAGE_FILE_MODES),
  size: z.int(),
  orderId: z.string().optional(),
  status: z.enum(USAGE_FILE_STATUSES),
  applying: z.boolean().meta({ description: 'It is being applied: look again' }),
  rows: z.int().optional().meta({ description: 'Rows that name a quantity' }),
  emptyRows: z.int().optional().meta({ description: 'Rows that name none and are passed over' }),
  errors: z.int().optional().meta({ description: 'Everything that is wrong with it' }),
  ignoredColumns: z.array(z.string()).optional().meta({ description: 'Columns that are passed over' }),
  orders: z.array(FileOrder),
  userId: z.string(),
  createdTime: z.iso.datetime(),
  lastModifiedTime: z.iso.datetime(),
};
const UsageFile = z.strictObject(FILE).meta({ id: 'UsageFile', description: 'A file of usage, and what it changes' });

const AnnouncedFile = z
  .strictObject({
    ...FILE,
    upload: UploadTarget,
  })
  .meta({ id: 'AnnouncedUsageFile', description: 'A file of usage, and where to upload it' });

const FileError = z
  .strictObject({
    row: z.int().meta({ description: 'Counted from 1 with the header' }),
    column: z.string().optional().meta({ description: 'As the header names it; absent where the whole row is wrong' }),
    message: z.string(),
  })
  .meta({ id: 'UsageFileError', description: 'Something that is wrong with a file' });

const EXAMPLE_FILE_ID = '7d3f6c0a-2f5e-4a0f-8a57-3b2d1c0e9f88';
const EXAMPLE_FILE = {
  id: EXAMPLE_FILE_ID,
  name: 'usage-2026-10.csv',
  format: 'CSV',
  mode: 'MERGE',
  size: 2048,
  status: 'AWAITING_UPLOAD',
  applying: false,
  orders: [],
  userId: 'c1d1f9a4-4f47-4a51-8a54-0d7a60b6a1f0',
  createdTime: '2026-11-04T09:30:00.000Z',
  lastModifiedTime: '2026-11-04T09:30:00.000Z',
} as const;
const NO_TOTALS = { lines: 0, quantity: '0', reported: '0', outsideCommit: '0' };
const EXAMPLE_READY = {
  ...EXAMPLE_FILE,
  status: 'READY',
  rows: 12,
  emptyRows: 3,
  errors: 0,
  ignoredColumns: ['Product Name'],
  orders: [
    {
      orderId: EXAMPLE_ORDER_ID,
      contractNumber: '50000001',
      usagePeriod: '2026-10',
      rows: 12,
      added: 12,
      changed: 0,
      removed: 0,
      unchanged: 0,
      before: NO_TOTALS,
      after: { lines: 12, quantity: '120.5', reported: '1830', outsideCommit: '0' },
      outcome: 'WAITING',
    },
  ],
} as const;
const EXAMPLE_APPLIED = {
  ...EXAMPLE_READY,
  status: 'APPLIED',
  orders: [{ ...EXAMPLE_READY.orders[0], outcome: 'APPLIED' }],
} as const;

const FILES = '/api/provider/v1/usageFiles';
const ONE = z.strictObject({ fileId: Id });
const EXAMPLE_ONE = { fileId: EXAMPLE_FILE_ID };

const READ = {
  tag: 'Usage files',
  function: 'usageFilesApi',
  method: 'GET',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'readUsageFiles' },
  problems: [],
} as const;
const WRITE = {
  tag: 'Usage files',
  function: 'usageFilesApi',
  method: 'POST',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'reportUsage' },
  problems: [],
} as const;
const NOW = { status: 200, description: 'The file as it is now', schema: UsageFile } as const;
const MOVE = {
  ...WRITE,
  editable: true,
  params: ONE,
  query: NoParameters,
  answer: NOW,
  problems: ['TRANSITION_NOT_ALLOWED', 'CHANGED_MEANWHILE'],
} as const;
const LINK = { status: 200, description: 'The link', schema: DocumentLink } as const;

export const usageFileRoutes = {
  announceUsageFile: {
    ...WRITE,
    path: FILES,
    summary: 'Announce a file of usage',
    description:
      'Answers where the file may be uploaded, by one PUT of exactly its bytes with the headers given. It is validated by itself when it is there.',
    params: NoParameters,
    query: NoParameters,
    body: NewFile,
    answer: { status: 201, description: 'The file, and where to upload it', schema: AnnouncedFile },
    example: {
      body: { name: 'usage-2026-10.csv', size: 2048 },
      answer: {
        ...EXAMPLE_FILE,
        upload: {
          method: 'PUT',
          url: `https://work.example.com/uploads/${EXAMPLE_FILE_ID}/source?signature=…`,
          headers: { 'content-length': '2048', 'if-none-match': '*' },
          expires: '2026-11-04T09:45:00.000Z',
        },
      },
    },
  },
  sendUsageFile: {
    ...WRITE,
    path: `${FILES}/content`,
    summary: 'Send a small file of usage',
    description:
      'Takes a file of at most 4 MB as the body (CSV, TSV, XLSX or gzip; `application/octet-stream` for whatever it is). It is validated by itself.',
    params: NoParameters,
    query: z.strictObject(ANNOUNCED),
    fileBody: USAGE_FILE_MEDIA,
    answer: { status: 201, description: 'The file', schema: UsageFile },
    problems: ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
    example: { query: { name: 'usage-2026-10.csv' }, answer: { ...EXAMPLE_FILE, status: 'UPLOADED' } },
  },
  listUsageFiles: {
    ...READ,
    path: FILES,
    summary: 'List files of usage',
    description: "The files of the caller's organization, the latest first.",
    params: NoParameters,
    query: z.strictObject(listQuery(USAGE_FILE_LIST)),
    answer: { status: 200, description: 'A page of files', schema: pageOf(UsageFile).meta({ id: 'PageOfUsageFile' }) },
    example: { query: { filter: 'status==READY' }, answer: { content: [EXAMPLE_READY], total: 1 } },
  },
  getUsageFile: {
    ...READ,
    editable: true,
    path: `${FILES}/{fileId}`,
    summary: 'Get a file of usage',
    description: 'Its state, and what it changes in each order: lines, totals before and after.',
    params: ONE,
    query: NoParameters,
    answer: { status: 200, description: 'The file', schema: UsageFile },
    example: { params: EXAMPLE_ONE, answer: EXAMPLE_READY },
  },
  listUsageFileErrors: {
    ...READ,
    path: `${FILES}/{fileId}/errors`,
    summary: 'List what is wrong with a file of usage',
    description: 'The first 5,000 errors, by row and column; `total` counts all, the report has all.',
    params: ONE,
    query: z.strictObject(pageQuery),
    answer: {
      status: 200,
      description: 'A page of errors',
      schema: pageOf(FileError).meta({ id: 'PageOfUsageFileError' }),
    },
    example: {
      params: EXAMPLE_ONE,
      answer: {
        content: [
          { row: 7, column: 'Quantity', message: '"1,5" has a comma: write decimals with a point, e.g. 1234.5' },
        ],
        total: 1,
      },
    },
  },
  linkUsageFileErrors: {
    ...READ,
    path: `${FILES}/{fileId}/errorReport`,
    summary: 'Download what is wrong with a file of usage',
    description: 'A link to all errors as CSV.',
    params: ONE,
    query: NoParameters,
    answer: LINK,
    example: { params: EXAMPLE_ONE, answer: EXAMPLE_LINK },
  },
  validateUsageFile: {
    ...MOVE,
    path: `${FILES}/{fileId}/validate`,
    summary: 'Validate a file of usage again',
    description:
      'Against the orders as they are now, within a minute: where an order has changed, or what was missing is there.',
    example: { params: EXAMPLE_ONE, answer: { ...EXAMPLE_FILE, status: 'UPLOADED' } },
  },
  applyUsageFile: {
    ...MOVE,
    path: `${FILES}/{fileId}/apply`,
    summary: 'Apply a file of usage',
    description:
      'Writes its rows to its orders, each as a whole or not at all: an order that has changed since the file was validated is REFUSED and left as it is. Above 5,000 rows it is `applying` for up to some minutes. Applying again changes nothing.',
    example: { params: EXAMPLE_ONE, answer: EXAMPLE_APPLIED },
  },
  discardUsageFile: {
    ...MOVE,
    path: `${FILES}/{fileId}/discard`,
    summary: 'Discard a file of usage',
    description: 'Nothing of it is applied any more.',
    example: { params: EXAMPLE_ONE, answer: { ...EXAMPLE_FILE, status: 'DISCARDED' } },
  },
  linkUsageTemplate: {
    ...READ,
    path: '/api/provider/v1/billingOrders/{orderId}/usageTemplate',
    summary: 'Download a template of usage',
    description:
      "A link to a file to fill in: a row for each product at each usage site of the order's contract, with what is reported already. Rows without a quantity are passed over.",
    params: z.strictObject({ orderId: Id }),
    query: z.strictObject({ format: z.enum(['CSV', 'XLSX']).default('CSV').meta({ description: 'Form of the file' }) }),
    answer: LINK,
    example: { params: { orderId: EXAMPLE_ORDER_ID }, query: { format: 'XLSX' }, answer: EXAMPLE_LINK },
  },
} as const satisfies Record<string, RouteDefinition>;
