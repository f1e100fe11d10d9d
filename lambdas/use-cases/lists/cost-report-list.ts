import { COST_REPORT_FORMATS, type CostReport } from '../../domain/cost-report/cost-report.ts';
import { formatMoney } from '../../domain/numbers/currency.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<CostReport> = {
  usagePeriod: { type: 'month', of: (report) => report.usagePeriod },
  format: { type: 'enum', values: COST_REPORT_FORMATS, of: (report) => report.format },
  total: { type: 'number', of: (report) => formatMoney(report.total, report.currency) },
};

/** Cost reports of a contract. */
export const COST_REPORT_LIST: ListDefinition<CostReport> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (report) => report.usagePeriod,
  defaultSort: '-usagePeriod',
};
