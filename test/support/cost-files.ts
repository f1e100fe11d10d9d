/** A row of a cost report: of October 2026 and account 123456789012 unless told otherwise. */
export type CostRow = {
  service?: string;
  cost?: string;
  category?: string;
  bill?: string;
  account?: string;
  from?: string;
  to?: string;
  currency?: string;
};

const DEFAULTS: Required<CostRow> = {
  service: 'AmazonEC2',
  cost: '1',
  category: 'Usage',
  bill: 'B-1',
  account: '123456789012',
  from: '2026-10-01T00:00:00Z',
  to: '2026-11-01T00:00:00Z',
  currency: 'USD',
};

type Column = readonly [name: string, of: (row: Required<CostRow>) => string];

// Those that the portal reads, in AWS's order, and one that it passes over.
const CUR: readonly Column[] = [
  ['bill_billing_period_end_date', (row) => row.to],
  ['bill_billing_period_start_date', (row) => row.from],
  ['bill_invoice_id', (row) => row.bill],
  ['bill_payer_account_id', (row) => row.account],
  ['line_item_currency_code', (row) => row.currency],
  ['line_item_line_item_type', (row) => row.category],
  ['line_item_product_code', (row) => row.service],
  ['line_item_unblended_cost', (row) => row.cost],
  ['resource_tags', () => '{"user_project":"a, b"}'],
];
const FOCUS: readonly Column[] = [
  ['BilledCost', (row) => row.cost],
  ['BillingAccountId', (row) => row.account],
  ['BillingCurrency', (row) => row.currency],
  ['BillingPeriodEnd', (row) => row.to],
  ['BillingPeriodStart', (row) => row.from],
  ['ChargeCategory', (row) => row.category],
  ['InvoiceId', (row) => row.bill],
  ['ServiceName', (row) => `${row.service} in words`],
  ['x_ServiceCode', (row) => row.service],
];

type Options = { without?: readonly string[] };

function csvOf(columns: readonly Column[], rows: readonly CostRow[], { without = [] }: Options = {}): string {
  const written = columns.filter(([name]) => !without.includes(name));
  const cells = rows.map((row) => written.map(([, of]) => quoted(of({ ...DEFAULTS, ...row }))));
  return [written.map(([name]) => name), ...cells].map((line) => `${line.join(',')}\n`).join('');
}

const quoted = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A Cost and Usage Report 2.0 of AWS. */
export const cur = (rows: readonly CostRow[], options?: Options): string => csvOf(CUR, rows, options);

/** A FOCUS 1.2 export of AWS. */
export const focus = (rows: readonly CostRow[], options?: Options): string => csvOf(FOCUS, rows, options);
