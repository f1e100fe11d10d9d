import { isDeepStrictEqual } from 'node:util';
import { dateOf, type PlainDate } from '../domain/calendar/period.ts';
import type { Product } from '../domain/catalogue/product.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { type AskedService, checkDelivery } from '../domain/service-delivery/check-delivery.ts';
import {
  type DeliveredService,
  deliveryMonth,
  type ServiceDelivery,
} from '../domain/service-delivery/service-delivery.ts';
import { type DeliveryChangedPortal, deliveryChanged } from './delivery-changed.ts';
import { type EnterPortal, type Entry, type EntryOutcome, enterRecords, type RecordKind } from './enter-records.ts';
import { PortalError } from './errors.ts';
import { orderTaking } from './order-taking.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { notValid } from './requested-change.ts';

type DeliveriesPortal = EnterPortal & DeliveryChangedPortal & Pick<Portal, 'notices'>;

/** A delivery as the vendor sends it. */
export type AskedDelivery = AskedService & { number: string; contractId: string };

/** The vendor enters services that it has delivered (enter-records.ts). */
export function enterDeliveries(
  portal: DeliveriesPortal,
  entry: Entry,
  asked: readonly AskedDelivery[],
): Promise<EntryOutcome<ServiceDelivery>[]> {
  const kind: RecordKind<AskedDelivery, ServiceDelivery> = {
    nameOf: ({ number }) => number,
    exists: 'DELIVERY_EXISTS',
    known: async (numbers) =>
      new Map((await portal.serviceDeliveries.getMany(numbers)).map((each) => [each.number, each])),
    made: async (each, { contract, products, before }) => {
      // What came in time may come again, however late.
      const today = dateOf(before ? new Date(before.createdTime) : entry.now);
      const service = checkedDelivery(each, contract, products, today);
      if (before) return sameAs(before, contract, service);
      await orderTaking(portal, contract, deliveryMonth(service));
      return newDelivery(each.number, contract, service, entry.now);
    },
    changes: (entered) => entryChanges(portal, entry, entered),
    months: (delivery) => [deliveryMonth(delivery)],
  };
  return enterRecords(portal, entry, kind, asked);
}

/** @throws PortalError BAD_REQUEST naming every field that is wrong; USAGE_TOO_OLD */
export function checkedDelivery(
  asked: AskedService,
  contract: Contract,
  products: readonly Product[],
  today: PlainDate,
): DeliveredService {
  const checked = checkDelivery(asked, contract, products, today);
  if (checked.ok) return checked.value;
  if ('errors' in checked) throw notValid(checked.errors);
  throw new PortalError(
    'USAGE_TOO_OLD',
    `Deliveries of ${asked.deliveryDate.slice(0, 7)} were taken until ${checked.tooOld}`,
  );
}

/** @throws PortalError DELIVERY_EXISTS where it is there with other content, of whatever contract */
function sameAs(before: ServiceDelivery, { id }: Contract, service: DeliveredService): ServiceDelivery {
  const { productCode, measure, quantity, deliveryDate, description } = before;
  const said = { productCode, measure, quantity, deliveryDate, description };
  const { productName: _name, uom: _uom, pointsPerUnit: _points, ...asked } = service;
  if (before.contractId === id && isDeepStrictEqual(said, asked)) return before;
  throw new PortalError(
    'DELIVERY_EXISTS',
    `There is a delivery ${before.number} that says otherwise: correct it, or give this one another number`,
  );
}

function newDelivery(number: string, contract: Contract, service: DeliveredService, now: Date): ServiceDelivery {
  const time = now.toISOString();
  return {
    number,
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    serviceProviderId: contract.serviceProviderId,
    aggregatorId: contract.aggregatorId,
    status: 'PENDING_ACCEPTANCE',
    ...service,
    createdTime: time,
    lastModifiedTime: time,
    version: 1,
  };
}

function entryChanges(
  portal: DeliveriesPortal,
  { caller, now }: Entry,
  entered: readonly [ServiceDelivery, ...ServiceDelivery[]],
): Change[] {
  const { userId: actor, organizationId } = caller;
  const [{ number, contractId, contractNumber, serviceProviderId: recipientId }] = entered;
  return [
    ...entered.flatMap((delivery) =>
      deliveryChanged(portal, undefined, delivery, { actor, organizationId, now, action: 'enterDelivery' }),
    ),
    portal.notices.queued({
      id: `ServiceDeliveriesEntered#${number}`,
      time: now.toISOString(),
      recipientId,
      kind: 'SERVICE_DELIVERIES_ENTERED',
      contractId,
      contractNumber,
      numbers: entered.map((each) => each.number),
    }),
  ];
}
