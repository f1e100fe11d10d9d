import type { ServiceDelivery } from '../domain/service-delivery/service-delivery.ts';
import type { ServiceDeliveryStatus } from '../domain/service-delivery/status.ts';
import type { ActionName } from '../manifest/actions.ts';
import type { Caller } from './caller.ts';
import { deliverySubject } from './delivery-changed.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { SERVICE_DELIVERY_LIST } from './lists/service-delivery-list.ts';
import type { Portal } from './ports/portal.ts';
import type { ServiceDeliveryRow } from './ports/service-deliveries.ts';
import { type HistoryEntry, historyFor } from './read-order-history.ts';
import { seenBy } from './scope.ts';

type ReadPortal = Pick<Portal, 'serviceDeliveries' | 'audit'>;

/**
 * The delivery of that number, if the caller may know of it.
 * @throws PortalError NOT_FOUND
 */
export async function ownDelivery(
  portal: Pick<Portal, 'serviceDeliveries'>,
  caller: Caller,
  action: ActionName,
  number: string,
): Promise<ServiceDelivery> {
  const [delivery] = await portal.serviceDeliveries.getMany([number]);
  return seenBy(caller, action, delivery, `There is no service delivery ${number}`);
}

/** Deliveries on all contracts of the caller's organization. @throws PortalError BAD_REQUEST */
export async function listDeliveries(
  portal: ReadPortal,
  { organizationId, organizationType }: Caller,
  query: ListQuery,
): Promise<Page<ServiceDelivery>> {
  const page = compileList(SERVICE_DELIVERY_LIST, query);
  const isAggregator = organizationType === 'AGGREGATOR';
  const rows = await (isAggregator
    ? portal.serviceDeliveries.ofAggregator(organizationId)
    : portal.serviceDeliveries.ofServiceProvider(organizationId));
  return inFull(
    portal,
    page(rows),
    (delivery) => organizationId === delivery[isAggregator ? 'aggregatorId' : 'serviceProviderId'],
  );
}

/** Deliveries of the programme in a state, for the vendor. @throws PortalError BAD_REQUEST */
export async function listDeliveryQueue(
  portal: ReadPortal,
  status: ServiceDeliveryStatus,
  query: ListQuery,
): Promise<Page<ServiceDelivery>> {
  const page = compileList(SERVICE_DELIVERY_LIST, query);
  return inFull(portal, page(await portal.serviceDeliveries.inStatus(status)), () => true);
}

/** A delivery and what has happened to it, oldest first. @throws PortalError NOT_FOUND */
export async function findDelivery(
  portal: ReadPortal,
  caller: Caller,
  number: string,
): Promise<{ delivery: ServiceDelivery; history: HistoryEntry[] }> {
  const delivery = await ownDelivery(portal, caller, 'readServiceDeliveries', number);
  const entries = await portal.audit.ofSubject(deliverySubject(number));
  const sorted = entries.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { delivery, history: historyFor(caller, delivery, sorted) };
}

async function inFull(
  portal: ReadPortal,
  { content, total }: Page<Pick<ServiceDeliveryRow, 'number'>>,
  isOwn: (delivery: ServiceDelivery) => boolean,
): Promise<Page<ServiceDelivery>> {
  const deliveries = await portal.serviceDeliveries.getMany(content.map(({ number }) => number));
  const byNumber = new Map(deliveries.filter(isOwn).map((delivery) => [delivery.number, delivery]));
  return { content: content.flatMap(({ number }) => byNumber.get(number) ?? []), total };
}
