import { lastDayToAdjust } from '../domain/billing-order/adjust.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { dueDate, isOverdue } from '../domain/billing-order/deadlines.ts';
import type { BillingOrderStatus } from '../domain/billing-order/status.ts';
import { addDays, dateOf, type Period, type PlainDate, periodOf } from '../domain/calendar/period.ts';
import { serviceProviderDueDate } from '../domain/calendar/programme-calendar.ts';
import { isBilledExternally } from '../domain/charging/charge-external.ts';
import type { ContractRequestStatus } from '../domain/contract-request/status.ts';
import { isOverdue as isOverdueDeal } from '../domain/deal/deal.ts';
import type { OrganizationType } from '../domain/organization/organization.ts';
import { deliveryMonth } from '../domain/service-delivery/service-delivery.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import type { Task, TaskType } from './lists/task-list.ts';
import type { OrderRow } from './ports/billing-orders.ts';
import type { ContractRow } from './ports/contracts.ts';
import type { DealRow } from './ports/deals.ts';
import type { Portal } from './ports/portal.ts';
import type { ServiceDeliveryRow } from './ports/service-deliveries.ts';

export type TasksPortal = Pick<
  Portal,
  | 'settings'
  | 'billingOrders'
  | 'contracts'
  | 'contractRequests'
  | 'oneOffOrders'
  | 'meteredOrders'
  | 'serviceDeliveries'
  | 'deals'
  | 'customerCommitments'
>;

/** Tells what waits for an organization: a list of one kind, as everything stands now. */
export type TaskSource = (portal: TasksPortal, caller: Caller, now: Date) => Promise<Task[]>;

const reports: TaskSource = async (portal, { organizationId }, now) => {
  const [orders, contracts] = await Promise.all([
    portal.billingOrders.ofServiceProvider(organizationId),
    portal.contracts.ofServiceProvider(organizationId),
  ]);
  return orderTasks(portal, orders, contracts, { status: 'PENDING_SP', type: 'REPORT', now });
};

const reviews: TaskSource = async (portal, { organizationId }, now) => {
  const [orders, contracts] = await Promise.all([
    portal.billingOrders.ofAggregator(organizationId),
    portal.contracts.ofAggregator(organizationId),
  ]);
  return orderTasks(portal, orders, contracts, { status: 'PENDING_AGGREGATOR', type: 'REVIEW', now });
};

const requestsToRevise: TaskSource = async (portal, { organizationId }) => {
  const tasks = await requestTasks(portal, 'PENDING_REVISE');
  return tasks.filter((task) => task.aggregatorId === organizationId).map(({ aggregatorId: _id, ...task }) => task);
};

const requestsToApprove: TaskSource = async (portal) => {
  const tasks = await requestTasks(portal, 'PENDING_APPROVAL');
  return tasks.map(({ aggregatorId: _id, ...task }) => task);
};

const adjustmentsToApprove: TaskSource = async (portal, _caller, now) => {
  const orders = await portal.billingOrders.toApprove();
  const found = await portal.contracts.getMany([...new Set(orders.map(({ contractId }) => contractId))]);
  const contracts = found.map(({ contract }) => contract);
  return orderTasks(portal, orders, contracts, { status: 'PENDING_APPROVAL', type: 'ADJUSTMENT', now });
};

/** To approve what was asked for, and to give the keys of what is approved. */
const oneOffOrders: TaskSource = async ({ oneOffOrders: orders }) => {
  const rows = await Promise.all([orders.inStatus('PENDING_APPROVAL'), orders.inStatus('APPROVED')]);
  return rows.flat().map(({ id, orderNumber, contractId, contractNumber, status }): Task => {
    const about = { contractId, contractNumber, oneOffOrderId: id, orderNumber, status };
    return { id: `ONE_OFF_ORDER#${id}#${status}`, type: 'ONE_OFF_ORDER', ...about, overdue: false };
  });
};

