import * as z from 'zod';
import { CUSTOMER_LIST, CUSTOMER_SEARCH } from '../../use-cases/lists/customer-lists.ts';
import { IdText, listQuery, NoParameters, pageOf } from './common.ts';
import { EXAMPLE_CONTRACT_PARAMS } from './contracts/example-ids.ts';
import type { RouteDefinition } from './route.ts';
import { CountryRegion, Id, plainText } from './text.ts';

const BriefCustomer = z
  .strictObject({
    id: IdText,
    customerNumber: z.string().meta({ description: 'Ten digits, the same on every contract' }),
    name: z.string(),
    address1: z.string(),
    address2: z.string().optional(),
    countryRegion: z.string().meta({ description: 'ISO 3166-1 code of two letters' }),
    city: z.string().optional(),
    state: z.string().optional(),
    postalCode: z.string(),
  })
  .meta({ id: 'BriefCustomer', description: 'An end customer of a contract' });

const ContractCustomer = z
  .strictObject({
    customerId: z.string().meta({ description: 'The customer number' }),
    name: z.string(),
    address1: z.string(),
    address2: z.string().optional(),
    country: z.string().meta({ description: 'ISO 3166-1 code of two letters' }),
    city: z.string().optional(),
    state: z.string().optional(),
    postalCode: z.string(),
  })
  .meta({ id: 'contractCustomer', description: 'An end customer, over all contracts' });

const FIELDS = {
  name: plainText(100),
  address1: plainText(200),
  address2: plainText(200).optional(),
  countryRegion: CountryRegion,
  city: plainText(100).optional(),
  state: plainText(100).optional().meta({ description: 'Needed where countryRegion is US' }),
  postalCode: plainText(20),
};
const CustomerRequest = z
  .object(FIELDS)
  .meta({ id: 'ContractCustomerBriefRequest', description: 'What is said of an end customer' });
const EndCustomer = z.strictObject(FIELDS).meta({ id: 'EndCustomer' });
const KnownCustomer = z
  .strictObject({
    customerNumber: z
      .string()
      .regex(/^\d{10}$/, 'must be ten digits')
      .meta({
        description: 'Exact number of a customer there is, also of another service provider',
        example: '4711000815',
      }),
  })
  .meta({ id: 'KnownCustomer' });

const SISO_FIELD = plainText(200).optional();
const SISO = { reseller: SISO_FIELD, influencer: SISO_FIELD, msp: SISO_FIELD };
const SisoRequest = z.object(SISO).meta({
  id: 'ContractCustomerSisoUpdateRequest',
  description: 'Who else has a part in the business with a customer; what is not given is nobody',
});
const SisoInfo = z
  .strictObject({
    reseller: z.string().optional(),
    influencer: z.string().optional(),
    msp: z.string().optional(),
  })
  .meta({ id: 'SisoInfo', description: 'Who else has a part in the business with a customer' });

const MOST_LABELS = 100;
const LabelsRequest = z
  .object({
    labels: z
      .array(plainText(100))
      .max(MOST_LABELS, `must have at most ${MOST_LABELS} labels`)
      .meta({ description: 'All labels that name the customer; what is not named is let go of' }),
  })
  .meta({ id: 'CustomerLabelsRequest' });
const Labels = z.strictObject({ labels: z.array(z.string()) }).meta({ id: 'CustomerLabels' });

const EXAMPLE_CUSTOMER_ID = 'c7240730-5a1f-4b0c-8d2e-250300000003';
const { name, ...ADDRESS } = {
  name: 'Steven',
  address1: 'SW Ste 212 Manhattan DC',
  countryRegion: 'US',
  city: 'New York',
  state: 'NY',
  postalCode: '10041',
} as const;
export const EXAMPLE_CUSTOMER = { id: EXAMPLE_CUSTOMER_ID, customerNumber: '4711000815', name } as const;
const EXAMPLE = { ...EXAMPLE_CUSTOMER, ...ADDRESS };
const EXAMPLE_SISO = { reseller: 'Multi-Cloud Provider - 100393' };
const { countryRegion: country, ...REST } = ADDRESS;

const OF_CONTRACT = z.strictObject({ contractId: Id });
const ONE = z.strictObject({ contractId: Id, customerId: Id });
const EXAMPLE_ONE = { ...EXAMPLE_CONTRACT_PARAMS, customerId: EXAMPLE_CUSTOMER_ID };
const CUSTOMERS = '/api/provider/v1/contracts/{contractId}/customers';
const END_CUSTOMERS = '/api/provider/v1/contracts/{contractId}/endCustomers';

const READ = {
  method: 'GET',
  function: 'customersApi',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'readCustomers' },
  published: true,
  tag: 'Customer',
  query: z.object({}),
  problems: [],
} as const;
const KEEP_ADDED = {
  function: 'customersApi',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'keepCustomers' },
  tag: 'Customer',
  query: NoParameters,
  problems: ['NOT_OF_THIS_FAMILY', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
} as const;
const KEEP = { ...KEEP_ADDED, published: true, query: z.object({}) } as const;
const CUSTOMER = { status: 200, description: 'The customer', schema: BriefCustomer } as const;
const CHANGE = {
  method: 'PUT',
  editable: true,
  params: ONE,
  summary: 'Update a customer',
  description:
    'Changes what is said of a customer, on all contracts it is of: a field that is not given is empty from now on. Only who has registered it may.',
  answer: CUSTOMER,
  example: { params: EXAMPLE_ONE, body: { name, ...ADDRESS }, answer: EXAMPLE },
} as const;

