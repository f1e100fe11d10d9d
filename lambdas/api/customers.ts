import { isBound } from '../domain/customer/labels.ts';
import { usageSiteRoutes } from '../manifest/routes/contracts/usage-sites.ts';
import { customerRoutes } from '../manifest/routes/customers.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { addKnownCustomer, registerCustomer } from '../use-cases/add-customer.ts';
import { bindCustomerLabels } from '../use-cases/bind-customer-labels.ts';
import { type CustomerEdit, editCustomer, setCustomerSiso } from '../use-cases/edit-customer.ts';
import { type CustomerOfContract, ownCustomer } from '../use-cases/own-customer.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listCustomers, searchCustomers } from '../use-cases/read-customers.ts';
import { usageSites } from './usage-sites.ts';

export const resource: ResourceOf<'customersApi'> = {
  ...usageSites,

  searchCustomers: async (portal, { caller, query }) => {
    const { content, total } = await searchCustomers(portal, caller, query);
    return {
      body: {
        content: content.map((customer) => {
          const { id: _id, customerNumber: customerId, countryRegion: country, ...rest } = customerBody(customer);
          return { customerId, country, ...rest };
        }),
        total,
      },
    };
  },

  listCustomers: async (portal, { caller, params, query }) => {
    const { content, total } = await listCustomers(portal, caller, params.contractId, query);
    return { body: { content: content.map(customerBody), total } };
  },

  createCustomer: async (portal, { caller, params, body, now }) =>
    customerAnswer(await registerCustomer(portal, { caller, ...params, now }, 'LPCAAS', given(body))),

  getCustomer: async (portal, request) => customerAnswer(await found(portal, request)),

  updateCustomer: async (portal, request) =>
    customerAnswer(await editCustomer(portal, editOf(request), 'LPCAAS', given(request.body))),

  getCustomerLabels: async (portal, request) => labelsAnswer(await found(portal, request)),

  updateCustomerLabels: async (portal, request) =>
    labelsAnswer(await bindCustomerLabels(portal, editOf(request), request.body.labels)),

  getCustomerSiso: async (portal, request) => sisoAnswer(await found(portal, request)),

  updateCustomerSiso: async (portal, request) =>
    sisoAnswer(await setCustomerSiso(portal, editOf(request), given(request.body))),

  registerEndCustomer: async (portal, { caller, params, body, now }) =>
    added(await registerCustomer(portal, { caller, ...params, now }, 'SOV', given(body))),

  addEndCustomer: async (portal, { caller, params, body, now }) =>
    added(await addKnownCustomer(portal, { caller, ...params, now }, body.customerNumber)),

  updateEndCustomer: async (portal, request) =>
    customerAnswer(await editCustomer(portal, editOf(request), 'SOV', given(request.body))),
};

export const handler = apiHandler({ ...customerRoutes, ...usageSiteRoutes }, resource);

type OfCustomer = Pick<ApiRequest<'updateCustomer'>, 'caller' | 'params' | 'now' | 'ifMatch'>;

const editOf = ({ caller, params, now, ifMatch }: OfCustomer): CustomerEdit => ({ caller, ...params, now, ifMatch });

const found = (portal: Portal, { caller, params }: Pick<OfCustomer, 'caller' | 'params'>) =>
  ownCustomer(portal, caller, 'readCustomers', params);

type Given<Fields> = { [Field in keyof Fields]: Exclude<Fields[Field], undefined> };

/** Without members that are undefined, which domain values don't have. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;
}

const customerAnswer = ({ customer }: CustomerOfContract) => ({
  body: customerBody(customer),
  version: customer.version,
});

const added = ({ contract, customer }: CustomerOfContract) => ({
  body: customerBody(customer),
  location: `/api/provider/v1/contracts/${contract.id}/customers/${customer.id}`,
});

const labelsAnswer = ({ kept: { labels, version } }: CustomerOfContract) => ({
  body: { labels: labels.filter(isBound).map(({ label }) => label) },
  version,
});

const sisoAnswer = ({ kept: { siso, version } }: CustomerOfContract) => ({ body: siso, version });

function customerBody(customer: CustomerOfContract['customer']): Answer<'getCustomer'>['body'] {
  const { serviceProviderId: _owner, lastModifiedTime: _time, version: _version, ...told } = customer;
  return told;
}
