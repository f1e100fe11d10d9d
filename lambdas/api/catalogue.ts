import { randomUUID } from 'node:crypto';
import type { OrderableSku } from '../domain/catalogue/catalogue.ts';
import { unitOf } from '../domain/catalogue/family.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Product } from '../domain/catalogue/product.ts';
import {
  formatPercent,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatSplit,
  formatUnitPrice,
} from '../domain/numbers/amounts.ts';
import { catalogueRoutes } from '../manifest/routes/catalogue.ts';
import { productFamilyRoutes } from '../manifest/routes/product-families.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import type { CatalogueSource } from '../use-cases/catalogue-source.ts';
import { PortalError } from '../use-cases/errors.ts';
import type { OfFamily } from '../use-cases/lists/catalogue-lists.ts';
import type { Page } from '../use-cases/lists/definition.ts';
import { loadCatalogue } from '../use-cases/load-catalogue.ts';
import {
  findPriceList,
  listContractProducts,
  listFamilies,
  listFamilyServiceProviders,
  listFamilySkus,
  listOwnFamilies,
  listPriceLists,
  listProducts,
  listSkus,
} from '../use-cases/read-catalogue.ts';

// The provider's call has no parameters; a programme has ten families at most.
const WHOLE = { limit: 200, offset: 0 };

export const resource: ResourceOf<'catalogueApi'> = {
  listCatalogueFamilies: async (portal, { query }) =>
    pageBody(await listFamilies(portal, query), (family) => ({ ...family, unit: unitOf(family.type) })),

  listCatalogueSkus: async (portal, { query }) =>
    pageBody(await listSkus(portal, query), (sku) => ({
      ...skuBody(sku),
      family: sku.familyCode,
      discount: formatPercent(sku.discount),
    })),

  listCatalogueProducts: async (portal, { query }) => pageBody(await listProducts(portal, query), productBody),

  listPriceLists: async (portal, { query }) =>
    pageBody(await listPriceLists(portal, query), ({ prices, productPrices = {}, ...list }) => ({
      ...list,
      prices: Object.keys(prices).length + Object.keys(productPrices).length,
    })),

  getPriceList: async (portal, { params }) => ({
    body: priceListBody(await findPriceList(portal, params.currency, params.version)),
  }),

  loadCatalogue: async (portal, { caller, body, query: { dryRun, kind }, now }) => {
    const source = sourceOf(body, kind);
    const counts = await loadCatalogue(portal, { source, dryRun, caller, now, newId: randomUUID });
    return { body: { dryRun, ...counts } };
  },

  listAggregatorProductFamilies: async (portal, { caller, query }) =>
    pageBody(await listOwnFamilies(portal, caller, query), (family) => family),

  listContractSkus: async (portal, { caller, params, query, now }) =>
    pageBody(await listFamilySkus(portal, caller, params.productFamilyId, query, now), (sku) => ({
      ...skuBody(sku),
      discount: formatPercent(sku.discount),
    })),

  listFamilyServiceProviders: async (portal, { caller, params, query }) =>
    pageBody(
      await listFamilyServiceProviders(portal, caller, params.productFamilyId, query),
      ({ id, name, prmId, status }) => ({ id, name, prmId, status }),
    ),

  listProviderProductFamilies: async (portal, { caller }) =>
    pageBody(await listOwnFamilies(portal, caller, WHOLE), ({ id, name, code }) => ({ id, name, code })),

  listContractProducts: async (portal, { caller, params, query }) =>
    pageBody(await listContractProducts(portal, caller, params.contractId, query), ({ id, code, name, uom }) => ({
      product: { id, code, name },
      uom,
    })),
};

export const handler = apiHandler({ ...catalogueRoutes, ...productFamilyRoutes }, resource);

function pageBody<Row, Body>({ content, total }: Page<Row>, bodyOf: (row: Row) => Body) {
  return { body: { content: content.map(bodyOf), total } };
}

function sourceOf(
  body: ApiRequest<'loadCatalogue'>['body'],
  kind: ApiRequest<'loadCatalogue'>['query']['kind'],
): CatalogueSource {
  const isCsv = body instanceof Uint8Array;
  if (isCsv && kind) return { csv: body, kind };
  if (!isCsv && !kind) return { load: body };
  const message = isCsv ? 'is needed with CSV: say what the file has' : 'is for CSV only';
  throw new PortalError('BAD_REQUEST', `The query is not valid: kind ${message}`, [{ field: 'kind', message }]);
}

function skuBody({
  id,
  code,
  bolDate,
  eolDate,
  contractType,
  minimumPoints,
  termMonths,
  commitType,
  commitValue,
}: OrderableSku) {
  return {
    id,
    code,
    bolDate,
    ...(eolDate && { eolDate }),
    contractType,
    // The catalogue takes whole minimums below 2^53 only.
    minCommit: Number(formatPoints(minimumPoints)),
    term: termMonths,
    commitType,
    commitValue,
  };
}

function productBody({
  id,
  code,
  name,
  category,
  familyCode,
  uom,
  pointsPerUnit,
  minQuantity,
  tiers,
  metering,
  replaces,
}: Product & OfFamily) {
  return {
    id,
    code,
    name,
    category,
    family: familyCode,
    uom,
    ppu: formatPointsPerUnit(pointsPerUnit),
    ...(minQuantity !== undefined && { minQuantity: formatQuantity(minQuantity) }),
    ...(tiers && {
      tiers: tiers.map((tier) => ({
        from: formatQuantity(tier.from),
        ...(tier.to !== undefined && { to: formatQuantity(tier.to) }),
        ppu: formatPointsPerUnit(tier.pointsPerUnit),
        split: formatSplit(tier.split),
      })),
    }),
    ...(metering && { metering }),
    ...(replaces && { replaces: [...replaces] }),
  };
}

function priceListBody({ currency, version, validFrom, prices, productPrices = {} }: PriceList) {
  return {
    currency,
    version,
    validFrom,
    prices: [
      ...Object.entries(prices).map(([sku, { listPrice, overagePrice }]) => ({
        sku,
        listPrice: formatUnitPrice(listPrice),
        ...(overagePrice !== undefined && { overagePrice: formatUnitPrice(overagePrice) }),
      })),
      ...Object.entries(productPrices).map(([product, price]) => ({ product, listPrice: formatUnitPrice(price) })),
    ],
  };
}
