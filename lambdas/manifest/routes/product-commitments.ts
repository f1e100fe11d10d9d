import * as z from 'zod';
import {
  COMMITMENT_TERMS,
  PAYMENTS,
  PRODUCT_COMMITMENT_STATUSES,
} from '../../domain/product-commitment/product-commitment.ts';
import { PRODUCT_COMMITMENT_LIST } from '../../use-cases/lists/product-commitment-list.ts';
import { Decimal, IdText, listQuery, MONTH_PATTERN, MonthText, NoParameters, PeriodText, pageOf } from './common.ts';
import { EXAMPLE_CONTRACT_PARAMS } from './contracts/example-ids.ts';
import { EXAMPLE_CUSTOMER } from './customers.ts';
import { decimalNumber, ExactNumber } from './exact-numbers.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const ProductCommitment = z
  .strictObject({
    id: IdText,
    name: z.string(),
    bol: MonthText,
    eol: MonthText,
    commitment: z
      .array(z.strictObject({ beginMonth: MonthText, endMonth: MonthText, quantity: ExactNumber }))
      .meta({ description: 'Terms with the quantity of each of their months' }),
    product: z.strictObject({ id: IdText, code: z.string(), name: z.string() }),
    uom: z.string(),
    customer: z.strictObject({ id: IdText, customerNumber: z.string(), name: z.string() }),
    payment: z.enum(PAYMENTS),
    status: z.enum(PRODUCT_COMMITMENT_STATUSES),
    term: z.enum(COMMITMENT_TERMS),
  })
  .meta({ id: 'ProductCommitment', description: 'A quantity of a product that an end customer has committed to' });

const Name = plainText(100).meta({ description: "For the caller's own reference" });
const CreateRequest = z
  .object({
    customerId: z.string().max(64).meta({ format: 'uuid' }),
    product: z.string().max(100).meta({ description: "Code of a product of the contract's family" }),
    uom: z.string().max(100).meta({ description: "The product's unit of measure" }),
    quantity: decimalNumber(6).meta({ description: 'Of every month' }),
    bol: z
      .string()
      .max(20)
      .meta({ ...MONTH_PATTERN, description: 'First month' }),
    term: z.enum(COMMITMENT_TERMS, `must be one of ${COMMITMENT_TERMS.join(', ')}`),
    name: Name,
    payment: z.string().refine((text) => text === 'MONTHLY', 'must be MONTHLY'),
  })
  .meta({ id: 'ProductCommitmentCreateRequest' });
const UpdateRequest = z.object({ name: Name }).meta({ id: 'ProductCommitmentUpdateRequest' });
const RenewRequest = z.object({ name: Name.optional() }).meta({ id: 'ProductCommitmentRenewRequest' });

const MOST_USES = 1_000;
const USE = { customerNumber: z.string().max(100), code: z.string().max(100) };
const UseRequest = z
  .strictObject({
    usage: z
      .array(
        z.strictObject({
          ...USE,
          quantity: z.union([z.string().max(30), decimalNumber(6)]).meta({ description: 'As text or as a number' }),
        }),
      )
      .max(MOST_USES, `must have at most ${MOST_USES} entries`)
      .meta({ description: 'All that was used in the month: what is not named was not' }),
  })
  .meta({ id: 'CustomerUseRequest' });
const Use = z
  .strictObject({ usage: z.array(z.strictObject({ ...USE, quantity: Decimal })) })
  .meta({ id: 'CustomerUse', description: 'What the end customers of a contract have used in a month' });

const EXAMPLE_ID = '775dc4c1-1b2c-4d3e-8f40-8328ac75e878';
const EXAMPLE = {
  id: EXAMPLE_ID,
  name: 'my_commitment_1',
  bol: '2027-01',
  eol: '2027-12',
  commitment: [{ beginMonth: '2027-01', endMonth: '2027-12', quantity: 100 }],
  product: { id: '892ae1d0-1b2c-4d3e-8f40-f04b00000005', code: 'VR-OSTACK4-C', name: 'Integrated OpenStack' },
  uom: 'GB vRAM',
  customer: EXAMPLE_CUSTOMER,
  payment: 'MONTHLY',
  status: 'ACTIVE',
  term: 'YEAR_1',
} as const;
const EXAMPLE_ONE = { ...EXAMPLE_CONTRACT_PARAMS, commitmentId: EXAMPLE_ID };
const EXAMPLE_USE = {
  usage: [{ customerNumber: EXAMPLE_CUSTOMER.customerNumber, code: 'VR-OSTACK4-C', quantity: '130' }],
};

