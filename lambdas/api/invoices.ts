import { monthlyDocumentRoutes } from '../manifest/routes/bills/monthly-documents.ts';
import { invoiceRoutes } from '../manifest/routes/invoices.ts';
import { partyDocumentRoutes } from '../manifest/routes/party-documents.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { StoredInvoice } from '../use-cases/ports/invoices.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { type InvoiceQuery, listInvoices, readInvoice } from '../use-cases/read-invoices.ts';
import { findPartyDocument, listPartyDocuments } from '../use-cases/read-party-documents.ts';
import { documentLinks } from './document-links.ts';

type ByNumber = { caller: Caller; params: { number: string } };

const list = async (portal: Portal, { caller, query }: { caller: Caller; query: InvoiceQuery }) => {
  const { content, total } = await listInvoices(portal, caller, query);
  return { body: { content: content.map(summaryOf), total } };
};

const get = async (portal: Portal, { caller, params }: ByNumber) => ({
  body: await readInvoice(portal, caller, params.number),
});

export const resource: ResourceOf<'invoicesApi'> = {
  ...documentLinks,

  listAggregatorInvoices: list,
  getAggregatorInvoice: get,
  listVendorInvoices: list,
  getVendorInvoice: get,

  listStatements: async (portal, { caller, query }) => {
    const { content, total } = await listPartyDocuments(portal, caller, query);
    return {
      body: { content: content.map(({ period, run, reference }) => ({ usagePeriod: period, run, reference })), total },
    };
  },

  getStatementDocument: async (portal, { caller, params, now }) => {
    const { key, run } = await findPartyDocument(portal, caller, params.period, params.run);
    return { body: await portal.documents.link(`${key}.${params.ext}`, `statement-${run}.${params.ext}`, now) };
  },
};

export const handler = apiHandler({ ...invoiceRoutes, ...monthlyDocumentRoutes, ...partyDocumentRoutes }, resource);

function summaryOf(invoice: StoredInvoice): Answer<'listVendorInvoices'>['body']['content'][number] {
  const { source: _source, hashes: _hashes, lineSet: _lineSet, ...summary } = invoice;
  return summary;
}
