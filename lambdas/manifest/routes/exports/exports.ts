import * as z from 'zod';
import { EXPORT_KINDS, EXPORT_KINDS_OF, EXPORT_MONTHS } from '../../../domain/document-export/document-export.ts';
import { EXPORT_STATUSES } from '../../../domain/document-export/status.ts';
import { INVOICE_FORMS, STORED_FORMS } from '../../../domain/invoice/document-forms.ts';
import { EXPORT_LIST } from '../../../use-cases/lists/export-list.ts';
import { DocumentLink, EXAMPLE_LINK, listQuery, NoParameters, PeriodText, pageOf, pageQuery } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';

const each = <Value extends string>(values: readonly Value[], what: string) =>
  z
    .array(z.enum(values, `must be one of ${values.join(', ')}`), `must be a list of ${what}`)
    .min(1, 'must name at least one')
    .max(values.length, 'must name each at most once')
    .refine((all) => new Set(all).size === all.length, 'must name each at most once');

const FORMS = each(INVOICE_FORMS, 'forms')
  .default([...STORED_FORMS])
  .meta({
    description:
      '`focus` is FOCUS 1.2 in CSV, `ubl` an electronic invoice by EN 16931: a document comes in those of the forms that it has',
  });
const MONTHS = {
  fromPeriod: PeriodText.meta({ description: 'First usage period' }),
  toPeriod: PeriodText.meta({ description: `Last usage period, at most ${EXPORT_MONTHS} months in all` }),
};
const ServiceProviderId = Id.optional().meta({ description: 'Narrows invoices and consolidated bills' });

const ProviderRequest = z
  .strictObject({
    ...MONTHS,
    kinds: each(EXPORT_KINDS_OF.SERVICE_PROVIDER, 'kinds').default([...EXPORT_KINDS_OF.SERVICE_PROVIDER]),
    forms: FORMS,
  })
  .meta({ id: 'ProviderExportRequest' });
const AggregatorRequest = z
  .strictObject({
    ...MONTHS,
    kinds: each(EXPORT_KINDS_OF.AGGREGATOR, 'kinds').default([...EXPORT_KINDS_OF.AGGREGATOR]),
    forms: FORMS,
    serviceProviderId: ServiceProviderId,
  })
  .meta({ id: 'AggregatorExportRequest' });
const VendorRequest = z
  .strictObject({
    ...MONTHS,
    kinds: each(EXPORT_KINDS_OF.VENDOR, 'kinds').default([...EXPORT_KINDS_OF.VENDOR]),
    forms: FORMS,
    serviceProviderId: ServiceProviderId,
    aggregatorId: Id.optional().meta({ description: 'Narrows invoices and statements' }),
  })
  .meta({ id: 'VendorExportRequest' });

const Export = z
  .strictObject({
    id: z.string(),
    status: z.enum(EXPORT_STATUSES),
    userId: z.string().meta({ description: 'Who has asked for it' }),
    createdTime: z.iso.datetime(),
    fromPeriod: z.string(),
    toPeriod: z.string(),
    kinds: z.array(z.enum(EXPORT_KINDS)),
    forms: z.array(z.enum(INVOICE_FORMS)),
    aggregatorId: z.string().optional(),
    serviceProviderId: z.string().optional(),
    documents: z.int().optional().meta({ description: 'Documents in it, once they are chosen' }),
    files: z.int().optional().meta({ description: 'Each document in the forms that it has, as far as the export is' }),
    finishedTime: z.iso.datetime().optional(),
    expires: z.iso.datetime().optional().meta({ description: 'It is there until then' }),
    failure: z.strictObject({ code: z.string(), message: z.string() }).optional(),
  })
  .meta({ id: 'DocumentExport', description: 'An export of documents, and how far it is' });

const ExportedFiles = z
  .strictObject({
    files: z.array(
      z.strictObject({
        name: z.string().meta({ description: 'Number of an invoice, reference of a statement or bill' }),
        kind: z.enum(EXPORT_KINDS),
        usagePeriod: z.string(),
        contractNumber: z.string().optional(),
        form: z.enum(INVOICE_FORMS),
        fileName: z.string(),
        sha256: z.string().optional().meta({ description: 'Of its bytes, hex; of stored forms' }),
        link: DocumentLink,
      }),
    ),
    total: z.int().meta({ description: 'Files on all pages' }),
  })
  .meta({ id: 'ExportedFiles', description: 'A page of the files of an export' });

const COMMON = { function: 'exportsApi', tag: 'Exports' } as const;
const THE_EXPORT = { status: 200, description: 'The export', schema: Export } as const;

const REQUEST = {
  ...COMMON,
  method: 'POST',
  summary: 'Request an export',
  description:
    'Asks for documents of some months as one export. A job begins with it within a minute: ask for it until it is DONE. One at a time for each user.',
  params: NoParameters,
  query: NoParameters,
  answer: { status: 202, description: 'The export, PENDING', schema: Export },
  problems: ['EXPORT_RUNNING'],
} as const;