/** Until the order can be adjusted no more: then nothing can be done about them. */
const meteringDifferences: TaskSource = async (portal, { organizationId }, now) => {
  const differing = await portal.meteredOrders.withDifferences(organizationId);
  const [orders, contracts] = await Promise.all([
    portal.billingOrders.getMany(differing.map(({ orderId }) => orderId)),
    differing.length === 0 ? [] : portal.contracts.ofServiceProvider(organizationId),
  ]);
  const open = new Set(orders.filter((order) => canBeMended(order, dateOf(now))).map(({ id }) => id));
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  return differing
    .filter(({ orderId }) => open.has(orderId))
    .map(({ orderId, contractId, contractNumber, usagePeriod, differing: differences }): Task => {
      const { contractReferenceNumber } = byId.get(contractId) ?? {};
      return {
        id: `METERING_DIFFERENCE#${orderId}`,
        type: 'METERING_DIFFERENCE',
        contractId,
        contractNumber,
        ...(contractReferenceNumber !== undefined && { contractReferenceNumber }),
        usagePeriod,
        orderId,
        differences,
        overdue: false,
      };
    });
};

function canBeMended(order: BillingOrder, today: PlainDate): boolean {
  const last = lastDayToAdjust(order);
  return order.status !== 'CANCELLED' && (last === undefined || today <= last);
}

const deliveriesToAccept: TaskSource = async ({ serviceDeliveries, settings }, { organizationId }, now) => {
  const rows = await serviceDeliveries.ofServiceProvider(organizationId);
  return deliveryTasks(rows.filter(({ status }) => status === 'PENDING_ACCEPTANCE')).map((task) => {
    const due = serviceProviderDueDate(task.usagePeriod, settings.calendar);
    return { ...task, dueDate: due, overdue: dateOf(now) > due };
  });
};

const deliveriesToSettle: TaskSource = async ({ serviceDeliveries }) =>
  deliveryTasks(await serviceDeliveries.inStatus('DISPUTED'));

const dealsToRevise: TaskSource = async ({ deals }, { organizationId }, now) =>
  dealTasks(await deals.ofAggregator(organizationId), 'PENDING_REVISION', now);

const dealsToApprove: TaskSource = async ({ deals }, _caller, now) =>
  dealTasks(await deals.inStatus('PENDING_APPROVE'), 'PENDING_APPROVE', now);

/** Asked for in time, an extension is decided of however late. */
const dealsToExtend: TaskSource = async ({ deals }) => {
  const rows = await deals.inStatus('OPPORTUNITY');
  return rows
    .filter(({ extendStatus }) => extendStatus === 'PENDING_EXTENSION')
    .map((row) => dealTask(row, 'PENDING_EXTENSION'));
};

const cancellationsToDecide: TaskSource = async ({ customerCommitments }) => {
  const rows = await customerCommitments.toDecide();
  return rows.map(({ id, contractId, contractNumber, customerNumber }) => {
    const about = { contractId, contractNumber, commitmentId: id, customerNumber };
    return { id: `CANCELLATION#${id}`, type: 'CANCELLATION', ...about, overdue: false };
  });
};

/** Where the tasks of each kind of organization come from, and who may read what they tell of. */
export const TASK_SOURCES: Readonly<Record<OrganizationType, readonly { action: ActionName; of: TaskSource }[]>> = {
  SERVICE_PROVIDER: [
    { action: 'readOrders', of: reports },
    { action: 'readOrders', of: meteringDifferences },
    { action: 'readOrders', of: deliveriesToAccept },
  ],
  AGGREGATOR: [
    { action: 'readOrders', of: reviews },
    { action: 'readOrders', of: requestsToRevise },
    { action: 'readDeals', of: dealsToRevise },
  ],
  VENDOR: [
    { action: 'readOrders', of: requestsToApprove },
    { action: 'readOrders', of: adjustmentsToApprove },
    { action: 'readOrders', of: oneOffOrders },
    { action: 'readOrders', of: deliveriesToSettle },
    { action: 'readDeals', of: dealsToApprove },
    { action: 'readDeals', of: dealsToExtend },
    { action: 'readCancellations', of: cancellationsToDecide },
  ],
};

