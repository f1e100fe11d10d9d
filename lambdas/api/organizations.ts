import { randomUUID } from 'node:crypto';
import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import { billToAccountRoutes } from '../manifest/routes/bill-to-accounts.ts';
import { ownOrganizationRoutes } from '../manifest/routes/onboarding.ts';
import { organizationRoutes } from '../manifest/routes/organizations.ts';
import { profileRoutes } from '../manifest/routes/profile.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import { createBillToAccount, editBillToAccount } from '../use-cases/change-bill-to-account.ts';
import { editOrganization, moveOrganization } from '../use-cases/change-organization.ts';
import { createOrganization, type NewOrganization } from '../use-cases/create-organization.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import {
  findOrganization,
  listBillToAccounts,
  listOrganizations,
  listOwnBillToAccounts,
} from '../use-cases/read-organizations.ts';

import { organizationBody } from './organization-body.ts';

export const resource: ResourceOf<'organizationsApi'> = {
  createOrganization: async (portal, { caller, body, now }) => {
    const { productFamily, taxId, ...rest } = body;
    const wanted: NewOrganization = { ...rest, id: randomUUID(), ...(taxId !== undefined && { taxId }) };
    const organization = await createOrganization(portal, caller, { ...wanted, productFamily }, now);
    return { ...answer(organization), location: `/api/vendor/v1/organizations/${organization.id}` };
  },

  listOrganizations: async (portal, { query }) => ({ body: await listOrganizations(portal, query) }),

  getOrganization: async (portal, { params }) => answer(await findOrganization(portal, params.organizationId)),

  changeOrganization: async (portal, { params, body, ...request }) => {
    const { reason, ...edit } = body;
    return answer(await editOrganization(portal, { ...request, ...params, reason }, edit));
  },

  deactivateOrganization: async (portal, { params, body, ...request }) =>
    answer(await moveOrganization(portal, { ...request, ...params, ...body }, 'deactivate')),

  activateOrganization: async (portal, { params, body, ...request }) =>
    answer(await moveOrganization(portal, { ...request, ...params, ...body }, 'activate')),

  getAggregatorOrganization: ownOrganization,
  getProviderOrganization: ownOrganization,
  changeAggregatorOrganization: changeOwn,
  changeProviderOrganization: changeOwn,

  listBillToAccounts: async (portal, { caller, query }) => {
    const { content, total } = await listOwnBillToAccounts(portal, caller, query);
    return { body: { content: content.map(detailOf), total } };
  },

  listVendorBillToAccounts: async (portal, { params, query }) => {
    const { content, total } = await listBillToAccounts(portal, params.organizationId, query);
    return { body: { content: content.map(accountBody), total } };
  },

  createBillToAccount: async (portal, { caller, params, body, now }) => {
    const { taxId, ...rest } = body;
    const wanted = { ...rest, id: randomUUID(), aggregatorId: params.organizationId };
    const account = await createBillToAccount(
      portal,
      caller,
      { ...wanted, ...(taxId !== undefined && { taxId }) },
      now,
    );
    return { body: accountBody(account), version: account.version };
  },

  changeBillToAccount: async (portal, { params, body, ...request }) => {
    const { organizationId: aggregatorId, billToAccountId: id } = params;
    const account = await editBillToAccount(portal, { ...request, aggregatorId, id }, body);
    return { body: accountBody(account), version: account.version };
  },

  getAggregatorProfile: profileOf,
  getProviderProfile: profileOf,
};

export const handler = apiHandler(
  { ...organizationRoutes, ...ownOrganizationRoutes, ...billToAccountRoutes, ...profileRoutes },
  resource,
);

async function profileOf(portal: Portal, { caller }: { caller: Caller }) {
  const { name, prmId } = await findOrganization(portal, caller.organizationId);
  return { body: { name, prmId } };
}

async function ownOrganization(portal: Portal, { caller }: { caller: Caller }) {
  return answer(await findOrganization(portal, caller.organizationId));
}

type OwnChange = Pick<ApiRequest<'changeProviderOrganization'>, 'caller' | 'body' | 'now' | 'ifMatch'>;

async function changeOwn(portal: Portal, { body, ...request }: OwnChange) {
  const change = { ...request, organizationId: request.caller.organizationId };
  return answer(await editOrganization(portal, change, body));
}

const answer = (organization: Organization) => ({
  body: organizationBody(organization),
  version: organization.version,
});

function detailOf({ id, accountNumber, siteId, location, countryRegion }: BillToAccount) {
  return { id, accountNumber, siteId, location, countryRegion };
}

function accountBody(account: BillToAccount): Answer<'changeBillToAccount'>['body'] {
  const { aggregatorId: _aggregatorId, version: _version, address, ...rest } = account;
  return { ...rest, address: [...address] };
}
