import { deliveryMonth, type ServiceDelivery } from '../domain/service-delivery/service-delivery.ts';
import { audited } from './audited.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type DeliveryChangedPortal = Pick<Portal, 'audit' | 'outbox' | 'serviceDeliveries'>;

/** Who has changed a delivery, and how. */
export type DeliveryMove = {
  actor: string;
  /** Whose trail it stands in: the acting party's, the service provider's for the system. */
  organizationId: string;
  now: Date;
  action: string;
  reason?: string | undefined;
};

/** Subject of a delivery in the audit trail: its history is made of the entries. */
export const deliverySubject = (number: string): string => `SERVICE-DELIVERY#${number}`;

/**
 * What is committed with every write of a delivery: the record, the entry in its history and the event.
 *
 * @param before as it was read; undefined for a new one
 * @param after as it is from now on; its version is still the one read
 */
export function deliveryChanged(
  portal: DeliveryChangedPortal,
  before: ServiceDelivery | undefined,
  after: ServiceDelivery,
  { actor, organizationId, now, action, reason }: DeliveryMove,
): Change[] {
  const { number, contractId, contractNumber, serviceProviderId, aggregatorId, status } = after;
  const version = before ? before.version + 1 : 1;
  const from = before && { from: before.status };
  return [
    ...(before ? [portal.serviceDeliveries.changed(after, now)] : portal.serviceDeliveries.created(after)),
    audited(portal, {
      organizationId,
      subject: deliverySubject(number),
      version,
      now,
      actor,
      action,
      ...from,
      to: status,
      reason,
    }),
    portal.outbox.queued({
      id: `ServiceDeliveryChanged#${number}#${version}`,
      type: 'ServiceDeliveryChanged',
      time: now.toISOString(),
      detail: {
        number,
        contractId,
        contractNumber,
        serviceProviderId,
        aggregatorId,
        usagePeriod: deliveryMonth(after),
        action,
        ...from,
        status,
      },
    }),
  ];
}
