import { dueDate, isOverdue } from '../domain/billing-order/deadlines.ts';
import { addDays, dateOf, type PlainDate } from '../domain/calendar/period.ts';
import type { ContractStatus } from '../domain/contract/status.ts';
import type { Caller } from './caller.ts';
import { ALERT_LIST, type Alert } from './lists/alert-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { OrderRow } from './ports/billing-orders.ts';
import type { ContractRow } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';

export type AlertPortal = Pick<Portal, 'settings' | 'billingOrders' | 'contracts'>;

/** How long before its last day a contract is told of. */
const EXPIRING_DAYS = 60;

/** Contracts that go on, or end. */
const LIVE: ReadonlySet<ContractStatus> = new Set(['ACTIVE', 'PENDING_EXPIRATION', 'PENDING_TERMINATION']);

/**
 * What an aggregator should look at: orders whose next step is overdue, open orders whose usage is out of the ordinary,
 * contracts that end within 60 days or bill usage in their grace, those of which a report is missing since a cutoff, which is
 * seen within five minutes; from rows that may lag behind by a moment.
 * @throws PortalError BAD_REQUEST
 */
export async function listAlerts(
  portal: AlertPortal,
  { organizationId }: Caller,
  query: ListQuery,
  now: Date,
): Promise<Page<Alert>> {
  const page = compileList(ALERT_LIST, query);
  const [orders, contracts] = await Promise.all([
    portal.billingOrders.ofAggregator(organizationId),
    portal.contracts.ofAggregator(organizationId),
  ]);
  const today = dateOf(now);
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  return page([
    ...orders.flatMap((order) => orderAlerts(portal, order, byId.get(order.contractId), today)),
    ...contracts.filter((contract) => isEnding(contract, today)).map(expiring),
    ...contracts.filter(({ isDelinquent, status }) => isDelinquent && LIVE.has(status)).map(delinquent),
  ]);
}

function orderAlerts(
  { settings: { calendar } }: AlertPortal,
  order: OrderRow,
  contract: ContractRow | undefined,
  today: PlainDate,
): Alert[] {
  const { id: orderId, contractId, usagePeriod, status } = order;
  const date = dueDate(order, calendar);
  const common = { contractId, orderId, usagePeriod, status, ...(date && { date }), ...named(contract) };
  const isAbnormal = order.isFlagged && (status === 'PENDING_AGGREGATOR' || status === 'PENDING_VENDOR');
  return [
    ...(isOverdue(order, calendar, today)
      ? [{ ...common, id: `OVERDUE_ORDER#${orderId}`, type: 'OVERDUE_ORDER' as const }]
      : []),
    ...(isAbnormal ? [{ ...common, id: `ABNORMAL_USAGE#${orderId}`, type: 'ABNORMAL_USAGE' as const }] : []),
  ];
}

const isEnding = ({ status, eolDate }: ContractRow, today: PlainDate): boolean =>
  LIVE.has(status) && eolDate !== undefined && eolDate <= addDays(today, EXPIRING_DAYS);

function expiring(contract: ContractRow): Alert {
  const { id, eolDate } = contract;
  const type = 'EXPIRING_CONTRACT';
  return { id: `${type}#${id}`, type, ...ofContract(contract), ...(eolDate && { date: eolDate }) };
}

function delinquent(contract: ContractRow): Alert {
  const type = 'DELINQUENT_CONTRACT';
  return { id: `${type}#${contract.id}`, type, ...ofContract(contract) };
}

const ofContract = (contract: ContractRow) => ({
  contractId: contract.id,
  status: contract.status,
  ...named(contract),
});

function named(contract: ContractRow | undefined): Pick<Alert, 'contractNumber' | 'serviceProviderPrmId'> {
  if (!contract) return {};
  return { contractNumber: contract.contractNumber, serviceProviderPrmId: contract.serviceProviderPrmId };
}