export const customerRoutes = {
  searchCustomers: {
    ...READ,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'searchCustomers' },
    path: '/api/provider/v1/contracts/customers',
    summary: 'Get contract customers',
    description:
      'Customers that the organization has registered, over all contracts. One of another service provider is found by its exact number alone (`customerId==4711000815`), while the organization has a contract of Sovereign Cloud.',
    params: NoParameters,
    query: z.object(listQuery(CUSTOMER_SEARCH)),
    answer: {
      status: 200,
      description: 'A page of customers',
      schema: pageOf(ContractCustomer).meta({ id: 'PageOfcontractCustomer' }),
    },
    example: {
      query: { filter: 'name==St*' },
      answer: { content: [{ customerId: EXAMPLE.customerNumber, name, country, ...REST }], total: 1 },
    },
  },
  listCustomers: {
    ...READ,
    path: CUSTOMERS,
    summary: 'List contract customers',
    description: 'The end customers of a contract; contracts of SOV and LPCAAS have some.',
    params: OF_CONTRACT,
    query: z.object(listQuery(CUSTOMER_LIST)),
    answer: {
      status: 200,
      description: 'A page of customers',
      schema: pageOf(BriefCustomer).meta({ id: 'PageOfBriefCustomer' }),
    },
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      query: { filter: 'customerNumber==4711*' },
      answer: { content: [EXAMPLE], total: 1 },
    },
  },
  createCustomer: {
    ...KEEP,
    method: 'POST',
    path: CUSTOMERS,
    summary: 'Create a customer',
    description: 'Registers an end customer and adds it to a contract of LPCAAS, the one family this is for.',
    params: OF_CONTRACT,
    body: CustomerRequest,
    answer: CUSTOMER,
    example: { params: EXAMPLE_CONTRACT_PARAMS, body: { name, ...ADDRESS }, answer: EXAMPLE },
  },
  getCustomer: {
    ...READ,
    editable: true,
    path: `${CUSTOMERS}/{customerId}`,
    summary: 'Get a customer',
    description: 'An end customer of a contract.',
    params: ONE,
    answer: CUSTOMER,
    example: { params: EXAMPLE_ONE, answer: EXAMPLE },
  },
  updateCustomer: { ...KEEP, ...CHANGE, path: `${CUSTOMERS}/{customerId}`, body: CustomerRequest },
  getCustomerLabels: {
    ...READ,
    editable: true,
    path: `${CUSTOMERS}/{customerId}/labels`,
    summary: 'Get the labels of a customer',
    description: 'The labels of usage meters that name a customer of a contract.',
    params: ONE,
    answer: { status: 200, description: 'The labels', schema: Labels },
    example: { params: EXAMPLE_ONE, answer: { labels: ['tenant-a'] } },
  },
  updateCustomerLabels: {
    ...KEEP,
    editable: true,
    method: 'PUT',
    path: `${CUSTOMERS}/{customerId}/labels`,
    summary: 'Update the labels of a customer',
    description:
      'Says which labels of usage meters name a customer of a SOV contract: metered usage of the running month becomes that of the customer within minutes, that of later months comes in so. A label names one customer.',
    params: ONE,
    body: LabelsRequest,
    answer: { status: 200, description: 'The labels', schema: Labels },
    example: { params: EXAMPLE_ONE, body: { labels: ['tenant-a'] }, answer: { labels: ['tenant-a'] } },
  },
  getCustomerSiso: {
    ...READ,
    editable: true,
    path: `${CUSTOMERS}/{customerId}/siso`,
    summary: 'Get the SISO info of a customer',
    description: 'Who else has a part in the business with a customer of a contract.',
    params: ONE,
    answer: { status: 200, description: 'The SISO info', schema: SisoInfo },
    example: { params: EXAMPLE_ONE, answer: EXAMPLE_SISO },
  },
  updateCustomerSiso: {
    ...KEEP,
    editable: true,
    method: 'PUT',
    path: `${CUSTOMERS}/{customerId}/siso`,
    summary: 'Update the SISO info of a customer',
    description: 'Says who else has a part in the business with a customer of a contract.',
    params: ONE,
    body: SisoRequest,
    answer: { status: 200, description: 'The SISO info', schema: SisoInfo },
    example: { params: EXAMPLE_ONE, body: EXAMPLE_SISO, answer: EXAMPLE_SISO },
  },
  registerEndCustomer: {
    ...KEEP_ADDED,
    method: 'POST',
    path: END_CUSTOMERS,
    summary: 'Register an end customer',
    description: 'Registers a new end customer and adds it to a contract of SOV.',
    params: OF_CONTRACT,
    body: EndCustomer,
    answer: { ...CUSTOMER, status: 201 },
    example: { params: EXAMPLE_CONTRACT_PARAMS, body: { name, ...ADDRESS }, answer: EXAMPLE },
  },
  addEndCustomer: {
    ...KEEP_ADDED,
    method: 'POST',
    path: `${END_CUSTOMERS}/add`,
    summary: 'Add an end customer',
    description:
      'Adds an end customer that is known, also of another service provider, to a contract of SOV by its exact number.',
    params: OF_CONTRACT,
    body: KnownCustomer,
    answer: { ...CUSTOMER, status: 201 },
    example: { params: EXAMPLE_CONTRACT_PARAMS, body: { customerNumber: '4711000815' }, answer: EXAMPLE },
  },
  updateEndCustomer: {
    ...KEEP_ADDED,
    ...CHANGE,
    path: `${END_CUSTOMERS}/{customerId}`,
    summary: 'Change an end customer',
    body: EndCustomer,
  },
} as const satisfies Record<string, RouteDefinition>;
