import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_TYPES, FAMILY_UNITS } from '../../domain/catalogue/family.ts';
import { LOAD_KINDS } from '../../domain/catalogue/load.ts';
import { METERING_RULES } from '../../domain/metering/rules.ts';
import {
  CATALOGUE_PRODUCT_LIST,
  CATALOGUE_SKU_LIST,
  FAMILY_LIST,
  PRICE_LIST_LIST,
} from '../../use-cases/lists/catalogue-lists.ts';
import { EXAMPLE_FAMILY, EXAMPLE_LOAD, EXAMPLE_PRODUCT, EXAMPLE_SKU } from './catalogue-examples.ts';
import { CatalogueLoadBody } from './catalogue-load.ts';
import { Decimal, listQuery, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';

const Family = z
  .strictObject({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    description: z.string(),
    type: z.enum(FAMILY_TYPES),
    unit: z.enum(FAMILY_UNITS).meta({ description: 'What its minimums and usage are counted in' }),
  })
  .meta({ id: 'CatalogueFamily', description: 'A product family of the catalogue' });

const Sku = z
  .strictObject({
    id: z.uuid(),
    code: z.string(),
    family: z.string().meta({ description: 'Code of its product family' }),
    contractType: z.enum(CONTRACT_TYPES),
    bolDate: z.string().meta({ description: 'First month a contract with it may begin in' }),
    eolDate: z.string().optional().meta({ description: 'Last month a contract with it may begin in' }),
    term: z.int().meta({ description: 'Months' }),
    minCommit: z.int().meta({ description: "Monthly minimum of PAY-GO, in the family's unit" }),
    discount: Decimal,
    commitType: z.literal('MONTHLY'),
    commitValue: z.int(),
  })
  .meta({ id: 'CatalogueSku', description: 'A contract SKU of the catalogue' });

const Tier = z.strictObject({ from: Decimal, to: Decimal.optional(), ppu: Decimal, split: Decimal });

const Product = z
  .strictObject({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    category: z.string(),
    family: z.string().meta({ description: 'Code of its product family' }),
    uom: z.string().meta({ description: 'Unit of measure' }),
    ppu: Decimal.meta({ description: 'Points per unit of measure; 0 in families charged in money' }),
    minQuantity: Decimal.optional(),
    tiers: z.array(Tier).optional(),
    metering: z
      .enum(METERING_RULES)
      .optional()
      .meta({ description: "How usage meters' readings make its quantity; absent where none reports it" }),
    replaces: z
      .array(z.string())
      .optional()
      .meta({ description: 'Retired codes that it stands for when a usage meter reports them' }),
  })
  .meta({ id: 'CatalogueProduct', description: 'A product of the catalogue' });

const priceListFields = { currency: z.string(), version: z.string(), validFrom: z.string() };

const PriceListSummary = z
  .strictObject({
    ...priceListFields,
    prices: z.int().meta({ description: 'Number of SKUs and products it has a price for' }),
  })
  .meta({ id: 'PriceListSummary', description: 'A version of a price list as lists show it' });

const PriceList = z
  .strictObject({
    ...priceListFields,
    prices: z.array(
      z.strictObject({
        sku: z.string().optional().meta({ description: 'A SKU, of which the price is that of a point' }),
        product: z
          .string()
          .optional()
          .meta({ description: 'A product of a money family, of which it is that of a unit' }),
        listPrice: Decimal,
        overagePrice: Decimal.optional(),
      }),
    ),
  })
  .meta({ id: 'PriceList', description: 'A version of the price list of a currency, valid from a month on' });

const counts = z.strictObject({ created: z.int(), changed: z.int(), unchanged: z.int() });

const LoadAnswer = z
  .strictObject({ dryRun: z.boolean(), families: counts, skus: counts, products: counts, priceLists: counts })
  .meta({ id: 'CatalogueLoadResult', description: 'How many entries of each kind a load has added, changed and left' });

const COMMON = { function: 'catalogueApi', tag: 'Catalogue', params: NoParameters, problems: [] } as const;
const READ = { ...COMMON, method: 'GET', access: { organizationType: 'VENDOR', action: 'readCatalogue' } } as const;

const LOAD_DESCRIPTION = `Adds entries and changes those with the same code; what is not named stays. All or nothing: when anything
is wrong, every error is answered and nothing is loaded. The body is JSON, or with \`content-type: text/csv\` a file of one
\`kind\`: a header with the names of the fields, a row for each entry (of \`priceLists\`: for each price, with \`currency\`,
\`version\` and \`validFrom\` in every row), tiers in one cell like \`0-50: 14.4*0.5; 50-: 11.2\`. What charges depend on is never
changed, a version of a price list not at all. JSON is limited to 10,000 elements: load more as CSV (4 MB).`;

export const catalogueRoutes = {
  listCatalogueFamilies: {
    ...READ,
    path: '/api/vendor/v1/catalogue/productFamilies',
    summary: 'List product families',
    description: 'All product families of the programme.',
    query: z.strictObject(listQuery(FAMILY_LIST)),
    answer: {
      status: 200,
      description: 'A page of families',
      schema: pageOf(Family).meta({ id: 'PageOfCatalogueFamily' }),
    },
    example: { query: { filter: 'type==RENTAL' }, answer: { content: [EXAMPLE_FAMILY], total: 1 } },
  },
  listCatalogueSkus: {
    ...READ,
    path: '/api/vendor/v1/catalogue/contractSKUs',
    summary: 'List contract SKUs',
    description: 'All contract SKUs, also those that contracts can no longer begin with.',
    query: z.strictObject(listQuery(CATALOGUE_SKU_LIST)),
    answer: { status: 200, description: 'A page of SKUs', schema: pageOf(Sku).meta({ id: 'PageOfCatalogueSku' }) },
    example: { query: { filter: 'family==RENTAL' }, answer: { content: [EXAMPLE_SKU], total: 1 } },
  },
  listCatalogueProducts: {
    ...READ,
    path: '/api/vendor/v1/catalogue/products',
    summary: 'List products',
    description: 'All products with what they count.',
    query: z.strictObject(listQuery(CATALOGUE_PRODUCT_LIST)),
    answer: {
      status: 200,
      description: 'A page of products',
      schema: pageOf(Product).meta({ id: 'PageOfCatalogueProduct' }),
    },
    example: { query: { filter: 'code==FLEX-*' }, answer: { content: [EXAMPLE_PRODUCT], total: 1 } },
  },
  listPriceLists: {
    ...READ,
    path: '/api/vendor/v1/catalogue/priceLists',
    summary: 'List price lists',
    description: 'All versions of the price lists of all currencies, the latest of each first.',
    query: z.strictObject(listQuery(PRICE_LIST_LIST)),
    answer: {
      status: 200,
      description: 'A page of price lists',
      schema: pageOf(PriceListSummary).meta({ id: 'PageOfPriceListSummary' }),
    },
    example: {
      query: { filter: 'currency==USD' },
      answer: { content: [{ currency: 'USD', version: 'USD-2026-10', validFrom: '2026-10', prices: 16 }], total: 1 },
    },
  },
  getPriceList: {
    ...READ,
    path: '/api/vendor/v1/catalogue/priceLists/{currency}/{version}',
    summary: 'Get a price list',
    description: 'A version of a price list with all its prices, by SKU.',
    params: z.strictObject({
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .meta({ description: 'Currency', example: 'USD' }),
      version: z.string().max(40).meta({ description: 'Version', example: 'USD-2026-10' }),
    }),
    query: NoParameters,
    answer: { status: 200, description: 'The price list', schema: PriceList },
    example: {
      params: { currency: 'USD', version: 'USD-2026-10' },
      answer: {
        currency: 'USD',
        version: 'USD-2026-10',
        validFrom: '2026-10',
        prices: [{ sku: 'VSPP3-1800-C', listPrice: '0.88' }],
      },
    },
  },
  loadCatalogue: {
    ...COMMON,
    method: 'POST',
    path: '/api/vendor/v1/catalogue/loads',
    access: { organizationType: 'VENDOR', action: 'loadCatalogue' },
    summary: 'Load the catalogue',
    description: LOAD_DESCRIPTION.replaceAll('\n', ' '),
    query: z.strictObject({
      dryRun: z
        .enum(['true', 'false'])
        .default('false')
        .transform((text) => text === 'true')
        .meta({ override: { type: 'boolean', default: false }, description: 'Check everything and change nothing' }),
      kind: z.enum(LOAD_KINDS).optional().meta({ description: 'With CSV: what the file has' }),
    }),
    body: CatalogueLoadBody,
    csvBody: true,
    answer: { status: 200, description: 'What was loaded', schema: LoadAnswer },
    problems: ['CATALOGUE_ENTRY_FIXED', 'PRICE_LIST_EXISTS', 'PERIOD_FROZEN'],
    example: {
      body: EXAMPLE_LOAD,
      answer: {
        dryRun: false,
        families: { created: 1, changed: 0, unchanged: 0 },
        skus: { created: 1, changed: 0, unchanged: 0 },
        products: { created: 1, changed: 0, unchanged: 0 },
        priceLists: { created: 1, changed: 0, unchanged: 0 },
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
