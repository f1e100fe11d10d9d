import * as z from 'zod';
import { CanonicalInvoiceSchema } from '../../documents/canonical-invoice.ts';
import { INVOICE_FORMS } from '../../domain/invoice/document-forms.ts';
import { INVOICE_KINDS } from '../../domain/invoice/invoice.ts';
import { INVOICE_LIST, VENDOR_INVOICE_LIST } from '../../use-cases/lists/invoice-list.ts';
import { Decimal, DocumentLink, EXAMPLE_LINK, listQuery, NoParameters, PeriodText, pageOf } from './common.ts';
import { EXAMPLE_INVOICE } from './invoice-example.ts';
import type { RouteDefinition } from './route.ts';

const InvoiceSummary = z
  .strictObject({
    number: z.string(),
    kind: z.enum(INVOICE_KINDS),
    usagePeriod: z.string(),
    invoiceDate: z.iso.date(),
    dueDate: z.iso.date(),
    aggregatorId: z.string(),
    serviceProviderId: z.string(),
    contractId: z.string(),
    contractNumber: z.string(),
    skuCode: z.string(),
    points: Decimal,
    currency: z.string(),
    net: Decimal,
    tax: Decimal,
    gross: Decimal,
    corrects: z.string().optional().meta({ description: 'Number of the invoice that it takes back' }),
    creditedBy: z.string().optional().meta({ description: 'Number of the document that takes it back' }),
  })
  .meta({ id: 'InvoiceSummary', description: 'An invoice or credit note as lists show it' });

const Invoice = CanonicalInvoiceSchema.meta({ id: 'Invoice', description: 'An invoice or credit note in full' });
const PageOfInvoices = pageOf(InvoiceSummary).meta({ id: 'PageOfInvoiceSummary' });

/** Number of a document in a path. */
export const InvoiceNumber = z
  .string()
  .regex(/^(INV|CRN)-\d{4}-\d{6,12}$/)
  .meta({ description: 'Number of an invoice or credit note', example: 'INV-2026-000001' });

const NUMBER_PARAMS = z.strictObject({ number: InvoiceNumber });
const InvoiceExtension = z.enum(INVOICE_FORMS).meta({
  description: 'Form of the document: `focus` is FOCUS 1.2 in CSV, `ubl` an electronic invoice by EN 16931',
  example: 'pdf',
});
const DOCUMENT_PARAMS = z.strictObject({ number: InvoiceNumber, ext: InvoiceExtension });

const LIST = {
  method: 'GET',
  function: 'invoicesApi',
  tag: 'Invoices',
  summary: 'List invoices',
  params: NoParameters,
  answer: { status: 200, description: 'A page of invoices', schema: PageOfInvoices },
  problems: [],
} as const;

const EXAMPLE_PAGE = {
  content: [
    {
      number: 'INV-2026-000001',
      kind: 'ORDER',
      usagePeriod: '2026-10',
      invoiceDate: '2026-11-10',
      dueDate: '2026-12-10',
      aggregatorId: 'AGG-0001',
      serviceProviderId: 'SP-0001',
      contractId: 'C-0001',
      contractNumber: '40000001',
      skuCode: 'VSPP3-1800-C',
      points: '1830',
      currency: 'USD',
      net: '1610.40',
      tax: '0.00',
      gross: '1610.40',
    },
  ],
  total: 1,
};

const GET = {
  method: 'GET',
  function: 'invoicesApi',
  tag: 'Invoices',
  summary: 'Get an invoice',
  description: 'The content of its canonical JSON. One above 5 MB has to be downloaded as a document.',
  params: NUMBER_PARAMS,
  query: NoParameters,
  answer: { status: 200, description: 'The invoice', schema: Invoice },
  problems: [],
  example: { params: { number: 'INV-2026-000001' }, answer: EXAMPLE_INVOICE },
} as const;

const GET_DOCUMENT = {
  method: 'GET',
  function: 'invoicesApi',
  tag: 'Invoices',
  summary: 'Download an invoice',
  description:
    'Answers a link that downloads the document and is good for a few minutes. `focus` and `ubl` are made when they are asked for. There is a `ubl` of invoices and credit notes in EUR with tax, or as a reverse charge.',
  params: DOCUMENT_PARAMS,
  query: NoParameters,
  answer: { status: 200, description: 'The link', schema: DocumentLink },
  problems: ['E_INVOICE_NOT_POSSIBLE'],
  example: { params: { number: 'INV-2026-000001', ext: 'pdf' }, answer: EXAMPLE_LINK },
} as const;

const AGGREGATOR = { access: { organizationType: 'AGGREGATOR', action: 'readInvoices' } } as const;
const VENDOR = { access: { organizationType: 'VENDOR', action: 'readInvoices' } } as const;

export const invoiceRoutes = {
  listAggregatorInvoices: {
    ...LIST,
    ...AGGREGATOR,
    path: '/api/aggregator/v1/invoices',
    description: "The aggregator's invoices and credit notes, of all usage periods or of one.",
    query: z.strictObject({ ...listQuery(INVOICE_LIST), usagePeriod: PeriodText.optional() }),
    example: { query: { filter: 'usagePeriod=ge=2026-10;gross=gt=1000', sort: '-gross' }, answer: EXAMPLE_PAGE },
  },
  getAggregatorInvoice: { ...GET, ...AGGREGATOR, path: '/api/aggregator/v1/invoices/{number}' },
  getAggregatorInvoiceDocument: {
    ...GET_DOCUMENT,
    ...AGGREGATOR,
    path: '/api/aggregator/v1/invoices/{number}/documents/{ext}',
  },
  listVendorInvoices: {
    ...LIST,
    ...VENDOR,
    path: '/api/vendor/v1/invoices',
    description: 'All invoices and credit notes of a usage period.',
    query: z.strictObject({ ...listQuery(VENDOR_INVOICE_LIST), usagePeriod: PeriodText }),
    example: { query: { usagePeriod: '2026-10', limit: '50' }, answer: EXAMPLE_PAGE },
  },
  getVendorInvoice: { ...GET, ...VENDOR, path: '/api/vendor/v1/invoices/{number}' },
  getVendorInvoiceDocument: { ...GET_DOCUMENT, ...VENDOR, path: '/api/vendor/v1/invoices/{number}/documents/{ext}' },
} as const satisfies Record<string, RouteDefinition>;