type OrderContract = Pick<ContractRow, 'id' | 'contractNumber' | 'contractReferenceNumber'> & {
  /** In rows; where the contract itself was read, its listing says it. */
  familyType?: ContractRow['familyType'];
};

/** Whether the order of a contract waits for nobody, as the system submits and approves it. */
const isSystems = (contract: OrderContract | undefined): boolean =>
  contract?.familyType !== undefined && isBilledExternally(contract.familyType);

function orderTasks(
  { settings }: TasksPortal,
  orders: readonly OrderRow[],
  contracts: readonly OrderContract[],
  { status, type, now }: { status: BillingOrderStatus; type: TaskType; now: Date },
): Task[] {
  const byId = new Map(contracts.map((contract) => [contract.id, contract]));
  return orders
    .filter((order) => order.status === status && !isSystems(byId.get(order.contractId)))
    .map((order): Task => {
      const { contractNumber, contractReferenceNumber } = byId.get(order.contractId) ?? {};
      const due = dueDate(order, settings.calendar);
      // Revisions after the first are adjustments.
      const kind = order.revision > 1 ? 'ADJUSTMENT' : type;
      return {
        id: `${kind}#${order.id}`,
        type: kind,
        contractId: order.contractId,
        ...(contractNumber !== undefined && { contractNumber }),
        ...(contractReferenceNumber !== undefined && { contractReferenceNumber }),
        usagePeriod: order.usagePeriod,
        orderId: order.id,
        ...(due && { dueDate: due }),
        overdue: isOverdue(order, settings.calendar, dateOf(now)),
      };
    });
}

/** One for each month of a contract. */
function deliveryTasks(rows: readonly ServiceDeliveryRow[]): (Task & { usagePeriod: Period })[] {
  const byMonth = Map.groupBy(rows, (row) => `DELIVERIES#${row.contractId}#${deliveryMonth(row)}`);
  return [...byMonth].map(([id, [first, ...others]]) => {
    const { contractId, contractNumber, deliveryDate } = first as ServiceDeliveryRow;
    const usagePeriod = periodOf(deliveryDate);
    const deliveries = 1 + others.length;
    return { id, type: 'DELIVERIES', contractId, contractNumber, usagePeriod, deliveries, overdue: false };
  });
}

async function requestTasks(
  portal: TasksPortal,
  status: ContractRequestStatus,
): Promise<(Task & { aggregatorId: string })[]> {
  const rows = await portal.contractRequests.inStatus(status);
  return rows.map(({ id, token, contractId, contractNumber, aggregatorId }) => ({
    id: `REQUEST#${id}`,
    type: 'REQUEST',
    contractId,
    contractNumber,
    requestId: id,
    token,
    overdue: false,
    aggregatorId,
  }));
}

/** Of deals in a state, those whose days are not over: nobody can do anything about the others. */
function dealTasks(rows: readonly DealRow[], status: 'PENDING_APPROVE' | 'PENDING_REVISION', now: Date): Task[] {
  return rows
    .filter((row) => row.status === status && !isOverdueDeal(row, dateOf(now)))
    .map((row) => ({ ...dealTask(row, status), dueDate: addDays(row.expirationDate, -1) }));
}

function dealTask(row: DealRow, status: Task['status']): Task {
  const { id: dealId, dealNumber, contractId, contractNumber, contractReferenceNumber } = row;
  const about = { contractId, contractNumber, contractReferenceNumber, dealId, dealNumber };
  return { id: `DEAL#${dealId}#${status}`, type: 'DEAL', ...about, ...(status && { status }), overdue: false };
}