const COMMITMENTS = '/api/provider/v1/contracts/{contractId}/productCommitments';
const OF_CONTRACT = z.strictObject({ contractId: Id });
const ONE = z.strictObject({ contractId: Id, commitmentId: Id });
const READ = {
  function: 'commitmentsApi',
  tag: 'Product Commitment',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'readCommitments' },
  published: true,
  method: 'GET',
  problems: [],
} as const;
const KEEP = {
  function: 'commitmentsApi',
  tag: 'Product Commitment',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'keepCommitments' },
  published: true,
  query: z.object({}),
  answer: { status: 200, description: 'The commitment', schema: ProductCommitment },
} as const;
const USED = {
  function: 'commitmentsApi',
  tag: 'Product Commitment',
  access: { organizationType: 'VENDOR', action: 'sayCustomerUse' },
  path: '/api/vendor/v1/contracts/{contractId}/customerUse/{usagePeriod}',
  params: z.strictObject({ contractId: Id, usagePeriod: PeriodText }),
  query: NoParameters,
  answer: { status: 200, description: 'What was used', schema: Use },
} as const;
const EXAMPLE_MONTH = { ...EXAMPLE_CONTRACT_PARAMS, usagePeriod: '2026-10' };

export const productCommitmentRoutes = {
  listProductCommitments: {
    ...READ,
    path: COMMITMENTS,
    summary: 'List product commitments',
    description: 'The product commitments of an LPCAAS contract.',
    params: OF_CONTRACT,
    query: z.object(listQuery(PRODUCT_COMMITMENT_LIST)),
    answer: {
      status: 200,
      description: 'A page of commitments',
      schema: pageOf(ProductCommitment).meta({ id: 'PageOfProductCommitment' }),
    },
    example: { params: EXAMPLE_CONTRACT_PARAMS, query: { sort: '-bol' }, answer: { content: [EXAMPLE], total: 1 } },
  },
  createProductCommitment: {
    ...KEEP,
    method: 'POST',
    path: COMMITMENTS,
    summary: 'Create a product commitment',
    description:
      'An end customer of an LPCAAS contract commits to a quantity of a product for every month of 1, 3, 4 or 5 years. It is charged whether used or not, at the price of its first month; what is used above it costs the list price.',
    params: OF_CONTRACT,
    body: CreateRequest,
    problems: ['NOT_OF_THIS_FAMILY', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_CONTRACT_PARAMS,
      body: {
        customerId: EXAMPLE_CUSTOMER.id,
        product: 'VR-OSTACK4-C',
        uom: 'GB vRAM',
        quantity: 100,
        bol: '2027-01',
        term: 'YEAR_1',
        name: 'my_commitment_1',
        payment: 'MONTHLY',
      },
      answer: EXAMPLE,
    },
  },
  getProductCommitment: {
    ...READ,
    editable: true,
    path: `${COMMITMENTS}/{commitmentId}`,
    summary: 'Get a product commitment',
    description: 'A quantity of a product that an end customer has committed to.',
    params: ONE,
    query: z.object({}),
    answer: KEEP.answer,
    example: { params: EXAMPLE_ONE, answer: EXAMPLE },
  },
  updateProductCommitment: {
    ...KEEP,
    editable: true,
    method: 'PATCH',
    path: `${COMMITMENTS}/{commitmentId}`,
    summary: 'Rename a product commitment',
    description: 'Changes the name of a commitment.',
    params: ONE,
    body: UpdateRequest,
    problems: ['CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_ONE, body: { name: 'my_commitment_1' }, answer: EXAMPLE },
  },
  renewProductCommitment: {
    ...KEEP,
    editable: true,
    method: 'POST',
    path: `${COMMITMENTS}/{commitmentId}/renew`,
    summary: 'Renew a product commitment',
    description:
      'Adds another term of the same length and quantity right after the last month, at the price of its own first month.',
    params: ONE,
    body: RenewRequest,
    problems: ['TRANSITION_NOT_ALLOWED', 'CONTRACT_STATUS', 'CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_ONE,
      body: { name: 'my_commitment_1' },
      answer: {
        ...EXAMPLE,
        eol: '2028-12',
        commitment: [...EXAMPLE.commitment, { beginMonth: '2028-01', endMonth: '2028-12', quantity: 100 }],
      },
    },
  },
  getCustomerUse: {
    ...USED,
    method: 'GET',
    summary: 'Get what customers have used',
    description: 'What was said last of the use of a month by the end customers of an LPCAAS contract.',
    problems: ['NOT_OF_THIS_FAMILY'],
    example: { params: EXAMPLE_MONTH, answer: EXAMPLE_USE },
  },
  sayCustomerUse: {
    ...USED,
    method: 'PUT',
    summary: 'Say what customers have used',
    description:
      'Says all that the end customers of an LPCAAS contract have used in a month. Its order is brought up to date within minutes; once that was submitted, what is missing is late usage. Taken until 90 days after the month.',
    body: UseRequest,
    problems: ['NOT_OF_THIS_FAMILY', 'USAGE_TOO_OLD', 'CHANGED_MEANWHILE'],
    example: { params: EXAMPLE_MONTH, body: EXAMPLE_USE, answer: EXAMPLE_USE },
  },
} as const satisfies Record<string, RouteDefinition>;
