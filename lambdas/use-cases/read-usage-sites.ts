import type { UsageSite } from '../domain/contract/usage-site.ts';
import { seesSite } from '../domain/work-group/work-group.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { USAGE_SITE_LIST } from './lists/usage-site-list.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';

type ReadSitesPortal = Pick<Portal, 'contracts' | 'usageSites'>;

const isOpen = ({ closedTime }: Pick<UsageSite, 'closedTime'>): boolean => closedTime === undefined;

/** The open usage sites of a contract. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listUsageSites(
  portal: ReadSitesPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<UsageSite>> {
  await ownContract(portal, caller, 'readContracts', contractId);
  const page = compileList(USAGE_SITE_LIST, query);
  const all = await portal.usageSites.ofContract(contractId);
  const sites = all.filter((site) => isOpen(site) && seesSite(caller.view, contractId, site.id));
  return inOrder(page(sites), sites);
}

/** The open usage sites of all contracts of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listAllUsageSites(
  portal: ReadSitesPortal,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<UsageSite>> {
  const page = compileList(USAGE_SITE_LIST, query);
  const rows = (await portal.usageSites.ofServiceProvider(organizationId)).filter(isOpen);
  const { content, total } = page(rows);
  const wanted = new Set(content.map(({ id }) => id));
  const sites = await portal.usageSites.getMany(rows.filter(({ id }) => wanted.has(id)));
  // Of what the index shows, some may have left the caller or been closed since.
  const own = sites.filter((site) => site.serviceProviderId === organizationId && isOpen(site));
  return inOrder({ content, total }, own);
}

/** A usage site of a contract, closed ones too. @throws PortalError NOT_FOUND */
export async function findUsageSite(
  portal: ReadSitesPortal,
  caller: Caller,
  contractId: string,
  siteId: string,
): Promise<UsageSite> {
  await ownContract(portal, caller, 'readContracts', contractId);
  const site = await portal.usageSites.get(contractId, siteId);
  if (!site || !seesSite(caller.view, contractId, siteId))
    throw new PortalError('NOT_FOUND', `There is no usage site ${siteId} of this contract`);
  return site;
}

function inOrder({ content, total }: Page<{ id: string }>, sites: readonly UsageSite[]): Page<UsageSite> {
  const byId = new Map(sites.map((site) => [site.id, site]));
  return { content: content.flatMap(({ id }) => byId.get(id) ?? []), total };
}
