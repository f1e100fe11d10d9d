import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { ORGANIZATION_STATUSES } from '../../domain/organization/status.ts';
import { CONTRACT_PRODUCT_LIST, FAMILY_LIST, SKU_LIST } from '../../use-cases/lists/catalogue-lists.ts';
import { FAMILY_PROVIDER_LIST } from '../../use-cases/lists/family-provider-list.ts';
import { EXAMPLE_FAMILY, EXAMPLE_FAMILY_ID, EXAMPLE_PRODUCT, EXAMPLE_SKU } from './catalogue-examples.ts';
import { IdText, listQuery, MonthText, NoParameters, pageOf } from './common.ts';
import { ExactNumber } from './exact-numbers.ts';
import type { RouteDefinition } from './route.ts';

const AggProductFamily = z
  .strictObject({
    id: z.uuid(),
    name: z.string(),
    code: z.string(),
    description: z.string(),
    type: z.enum(['DEFAULT', ...FAMILY_TYPES]).meta({ description: 'DEFAULT is not used' }),
  })
  .meta({ id: 'AggProductFamily', description: 'A product family that contracts can be made of' });

const ProductFamilySimple = z
  .strictObject({ id: z.uuid(), name: z.string(), code: z.string() })
  .meta({ id: 'ProductFamilySimple', description: 'A product family' });

const ContractSkuDetails = z
  .strictObject({
    id: z.uuid().meta({ description: 'The contractSKUId of contract requests' }),
    code: z.string(),
    bolDate: MonthText.meta({ description: 'First month a contract with it may begin in' }),
    eolDate: MonthText.optional().meta({ description: 'Last month a contract with it may begin in' }),
    contractType: z.enum(CONTRACT_TYPES),
    minCommit: z.int().meta({ description: 'Monthly minimum of PAY-GO' }),
    term: z.int().meta({ description: 'Months' }),
    discount: ExactNumber.meta({ description: 'Percent' }),
    commitType: z.enum(['MONTHLY', 'ANNUAL']).meta({ description: 'ANNUAL is not used' }),
    commitValue: z.int(),
  })
  .meta({ id: 'ContractSKUDetails', description: 'A contract SKU' });

const ServiceProviderDetails = z
  .strictObject({ id: IdText, name: z.string(), prmId: z.string(), status: z.enum(ORGANIZATION_STATUSES) })
  .meta({ id: 'ServiceProviderDetails', description: 'A service provider that contracts can be made for' });

const ContractProduct = z
  .strictObject({
    product: z.strictObject({ id: z.uuid(), code: z.string(), name: z.string() }),
    uom: z.string().meta({ description: 'Unit of measure' }),
  })
  .meta({ id: 'Product', description: 'A product that can be reported, and its unit of measure' });

const COMMON = { method: 'GET', function: 'catalogueApi', published: true, problems: [] } as const;
const FAMILY_TAG = { ...COMMON, tag: 'Product Family' } as const;
const AGGREGATOR = { access: { organizationType: 'AGGREGATOR', action: 'readProductFamilies' } } as const;
const FAMILY_PARAMS = z.strictObject({
  productFamilyId: z.uuid().meta({ description: 'Id of a product family', example: EXAMPLE_FAMILY_ID }),
});

const { unit: _unit, ...PUBLISHED_FAMILY } = EXAMPLE_FAMILY;
const { family: _family, discount: _discount, ...PUBLISHED_SKU } = EXAMPLE_SKU;
const EXAMPLE_PARAMS = { productFamilyId: EXAMPLE_FAMILY_ID };

export const productFamilyRoutes = {
  listAggregatorProductFamilies: {
    ...FAMILY_TAG,
    ...AGGREGATOR,
    path: '/api/aggregator/v1/productFamilies',
    summary: 'List product families',
    description: 'The product families the aggregator may create contracts of.',
    params: NoParameters,
    query: z.object(listQuery(FAMILY_LIST)),
    answer: {
      status: 200,
      description: 'A page of product families',
      schema: pageOf(AggProductFamily).meta({ id: 'PageOfAggProductFamily' }),
    },
    example: { query: { sort: 'name' }, answer: { content: [PUBLISHED_FAMILY], total: 1 } },
  },
  listContractSkus: {
    ...FAMILY_TAG,
    ...AGGREGATOR,
    path: '/api/aggregator/v1/productFamilies/{productFamilyId}/contractSKUs',
    summary: 'List contract SKUs',
    description: 'The SKUs of a product family that contracts may begin with, this month or later.',
    params: FAMILY_PARAMS,
    query: z.object(listQuery(SKU_LIST)),
    answer: {
      status: 200,
      description: 'A page of contract SKUs',
      schema: pageOf(ContractSkuDetails).meta({ id: 'PageOfContractSKUDetails' }),
    },
    example: {
      params: EXAMPLE_PARAMS,
      query: { filter: 'contractType==PAY-GO' },
      answer: { content: [{ ...PUBLISHED_SKU, discount: 0 }], total: 1 },
    },
  },
  listFamilyServiceProviders: {
    ...FAMILY_TAG,
    ...AGGREGATOR,
    path: '/api/aggregator/v1/productFamilies/{productFamilyId}/serviceProviders',
    summary: 'List service providers of a product family',
    description: 'The service providers the aggregator may create contracts of the family for.',
    params: FAMILY_PARAMS,
    query: z.object(listQuery(FAMILY_PROVIDER_LIST)),
    answer: {
      status: 200,
      description: 'A page of service providers',
      schema: pageOf(ServiceProviderDetails).meta({ id: 'PageOfServiceProviderDetails' }),
    },
    example: {
      params: EXAMPLE_PARAMS,
      answer: {
        content: [{ id: '33f574a8-5b1d-4e0c-9f62-b10700000008', name: 'Sp Corp', prmId: '1111111', status: 'ACTIVE' }],
        total: 1,
      },
    },
  },
  listProviderProductFamilies: {
    ...FAMILY_TAG,
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readProductFamilies' },
    path: '/api/provider/v1/productFamilies',
    summary: 'List product families',
    description: 'The product families the service provider may have contracts of, all on one page.',
    params: NoParameters,
    query: z.object({}),
    answer: {
      status: 200,
      description: 'The product families',
      schema: pageOf(ProductFamilySimple).meta({ id: 'PageOfProductFamilySimple' }),
    },
    example: {
      answer: { content: [{ id: EXAMPLE_FAMILY_ID, name: 'Rental Commercial', code: 'RENTAL' }], total: 1 },
    },
  },
  listContractProducts: {
    ...COMMON,
    tag: 'Contract',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readContractProducts' },
    path: '/api/provider/v1/contracts/{contractId}/products',
    summary: 'List the products of a contract',
    description: 'The products that can be reported on a contract, with their units of measure.',
    params: z.strictObject({
      contractId: z.string().max(100).meta({ description: 'Id of a contract', example: 'C-0001' }),
    }),
    query: z.object(listQuery(CONTRACT_PRODUCT_LIST)),
    answer: {
      status: 200,
      description: 'A page of products',
      schema: pageOf(ContractProduct).meta({ id: 'PageOfProduct' }),
    },
    example: {
      params: { contractId: 'C-0001' },
      answer: {
        content: [
          {
            product: { id: EXAMPLE_PRODUCT.id, code: EXAMPLE_PRODUCT.code, name: EXAMPLE_PRODUCT.name },
            uom: EXAMPLE_PRODUCT.uom,
          },
        ],
        total: 1,
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
