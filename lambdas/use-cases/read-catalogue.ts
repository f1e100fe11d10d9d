import { dateOf, periodOf } from '../domain/calendar/period.ts';
import type { OrderableSku } from '../domain/catalogue/catalogue.ts';
import { type FamilyType, type ProductFamily, trackOf } from '../domain/catalogue/family.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Product } from '../domain/catalogue/product.ts';
import { resellFault } from '../domain/organization/resell.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import {
  CATALOGUE_PRODUCT_LIST,
  CATALOGUE_SKU_LIST,
  CONTRACT_PRODUCT_LIST,
  FAMILY_LIST,
  type OfFamily,
  PRICE_LIST_LIST,
  SKU_LIST,
} from './lists/catalogue-lists.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { FAMILY_PROVIDER_LIST } from './lists/family-provider-list.ts';
import { compileList } from './lists/list.ts';
import type { OrganizationRow } from './ports/organizations.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';

type ReadPortal = Pick<Portal, 'catalogue' | 'organizations' | 'contracts'>;

/** Product families, all of the programme. */
export async function listFamilies(portal: ReadPortal, query: ListQuery): Promise<Page<ProductFamily>> {
  const page = compileList(FAMILY_LIST, query);
  return page((await portal.catalogue.current()).families);
}

/** Contract SKUs of all families, those that can't be ordered any more among them. */
export async function listSkus(portal: ReadPortal, query: ListQuery): Promise<Page<OrderableSku & OfFamily>> {
  const page = compileList(CATALOGUE_SKU_LIST, query);
  const { skus, families } = await portal.catalogue.current();
  return page(withFamily(skus, families));
}

/** Products of all families. */
export async function listProducts(portal: ReadPortal, query: ListQuery): Promise<Page<Product & OfFamily>> {
  const page = compileList(CATALOGUE_PRODUCT_LIST, query);
  const { products, families } = await portal.catalogue.current();
  return page(withFamily(products, families));
}

function withFamily<Entry extends { family: FamilyType }>(
  entries: readonly Entry[],
  families: readonly ProductFamily[],
): (Entry & OfFamily)[] {
  const codes = new Map(families.map(({ type, code }) => [type, code]));
  return entries.map((entry) => ({ ...entry, familyCode: codes.get(entry.family) ?? entry.family }));
}

/** Versions of price lists, of all currencies. */
export async function listPriceLists(portal: ReadPortal, query: ListQuery): Promise<Page<PriceList>> {
  const page = compileList(PRICE_LIST_LIST, query);
  return page(await portal.catalogue.priceLists());
}

/** @throws PortalError NOT_FOUND */
export async function findPriceList(portal: ReadPortal, currency: string, version: string): Promise<PriceList> {
  const lists = await portal.catalogue.priceLists();
  const list = lists.find((each) => each.currency === currency && each.version === version);
  if (!list) throw new PortalError('NOT_FOUND', `There is no price list ${version} in ${currency}`);
  return list;
}

/** The product families the caller's organization may have contracts of: AWS Resell is apart (domain.md §1). */
export async function listOwnFamilies(
  portal: ReadPortal,
  caller: Caller,
  query: ListQuery,
): Promise<Page<ProductFamily>> {
  const page = compileList(FAMILY_LIST, query);
  return page(await familiesOf(portal, caller));
}

/**
 * SKUs of a family that contracts may begin with this month or later.
 * @throws PortalError NOT_FOUND when there is no such family for the caller's organization
 */
export async function listFamilySkus(
  portal: ReadPortal,
  caller: Caller,
  familyId: string,
  query: ListQuery,
  now: Date,
): Promise<Page<OrderableSku>> {
  const family = await findOwnFamily(portal, caller, familyId);
  const page = compileList(SKU_LIST, query);
  const month = periodOf(dateOf(now));
  const { skus } = await portal.catalogue.current();
  return page(skus.filter((sku) => sku.family === family.type && (sku.eolDate === undefined || sku.eolDate >= month)));
}

/**
 * Service providers that the caller may create contracts of a family for: all active ones, dedicated to AWS Resell where
 * the family is that, of whatever region.
 * @throws PortalError NOT_FOUND when there is no such family for the caller's organization
 */
export async function listFamilyServiceProviders(
  portal: ReadPortal,
  caller: Caller,
  familyId: string,
  query: ListQuery,
): Promise<Page<OrganizationRow>> {
  const family = await findOwnFamily(portal, caller, familyId);
  const page = compileList(FAMILY_PROVIDER_LIST, query);
  const rows = await portal.organizations.rows();
  return page(
    rows.filter((row) => row.type === 'SERVICE_PROVIDER' && row.status === 'ACTIVE' && !resellFault(row, family.type)),
  );
}

/**
 * Products that can be reported on a contract: those of its family, on a Term contract those billed there alone.
 * @throws PortalError NOT_FOUND, also when the contract isn't the caller's
 */
export async function listContractProducts(
  portal: ReadPortal,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<Product>> {
  const found = await portal.contracts.get(contractId);
  const missing = `There is no contract ${contractId}`;
  const contract = seenBy(caller, 'readContractProducts', found?.contract, missing);
  const page = compileList(CONTRACT_PRODUCT_LIST, query);
  const { products } = await portal.catalogue.current();
  const track = trackOf(contract.listing.familyType, contract.listing.kind);
  return page(products.filter((product) => trackOf(product.family, product.kind) === track));
}

async function findOwnFamily(portal: ReadPortal, caller: Caller, id: string): Promise<ProductFamily> {
  const family = (await familiesOf(portal, caller)).find((each) => each.id === id);
  if (!family) throw new PortalError('NOT_FOUND', `There is no product family ${id}`);
  return family;
}

async function familiesOf(portal: ReadPortal, caller: Caller): Promise<ProductFamily[]> {
  const [organization, { families }] = await Promise.all([
    portal.organizations.get(caller.organizationId),
    portal.catalogue.current(),
  ]);
  return families.filter(({ type }) => organization && !resellFault(organization, type));
}
