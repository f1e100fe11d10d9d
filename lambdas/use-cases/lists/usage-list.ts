import { formatPoints, formatQuantity } from '../../domain/numbers/amounts.ts';
import { EDIT_REASONS, LINE_ORIGINS } from '../../domain/usage/usage-line.ts';
import type { ReportedUsage } from '../read-usages.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const SELECTORS: ListFields<ReportedUsage> = {
  code: { type: 'text', of: ({ line }) => line.productCode },
  category: { type: 'text', of: ({ category }) => category },
  name: { type: 'text', of: ({ line }) => line.productName },
  siteId: { type: 'text', of: ({ line }) => line.siteId },
  siteName: { type: 'text', of: ({ line }) => line.siteName || undefined },
  customerNumber: { type: 'text', of: ({ line }) => line.customerNumber || undefined },
  quantity: { type: 'number', of: ({ line }) => formatQuantity(line.quantity) },
  points: { type: 'number', of: ({ points }) => formatPoints(points) },
};

/** Usage lines of an order, as published. */
export const USAGE_LIST: ListDefinition<ReportedUsage> = {
  selectors: SELECTORS,
  sortable: SELECTORS,
  id: ({ line }) => line.id,
  defaultSort: 'siteName,code,customerNumber',
};

const DETAILS: ListFields<ReportedUsage> = {
  ...SELECTORS,
  usagePeriod: { type: 'month', of: ({ line }) => line.usagePeriod },
  arrears: { type: 'boolean', of: ({ arrears }) => arrears },
  origin: { type: 'enum', values: LINE_ORIGINS, of: ({ line }) => line.origin ?? 'HAND' },
  'edit.reason': { type: 'enum', values: EDIT_REASONS, of: ({ line }) => line.edit?.reason },
  'edit.time': { type: 'text', of: ({ line }) => line.edit?.time },
};

/** The same with where they come from and what was changed. */
export const USAGE_DETAIL_LIST: ListDefinition<ReportedUsage> = {
  ...USAGE_LIST,
  selectors: DETAILS,
  sortable: DETAILS,
};
