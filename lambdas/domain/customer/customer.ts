import type { FamilyType } from '../catalogue/family.ts';
import type { BoundLabel } from './labels.ts';

/** What a service provider says of an end customer (published BriefCustomer). */
export type CustomerFields = {
  name: string;
  address1: string;
  address2?: string;
  /** ISO 3166-1 code of two letters. */
  countryRegion: string;
  city?: string;
  /** Needed in the US. */
  state?: string;
  postalCode: string;
};

/** An end customer: somebody that service providers serve (domain.md §2). */
export type Customer = CustomerFields & {
  id: string;
  /** Ten digits, for good. */
  customerNumber: string;
  /** Who has registered it, and alone changes it. */
  serviceProviderId: string;
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

/** Who else has a part in a customer's business, each as "name - id" (published SisoInfo). */
export type Siso = { reseller?: string; influencer?: string; msp?: string };

/** What a contract keeps of one of its customers. */
export type ContractCustomer = {
  contractId: string;
  customerId: string;
  customerNumber: string;
  /** Labels of usage meters, those that were let go of too. */
  labels: readonly BoundLabel[];
  siso: Siso;
  lastModifiedTime: string;
  version: number;
};

/** Families whose contracts have end customers (table of domain.md §5). */
const WITH_CUSTOMERS: ReadonlySet<FamilyType> = new Set(['SOV', 'LPCAAS']);

export function hasCustomers(family: FamilyType): boolean {
  return WITH_CUSTOMERS.has(family);
}

/** What is wrong with a customer's fields taken together; each alone is the edge's. */
export function customerFaults({ countryRegion, state }: CustomerFields): { field: string; message: string }[] {
  if (countryRegion !== 'US' || state !== undefined) return [];
  return [{ field: 'state', message: 'is needed where countryRegion is US' }];
}

const FIRST_NUMBER = 1_000_000_000n;
const NUMBERS = 9_000_000_000n;

/**
 * A customer number, ten digits without a zero in front.
 * @param random a number that nobody can foresee: numbers must not be guessed from each other
 */
export function customerNumberOf(random: bigint): string {
  return String(FIRST_NUMBER + (random % NUMBERS));
}
