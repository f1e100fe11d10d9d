import type { Period } from '../calendar/period.ts';
import type { Percent } from '../numbers/amounts.ts';
import type { ProductFamily } from './family.ts';
import type { ContractSku } from './price-list.ts';
import type { Product } from './product.ts';

/** A SKU as the catalogue offers it: what a contract keeps of it, and the terms a new contract starts from. */
export type OrderableSku = ContractSku & {
  /** UUID: the `contractSKUId` of the published calls. */
  id: string;
  /** First and last month a contract with it may begin in. */
  bolDate: Period;
  eolDate?: Period;
  termMonths: number;
  /** Where new CUSTOM and PRE-PAY contracts start from; 0 for PAY-GO. */
  discount: Percent;
  commitType: 'MONTHLY';
  commitValue: number;
};

/** Everything the catalogue has but price lists, each by code and in its order. */
export type CatalogueContent = {
  families: readonly ProductFamily[];
  skus: readonly OrderableSku[];
  products: readonly Product[];
};

/** Whether a contract that begins in a month may have the SKU. */
export function isOrderableIn({ bolDate, eolDate }: Pick<OrderableSku, 'bolDate' | 'eolDate'>, month: Period): boolean {
  return bolDate <= month && (eolDate === undefined || month <= eolDate);
}