const LIST = {
  ...COMMON,
  method: 'GET',
  summary: 'List exports',
  description: "Exports of the caller's organization, the latest first.",
  params: NoParameters,
  query: z.strictObject(listQuery(EXPORT_LIST)),
  answer: {
    status: 200,
    description: 'A page of exports',
    schema: pageOf(Export).meta({ id: 'PageOfDocumentExport' }),
  },
  problems: [],
} as const;

const GET = {
  ...COMMON,
  method: 'GET',
  summary: 'Get an export',
  description: 'How far an export is.',
  params: z.strictObject({ exportId: Id }),
  query: NoParameters,
  answer: THE_EXPORT,
  problems: [],
} as const;

const FILES = {
  ...COMMON,
  method: 'GET',
  summary: 'List the files of an export',
  description:
    'Its manifest: every document in every form, in the order of usage period, kind and name, each with a link that is made now and good for a few minutes. Of an export that is DONE, for seven days.',
  params: z.strictObject({ exportId: Id }),
  query: z.strictObject(pageQuery),
  answer: { status: 200, description: 'A page of files', schema: ExportedFiles },
  problems: ['TRANSITION_NOT_ALLOWED'],
} as const;

const EXAMPLE_ID = { exportId: '6f1d2c3b-4a59-4687-9e0d-1c2b3a495867' } as const;
const MADE = {
  id: EXAMPLE_ID.exportId,
  status: 'PENDING',
  userId: '0d4f7c1a-93b2-4a6e-8c55-e1b2c3d4e5f6',
  createdTime: '2026-11-12T09:00:00.000Z',
  fromPeriod: '2026-01',
  toPeriod: '2026-10',
  forms: ['pdf'],
} as const;
const DONE = {
  ...MADE,
  status: 'DONE',
  documents: 120,
  files: 120,
  finishedTime: '2026-11-12T09:01:00.000Z',
  expires: '2026-11-19T09:01:00.000Z',
} as const;
const ASKED = { fromPeriod: '2026-01', toPeriod: '2026-10', forms: ['pdf'] } as const;

const examples = <Kind extends string>(kind: Kind, name: string) => ({
  request: { body: { ...ASKED, kinds: [kind] }, answer: { ...MADE, kinds: [kind] } },
  list: { answer: { content: [{ ...DONE, kinds: [kind] }], total: 1 } },
  get: { params: EXAMPLE_ID, answer: { ...DONE, kinds: [kind] } },
  files: {
    params: EXAMPLE_ID,
    query: { limit: '100' },
    answer: {
      files: [{ name, kind, usagePeriod: '2026-10', form: 'pdf', fileName: `${name}.pdf`, link: EXAMPLE_LINK }],
      total: 120,
    },
  },
});
const OF_PROVIDER = examples('CONSOLIDATED_BILL', '2026-10/SP-0001');
const OF_AGGREGATOR = examples('ORDER', 'INV-2026-000001');

const at = (who: string) =>
  ({
    all: `/api/${who}/v1/exports`,
    one: `/api/${who}/v1/exports/{exportId}`,
    files: `/api/${who}/v1/exports/{exportId}/files`,
  }) as const;
const PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'exportDocuments' } as const;
const AGGREGATOR = { organizationType: 'AGGREGATOR', action: 'exportDocuments' } as const;
const VENDOR = { organizationType: 'VENDOR', action: 'exportDocuments' } as const;

export const exportRoutes = {
  requestProviderExport: {
    ...REQUEST,
    access: PROVIDER,
    path: at('provider').all,
    body: ProviderRequest,
    example: OF_PROVIDER.request,
  },
  listProviderExports: { ...LIST, access: PROVIDER, path: at('provider').all, example: OF_PROVIDER.list },
  getProviderExport: { ...GET, access: PROVIDER, path: at('provider').one, example: OF_PROVIDER.get },
  listProviderExportedFiles: { ...FILES, access: PROVIDER, path: at('provider').files, example: OF_PROVIDER.files },
  requestAggregatorExport: {
    ...REQUEST,
    access: AGGREGATOR,
    path: at('aggregator').all,
    body: AggregatorRequest,
    example: OF_AGGREGATOR.request,
  },
  listAggregatorExports: { ...LIST, access: AGGREGATOR, path: at('aggregator').all, example: OF_AGGREGATOR.list },
  getAggregatorExport: { ...GET, access: AGGREGATOR, path: at('aggregator').one, example: OF_AGGREGATOR.get },
  listAggregatorExportedFiles: {
    ...FILES,
    access: AGGREGATOR,
    path: at('aggregator').files,
    example: OF_AGGREGATOR.files,
  },
  requestVendorExport: {
    ...REQUEST,
    access: VENDOR,
    path: at('vendor').all,
    body: VendorRequest,
    example: OF_AGGREGATOR.request,
  },
  listVendorExports: { ...LIST, access: VENDOR, path: at('vendor').all, example: OF_AGGREGATOR.list },
  getVendorExport: { ...GET, access: VENDOR, path: at('vendor').one, example: OF_AGGREGATOR.get },
  listVendorExportedFiles: { ...FILES, access: VENDOR, path: at('vendor').files, example: OF_AGGREGATOR.files },
} as const satisfies Record<string, RouteDefinition>;
