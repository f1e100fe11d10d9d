import { hash } from 'node:crypto';
import { templateCsv, templateXlsx } from '../documents/usage-template.ts';
import type { Customer } from '../domain/customer/customer.ts';
import { formatQuantity } from '../domain/numbers/amounts.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { lineIndex } from '../domain/usage/line-key.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { TEMPLATE_COLUMNS } from '../feeds/usage-columns.ts';
import type { Caller } from './caller.ts';
import { contractOf } from './contract-of.ts';
import { PortalError } from './errors.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';
import { customersOf } from './read-customers.ts';
import { type ReportableOrder, type ReportPortal, reportableOrder } from './reportable-order.ts';

type TemplatePortal = ReportPortal & Pick<Portal, 'uploads'>;

/** Far more rows than anybody fills in. */
const MOST_ROWS = 20_000;

/**
 * A link to a file to fill in: a row for each product at each usage site of an order's contract, of SOV for each of its end
 * customers and for *Unknown*, with the quantity that the order has of it; and the order's other lines. Where there are too many
 * customers for that, they are left to who fills it in.
 *
 * @throws PortalError NOT_FOUND; BAD_REQUEST when it would be too long
 */
export async function usageTemplate(
  portal: TemplatePortal,
  caller: Caller,
  { orderId, format, now }: { orderId: string; format: 'CSV' | 'XLSX'; now: Date },
): Promise<{ url: string; expires: string }> {
  const order = await ownOrder(portal, caller, 'readUsageFiles', orderId);
  const reportable = await reportableOrder(portal, order, [], now);
  const isOfCustomers = reportable.facts.family === 'SOV';
  const customers = isOfCustomers ? await customersOf(portal, await contractOf(portal, order.contractId)) : [];
  const whole = templateRows(reportable, customers);
  const rows = whole.length > MOST_ROWS ? templateRows(reportable, []) : whole;
  if (rows.length > MOST_ROWS) {
    throw new PortalError(
      'BAD_REQUEST',
      `The template would have ${rows.length} rows: write a file of what is used alone`,
    );
  }
  const bytes = await (format === 'CSV' ? templateCsv : templateXlsx)(TEMPLATE_COLUMNS, rows);
  const extension = format.toLowerCase();
  const key = `uploads/templates/${hash('sha256', bytes, 'hex')}.${extension}`;
  await portal.uploads.put(key, bytes);
  return portal.uploads.link(key, `usage-${order.contractNumber}-${order.usagePeriod}.${extension}`, now);
}

const UNKNOWN = { customerNumber: '', name: '' };

function templateRows(
  { order, facts, lines }: ReportableOrder,
  customers: readonly Pick<Customer, 'customerNumber' | 'name'>[],
): string[][] {
  const index = lineIndex(lines);
  const sites = [...new Set(facts.sites.open.values())].sort((a, b) => compareCodePoints(a.name, b.name));
  const users = [UNKNOWN, ...customers].sort((a, b) => compareCodePoints(a.customerNumber, b.customerNumber));
  const products = [...facts.products.values()]
    .filter(({ code }) => !facts.retired.has(code))
    .sort((a, b) => compareCodePoints(a.code, b.code));
  const names = new Map(customers.map(({ customerNumber, name }) => [customerNumber, name]));
  const shown = new Set<string>();
  const rowOf = (
    site: { id: string; name: string } | undefined,
    { customerNumber }: (typeof users)[number],
    product: (typeof products)[number],
  ) => {
    const key = {
      usagePeriod: order.usagePeriod,
      productCode: product.code,
      ...(site && { siteId: site.id }),
      siteName: site?.name ?? '',
      customerNumber,
    };
    const [line] = index.sameAs(key);
    if (line) shown.add(line.id);
    const quantity = line ? formatQuantity(line.quantity) : '';
    return rowText(order, names, { ...key, productName: product.name, uom: product.uom, quantity });
  };
  const grid = (sites.length > 0 ? sites : [undefined]).flatMap((site) =>
    users.flatMap((user) => products.map((product) => rowOf(site, user, product))),
  );
  const others = lines.filter(({ id }) => !shown.has(id));
  return [
    ...grid,
    ...others.map((line) => rowText(order, names, { ...line, quantity: formatQuantity(line.quantity) })),
  ];
}

type RowOf = Pick<UsageLine, 'usagePeriod' | 'siteName' | 'customerNumber' | 'productCode' | 'productName' | 'uom'>;

function rowText(
  { contractNumber }: ReportableOrder['order'],
  names: ReadonlyMap<string, string>,
  { usagePeriod, siteName, customerNumber, productCode, productName, uom, quantity }: RowOf & { quantity: string },
): string[] {
  const of = [contractNumber, usagePeriod, siteName, customerNumber, names.get(customerNumber) ?? ''];
  return [...of, productCode, productName, uom, quantity, '', ''];
}
