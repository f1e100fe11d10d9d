import type { RebateEntry } from '../../domain/rebate/rebate-sheet.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<RebateEntry> = {
  productSKU: { type: 'text', of: (entry) => entry.productSKU },
  productDisplayName: { type: 'text', of: (entry) => entry.productDisplayName },
  geo: { type: 'text', of: (entry) => entry.geo },
  startDate: { type: 'date', of: (entry) => entry.startDate },
  endDate: { type: 'date', of: (entry) => entry.endDate },
};

/** Entries of the rebate sheets of all quarters; days tell quarters apart. */
export const REBATE_SHEET_LIST: ListDefinition<RebateEntry> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: ({ productSKU, geo, startDate }) => `${productSKU} ${geo} ${startDate}`,
  defaultSort: '-startDate,productSKU,geo',
};
