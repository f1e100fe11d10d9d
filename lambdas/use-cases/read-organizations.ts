import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { BILL_TO_ACCOUNT_LIST } from './lists/bill-to-account-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { ORGANIZATION_LIST } from './lists/organization-list.ts';
import type { OrganizationRow } from './ports/organizations.ts';
import type { Portal } from './ports/portal.ts';

/** All organizations of the programme, for the vendor. @throws PortalError BAD_REQUEST */
export async function listOrganizations(portal: Portal, query: ListQuery): Promise<Page<OrganizationRow>> {
  const page = compileList(ORGANIZATION_LIST, query);
  return page(await portal.organizations.rows());
}

/** @throws PortalError NOT_FOUND */
export async function findOrganization(portal: Portal, id: string): Promise<Organization> {
  const organization = await portal.organizations.get(id);
  if (!organization) throw new PortalError('NOT_FOUND', `There is no organization ${id}`);
  return organization;
}

/** An organization that holds contracts. @throws PortalError NOT_FOUND, also for one of another kind */
export async function findAggregator(portal: Portal, id: string): Promise<Organization> {
  const organization = await portal.organizations.get(id);
  if (organization?.type !== 'AGGREGATOR') throw new PortalError('NOT_FOUND', `There is no aggregator ${id}`);
  return organization;
}

/** Bill-to accounts of an aggregator, all for the vendor. @throws PortalError BAD_REQUEST; NOT_FOUND */
export async function listBillToAccounts(
  portal: Portal,
  aggregatorId: string,
  query: ListQuery,
): Promise<Page<BillToAccount>> {
  const page = compileList(BILL_TO_ACCOUNT_LIST, query);
  await findAggregator(portal, aggregatorId);
  return page(await portal.organizations.billToAccounts(aggregatorId));
}

/** The active bill-to accounts of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listOwnBillToAccounts(
  portal: Portal,
  caller: Caller,
  query: ListQuery,
): Promise<Page<BillToAccount>> {
  const page = compileList(BILL_TO_ACCOUNT_LIST, query);
  const accounts = await portal.organizations.billToAccounts(caller.organizationId);
  return page(accounts.filter((account) => account.active));
}
