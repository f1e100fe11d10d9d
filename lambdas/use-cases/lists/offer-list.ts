import type { Product } from '../../domain/catalogue/product.ts';
import type { LinePrice } from '../../domain/usage/usage-line.ts';
import type { ListDefinition, ListFields } from './definition.ts';

/** A cloud service that a contract may subscribe to, and what a unit of it costs this month. */
export type Offer = { product: Product; price: LinePrice };

const FIELDS: ListFields<Offer> = {
  code: { type: 'text', of: ({ product }) => product.code },
  name: { type: 'text', of: ({ product }) => product.name },
  service: { type: 'text', of: ({ product }) => product.category },
};

/** Offers of a contract. */
export const OFFER_LIST: ListDefinition<Offer> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: ({ product }) => product.code,
  defaultSort: 'code',
};
