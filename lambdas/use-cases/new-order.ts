import { hash } from 'node:crypto';
import { type BillingOrder, FIRST_LINE_SET, reportTypeOf } from '../domain/billing-order/billing-order.ts';
import { NOTHING_HELD } from '../domain/billing-order/held-usage.ts';
import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { Change } from './ports/changes.ts';
import type { MonthState } from './ports/contract-months.ts';
import type { Portal } from './ports/portal.ts';

/**
 * The billing order of a month that has begun: open when the month is over (domain.md §3).
 * @param running the period taken for the running one, where that was decided before `now`
 */
export function newOrder(
  contract: Contract,
  usagePeriod: Period,
  now: Date,
  running: Period = periodOf(dateOf(now)),
): BillingOrder {
  const { vendorPurchaseOrder, fillPurchaseOrderInMbo, billingOrderPreference } = contract;
  return {
    id: orderId(contract.id, usagePeriod),
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    serviceProviderId: contract.serviceProviderId,
    aggregatorId: contract.aggregatorId,
    usagePeriod,
    revision: 1,
    status: usagePeriod < running ? 'PENDING_SP' : 'NOT_OPEN',
    autoReportType: reportTypeOf(contract.listing.familyType, contract.isMetered),
    serviceProviderPurchaseOrder: '',
    vendorPurchaseOrder: fillPurchaseOrderInMbo ? vendorPurchaseOrder : '',
    billingOrderPreference,
    lineSet: FIRST_LINE_SET,
    held: NOTHING_HELD,
    lastModifiedTime: now.toISOString(),
    version: 1,
  };
}

/**
 * What stores a new order. One of a family whose usage the portal fills in by itself (FIXED) is brought up to date with what
 * it is filled in from as soon as it is there.
 */
export function orderCreated(
  portal: Pick<Portal, 'billingOrders'>,
  order: BillingOrder,
  now: Date,
  month?: Exclude<MonthState, 'FROZEN'>,
): Change[] {
  const created = portal.billingOrders.created(order, month);
  if (order.autoReportType !== 'FIXED') return created;
  return [...created, portal.billingOrders.bearsOn({ ...order, version: 0 }, order.usagePeriod, now)];
}

/** A UUID that follows from contract and month, as there is one order of each. */
export function orderId(contractId: string, period: Period): string {
  return idOf(`${contractId}#${period}`);
}

/** A UUID that follows from a text. */
export function idOf(text: string): string {
  const hex = hash('sha256', text, 'hex');
  // Version 8 (made by a rule of its own) and variant 2 of RFC 9562.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
