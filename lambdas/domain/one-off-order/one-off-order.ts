import type { Product } from '../catalogue/product.ts';
import type { Contract } from '../contract/contract.ts';
import { hasLicenseContact } from '../contract-request/check-create.ts';
import { NotADecimalError, type Quantity, quantity } from '../numbers/amounts.ts';
import type { OneOffOrderStatus } from './status.ts';

/** INITIAL comes with a new contract, EXTRA was asked for. */
export const ONE_OFF_ORDER_KINDS = ['INITIAL', 'EXTRA'] as const;
export type OneOffOrderKind = (typeof ONE_OFF_ORDER_KINDS)[number];

/** Licences of a product. */
export type OrderedLicenses = { productCode: string; productName: string; quantity: Quantity };

/** Licences of the vendor's software beside what a contract is charged for (published-portal.md §10). */
export type OneOffOrder = {
  /** Of its contract and its place among that contract's; see oneOffOrderId. */
  id: string;
  /** For people: the contract's number and the place. */
  orderNumber: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  kind: OneOffOrderKind;
  status: OneOffOrderStatus;
  description: string;
  /** Empty for INITIAL: the vendor gives what a contract of the family begins with. */
  licenses: readonly OrderedLicenses[];
  /** User id, "SYSTEM" for INITIAL. */
  requesterId: string;
  createdTime: string;
  /** What the vendor said last. */
  comment?: string;
  /** How many licence keys it was fulfilled with. */
  licenseKeys?: number;
  lastModifiedTime: string;
  version: number;
};

/** A licence key of a product: a secret of the service provider's (domain README). */
export type LicenseKey = { productCode: string; key: string };

/** Place of the order that comes with a contract; those that are asked for follow from 1. */
export const INITIAL_PLACE = 0;

/** An order's id: that of its contract and its place, so that it is found by its id and there is one of each place. */
export function oneOffOrderId(contractId: string, place: number): string {
  return `${contractId}_${place}`;
}

/** Contract and place of an order's id; undefined for what is none. */
export function placeOfOneOffOrder(id: string): { contractId: string; place: number } | undefined {
  const [, contractId, place] = /^(.+)_(\d{1,6})$/.exec(id) ?? [];
  return contractId === undefined ? undefined : { contractId, place: Number(place) };
}

/**
 * Why licences can't be ordered for a contract; undefined when they can: contracts of families with a licence contact
 * that are active and have no report missing (domain.md §4 "One-off order").
 */
export function oneOffOrderRefusal({
  status,
  delinquent,
  listing,
}: Pick<Contract, 'status' | 'delinquent' | 'listing'>):
  | 'NOT_LICENSED'
  | 'CONTRACT_STATUS'
  | 'CONTRACT_DELINQUENT'
  | undefined {
  if (!hasLicenseContact(listing.familyType)) return 'NOT_LICENSED';
  if (status !== 'ACTIVE') return 'CONTRACT_STATUS';
  return delinquent ? 'CONTRACT_DELINQUENT' : undefined;
}

/** Licences as they were asked for: the number as a decimal. */
export type AskedLicenses = { productCode: string; quantity: string };

type Fault = { field: string; message: string };
type Checked<Value> = { ok: true; value: Value } | { ok: false; errors: readonly Fault[] };

const MOST_LICENSES = quantity('1000000');
const WHOLE = quantity('1');

/**
 * Checks what is ordered: products of the contract's family, each once, 1 to 1,000,000 whole licences.
 * @returns it, or an error for each field that is wrong
 */
export function checkLicenses(
  asked: readonly AskedLicenses[],
  products: readonly Pick<Product, 'code' | 'name' | 'family'>[],
  { listing }: Pick<Contract, 'listing'>,
): Checked<OrderedLicenses[]> {
  const errors: Fault[] = [];
  const value = asked.flatMap(({ productCode, quantity: text }, at): OrderedLicenses[] => {
    const product = products.find(({ code, family }) => code === productCode && family === listing.familyType);
    if (!product) errors.push({ field: `licenses[${at}].code`, message: "is no product of the contract's family" });
    if (asked.findIndex((each) => each.productCode === productCode) < at)
      errors.push({ field: `licenses[${at}].code`, message: 'is ordered twice' });
    const count = wholeLicenses(text);
    if (count === undefined)
      errors.push({ field: `licenses[${at}].quantity`, message: 'must be a whole number from 1 to 1000000' });
    return product && count !== undefined ? [{ productCode, productName: product.name, quantity: count }] : [];
  });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value };
}

function wholeLicenses(text: string): Quantity | undefined {
  try {
    const count = quantity(text);
    return count >= WHOLE && count <= MOST_LICENSES && count % WHOLE === 0n ? count : undefined;
  } catch (error) {
    if (error instanceof NotADecimalError) return undefined;
    throw error;
  }
}

/**
 * What is wrong with the keys an order is to be fulfilled with: every product that was ordered needs one at least, and
 * none comes twice; an INITIAL order takes keys of any product of the family.
 * @param codes codes of the family's products
 */
export function licenseKeyFaults(
  { licenses, kind }: Pick<OneOffOrder, 'licenses' | 'kind'>,
  keys: readonly LicenseKey[],
  codes: ReadonlySet<string>,
): Fault[] {
  const ordered = kind === 'INITIAL' ? codes : new Set(licenses.map(({ productCode }) => productCode));
  const seen = new Set<string>();
  const faults = keys.flatMap(({ productCode, key }, at): Fault[] => {
    const isTwice = seen.size === seen.add(`${productCode} ${key}`).size;
    if (isTwice) return [{ field: `licenseKeys[${at}].key`, message: 'is given twice' }];
    return ordered.has(productCode)
      ? []
      : [{ field: `licenseKeys[${at}].code`, message: 'is no product that was ordered' }];
  });
  const missing = licenses.filter(({ productCode }) => !keys.some((each) => each.productCode === productCode));
  return [
    ...faults,
    ...missing.map(({ productCode }) => ({ field: 'licenseKeys', message: `must have a key of ${productCode}` })),
  ];
}
