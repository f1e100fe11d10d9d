/** Parts of a row of usage. */
export const USAGE_COLUMNS = [
  'contract',
  'usagePeriod',
  'site',
  'customer',
  'product',
  'quantity',
  'reason',
  'comment',
] as const;
export type UsageColumn = (typeof USAGE_COLUMNS)[number];

/** Names that columns go by, in any case, with or without spaces, underscores, dots and hyphens; those of usage meters too. */
const NAMES: Readonly<Record<UsageColumn, readonly string[]>> = {
  contract: ['contract', 'contractnumber', 'contractreference', 'contractreferencenumber', 'contractid'],
  usagePeriod: ['usageperiod', 'period', 'month', 'usagemonth', 'billingperiod'],
  site: ['site', 'siteid', 'sitename', 'usagesite'],
  customer: ['customer', 'customernumber', 'customerid', 'enduser', 'enduserid', 'endcustomer'],
  product: ['product', 'productcode', 'code', 'sku', 'productsku', 'partnumber'],
  quantity: ['quantity', 'units', 'unitsconsumed', 'unitstoreport', 'usage', 'amount', 'reportedunits'],
  reason: ['reason', 'reasonforchange', 'editreason', 'changereason'],
  comment: ['comment', 'comments', 'remark', 'note'],
};

/** The columns of templates: those that are read, and three that are there for people. */
export const TEMPLATE_COLUMNS = [
  'Contract',
  'Usage Period',
  'Site',
  'Customer',
  'Customer Name',
  'Product Code',
  'Product Name',
  'Unit',
  'Quantity',
  'Reason',
  'Comment',
] as const;

const COLUMN_OF = new Map(Object.entries(NAMES).flatMap(([column, names]) => names.map((name) => [name, column])));

/** What a column of that name is; undefined for one that is passed over. */
export function usageColumn(name: string): UsageColumn | undefined {
  return COLUMN_OF.get(name.toLowerCase().replaceAll(/[\s_.-]/g, '')) as UsageColumn | undefined;
}
