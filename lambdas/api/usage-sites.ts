import { randomUUID } from 'node:crypto';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { closeUsageSite, createUsageSite, editUsageSite } from '../use-cases/keep-usage-site.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findUsageSite, listAllUsageSites, listUsageSites } from '../use-cases/read-usage-sites.ts';
import { keptSite, pageBody, siteBody } from './contract-bodies.ts';

/** What customersApi does with usage sites. */
export const usageSites = {
  listAggregatorUsageSites: sitesOf,
  listProviderUsageSites: sitesOf,

  listAllUsageSites: async (portal, { caller, query }) =>
    pageBody(await listAllUsageSites(portal, caller, query), (site) => ({
      ...siteBody(site),
      contractReferenceNumber: site.contractReferenceNumber,
    })),

  getAggregatorUsageSite: siteOf,
  getProviderUsageSite: siteOf,
  createAggregatorUsageSite: createSite,
  createProviderUsageSite: createSite,
  changeAggregatorUsageSite: changeSite,
  changeProviderUsageSite: changeSite,
  closeAggregatorUsageSite: closeSite,
  closeProviderUsageSite: closeSite,
} satisfies Partial<ResourceOf<'customersApi'>>;

type SitesRequest = Pick<ApiRequest<'listAggregatorUsageSites'>, 'caller' | 'params' | 'query'>;

async function sitesOf(portal: Portal, { caller, params, query }: SitesRequest) {
  return pageBody(await listUsageSites(portal, caller, params.contractId, query), siteBody);
}

async function siteOf(portal: Portal, { caller, params }: Pick<SiteRequest, 'caller' | 'params'>) {
  return keptSite(await findUsageSite(portal, caller, params.contractId, params.usageSiteId));
}

async function createSite(
  portal: Portal,
  { caller, params, body, now }: Pick<ApiRequest<'createAggregatorUsageSite'>, 'caller' | 'params' | 'body' | 'now'>,
) {
  return keptSite(await createUsageSite(portal, { caller, ...params, now, id: randomUUID() }, body));
}

type SiteRequest = Pick<ApiRequest<'changeAggregatorUsageSite'>, 'caller' | 'params' | 'ifMatch' | 'now'>;
const siteChange = ({ caller, params, ifMatch, now }: SiteRequest) => ({
  caller,
  contractId: params.contractId,
  siteId: params.usageSiteId,
  ifMatch,
  now,
});

async function changeSite(
  portal: Portal,
  { body, ...request }: SiteRequest & Pick<ApiRequest<'changeAggregatorUsageSite'>, 'body'>,
) {
  return keptSite(await editUsageSite(portal, siteChange(request), body));
}

async function closeSite(portal: Portal, request: SiteRequest) {
  return keptSite(await closeUsageSite(portal, siteChange(request)));
}
