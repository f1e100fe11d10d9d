import { partyDocumentRoutes } from '../manifest/routes/party-documents.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import { findPartyDocument, listPartyDocuments, readConsolidatedBills } from '../use-cases/read-party-documents.ts';

export const resource: ResourceOf<'consolidatedBillsApi'> = {
  listConsolidatedBills: async (portal, { caller, query }) => {
    const { content, total } = await listPartyDocuments(portal, caller, query);
    const rows = content.map(({ period, run, reference }) => ({ usagePeriod: period, run, reference }));
    return { body: { content: rows, total } };
  },

  getConsolidatedBills: async (portal, { caller, params }) => {
    const content = await readConsolidatedBills(portal, caller, params.period);
    return { body: { content, total: content.length } };
  },

  getConsolidatedBillDocument: async (portal, { caller, params, now }) => {
    const { key, run } = await findPartyDocument(portal, caller, params.period, params.run);
    return { body: await portal.documents.link(`${key}.${params.ext}`, `consolidated-bill-${run}.${params.ext}`, now) };
  },
};

export const handler = apiHandler(partyDocumentRoutes, resource);
