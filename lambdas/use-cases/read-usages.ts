import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { countsByLine, type LineCount } from '../domain/billing-order/counts-by-line.ts';
import { type FamilyType, isReportedByProvider } from '../domain/catalogue/family.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { sortShort } from '../domain/sort-short.ts';
import { canonicalOrder } from '../domain/usage/canonical-order.ts';
import { isArrears, type UsageLine } from '../domain/usage/usage-line.ts';
import { seesLine } from '../domain/work-group/work-group.ts';
import type { Caller } from './caller.ts';
import { contractOf } from './contract-of.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { USAGE_DETAIL_LIST, USAGE_LIST } from './lists/usage-list.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';
import { customersOf } from './read-customers.ts';
import { tiersAmong } from './tiers.ts';

type UsagesPortal = Pick<Portal, 'billingOrders' | 'contracts' | 'customers' | 'subscriptions' | 'catalogue'>;

/** A usage line with what is known of it beside. */
export type ReportedUsage = LineCount & {
  line: UsageLine;
  family: FamilyType;
  /** Name of the end customer, as it is now; absent where there is none. */
  customerName?: string;
  /** Of the product; absent when the catalogue hasn't it. */
  category?: string;
  /** Whether the service provider can't change it: the family is not theirs to edit, or the order not in their hands. */
  readOnly: boolean;
  /** Usage of an earlier period. */
  arrears: boolean;
};

/** The usage lines of an order. @throws PortalError NOT_FOUND; BAD_REQUEST */
export function listUsages(
  portal: UsagesPortal,
  caller: Caller,
  orderId: string,
  query: ListQuery,
): Promise<Page<ReportedUsage>> {
  return listed(portal, caller, orderId, compileList(USAGE_LIST, query));
}

/** The same, by where they come from and what was changed too. @throws PortalError NOT_FOUND; BAD_REQUEST */
export function listUsageDetails(
  portal: UsagesPortal,
  caller: Caller,
  orderId: string,
  query: ListQuery,
): Promise<Page<ReportedUsage>> {
  return listed(portal, caller, orderId, compileList(USAGE_DETAIL_LIST, query));
}

async function listed(
  portal: UsagesPortal,
  caller: Caller,
  orderId: string,
  page: ReturnType<typeof compileList<ReportedUsage>>,
): Promise<Page<ReportedUsage>> {
  const order = await ownOrder(portal, caller, 'readOrders', orderId);
  const [lines, contract, { products }] = await Promise.all([
    portal.billingOrders.linesOf(order.id, order.lineSet),
    contractOf(portal, order.contractId),
    portal.catalogue.current(),
  ]);
  const family = contract.listing.familyType;
  const nameOf = await customerNames(portal, contract, lines);
  const all = usagesOf(order, lines, { family, products, nameOf });
  return page(all.filter(({ line }) => seesLine(caller.view, order.contractId, line)));
}

type NameOf = (line: UsageLine) => string | undefined;

/** Names of end customers: of MSP each subscription says whose it is, as its customers are those of no contract. */
async function customerNames(
  portal: UsagesPortal,
  contract: Pick<Contract, 'id' | 'takenFrom' | 'listing'>,
  lines: readonly UsageLine[],
): Promise<NameOf> {
  if (lines.every(({ customerNumber }) => customerNumber === '')) return () => undefined;
  if (contract.listing.familyType === 'MSP') {
    const ids = new Set(lines.flatMap(({ source }) => source?.subscriptionId ?? []));
    const subscriptions = await portal.subscriptions.getMany([...ids]);
    const nameOf = new Map(subscriptions.map(({ id, customerName }) => [id, customerName]));
    return ({ source }) => nameOf.get(source?.subscriptionId ?? '');
  }
  const customers = await customersOf(portal, contract);
  const nameOf = new Map(customers.map(({ customerNumber, name }) => [customerNumber, name]));
  return ({ customerNumber }) => nameOf.get(customerNumber);
}

/** Points depend on all lines of a month: tiers are filled by one line after the other. */
function usagesOf(
  order: BillingOrder,
  lines: UsageLine[],
  {
    family,
    products,
    nameOf,
  }: {
    family: FamilyType;
    products: Awaited<ReturnType<Portal['catalogue']['current']>>['products'];
    nameOf: NameOf;
  },
): ReportedUsage[] {
  const byCode = new Map(products.map((product) => [product.code, product]));
  const counts = countsByLine(lines, tiersAmong(products));
  const readOnly = !isReportedByProvider(family) || order.status !== 'PENDING_SP' || order.sealedBy !== undefined;
  return sortShort(lines, canonicalOrder(order.usagePeriod)).map((line) => {
    const category = byCode.get(line.productCode)?.category;
    const customerName = nameOf(line);
    return {
      line,
      family,
      ...(customerName !== undefined && { customerName }),
      ...(category !== undefined && { category }),
      ...(counts.get(line.id) as LineCount),
      readOnly,
      arrears: isArrears(order.usagePeriod, line),
    };
  });
}
