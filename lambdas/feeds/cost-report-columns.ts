import type { CostReportFormat } from '../domain/cost-report/cost-report.ts';

/** What is read of a report, by what the portal calls it. */
export type CostColumns = {
  /** AWS account that is billed. */
  account: string;
  from: string;
  /** The first moment after it. */
  to: string;
  currency: string;
  cost: string;
  service: string;
  /** Name for people, and a code where `service` is a name: both may be missing. */
  name: string;
  code: string;
  /** What is charged: tax is told apart. */
  category: string;
  /** Reference of AWS's bill: empty until it is there, missing before FOCUS 1.2. */
  bill: string;
};

/**
 * Columns by format, all others are passed over. CUR 2.0: table COST_AND_USAGE_REPORT of AWS Data Exports
 * (docs.aws.amazon.com/cur/latest/userguide, table-dictionary-cur2-bill and -line-item). FOCUS: AWS's FOCUS 1.0 and 1.2 tables
 * (table-dictionary-focus-1-2-aws), column names of focus.finops.org; `x_ServiceCode` is AWS's own.
 *
 * The cost is what bills are made of: unblended cost, whose rows for discounts, credits, refunds and tax are among the others;
 * `BilledCost`, "the basis for invoicing".
 */
export const COST_COLUMNS: Readonly<Record<CostReportFormat, CostColumns>> = {
  CUR2: {
    account: 'bill_payer_account_id',
    from: 'bill_billing_period_start_date',
    to: 'bill_billing_period_end_date',
    currency: 'line_item_currency_code',
    cost: 'line_item_unblended_cost',
    service: 'line_item_product_code',
    name: 'product_product_name',
    code: '',
    category: 'line_item_line_item_type',
    bill: 'bill_invoice_id',
  },
  FOCUS: {
    account: 'BillingAccountId',
    from: 'BillingPeriodStart',
    to: 'BillingPeriodEnd',
    currency: 'BillingCurrency',
    cost: 'BilledCost',
    service: 'ServiceName',
    name: '',
    code: 'x_ServiceCode',
    category: 'ChargeCategory',
    bill: 'InvoiceId',
  },
};

/** Those that a report can't be read without. */
export const NEEDED_COLUMNS = ['account', 'from', 'to', 'currency', 'cost', 'service', 'category'] as const;
