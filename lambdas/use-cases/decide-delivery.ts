import { dateOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { AskedService } from '../domain/service-delivery/check-delivery.ts';
import {
  deliveredUsage,
  deliveryMonth,
  isCharged,
  isOfDelivery,
  type ServiceDelivery,
} from '../domain/service-delivery/service-delivery.ts';
import {
  DELIVERY_DECISIONS,
  type DeliveryDecision,
  SERVICE_DELIVERY_TRANSITIONS,
  type ServiceDeliveryStatus,
} from '../domain/service-delivery/status.ts';
import { transition } from '../domain/transitions.ts';
import { type AccountPortal, accountMonth } from './account-month.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { contractOf } from './contract-of.ts';
import { type DeliveryChangedPortal, deliveryChanged } from './delivery-changed.ts';
import { checkedDelivery } from './enter-deliveries.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { orderTaking, refuseSubmitted } from './order-taking.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownDelivery } from './read-deliveries.ts';
import { notValid } from './requested-change.ts';

export type DecidePortal = DeliveryChangedPortal &
  AccountPortal &
  Pick<Portal, 'units' | 'contracts' | 'notices' | 'organizations' | 'feedHeads'>;

/** Who decides of which delivery, and what the other side is told. */
export type DeliveryDecided = {
  caller: Caller;
  number: string;
  now: Date;
  ifMatch: IfMatch;
  comment?: string | undefined;
  /** On correcting: what it is to say from now on, the whole of it. */
  service?: AskedService;
};

/**
 * The service provider accepts or disputes a delivery, the vendor corrects, confirms or withdraws it. What that makes of the
 * orders with its usage is committed with it, so that an order is never submitted, nor billed, with a delivery that is disputed.
 *
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED; USAGE_SUBMITTED for what has left the service
 *   provider's hands; on correcting BAD_REQUEST and USAGE_TOO_OLD; USAGE_NOT_HERE where no order takes it; CHANGED_MEANWHILE
 */
export function decideDelivery(
  portal: DecidePortal,
  decision: DeliveryDecision,
  decided: DeliveryDecided,
): Promise<ServiceDelivery> {
  const { caller, number, now, ifMatch, comment } = decided;
  return committed(portal, 'The delivery', async () => {
    const before = await ownDelivery(portal, caller, ACTIONS[decision], number);
    refuseOtherVersion(before.version, ifMatch);
    const status = statusAfter(before, decision);
    const contract = await contractOf(portal, before.contractId);
    const service = decided.service && (await corrected(portal, before, contract, decided.service, now));
    const after = { ...before, ...service, status, ...(comment !== undefined && { comment }) };
    const { userId: actor, organizationId } = caller;
    const move = { actor, organizationId, now, action: `${decision}Delivery`, reason: comment };
    const isMoved = service !== undefined || isCharged(before) !== isCharged(after);
    const changes = [
      ...deliveryChanged(portal, before, after, move),
      ...(await told(portal, decision, before, after, now)),
      ...(isMoved ? await accounted(portal, contract, before, after, move) : []),
    ];
    return { changes, result: { ...after, version: before.version + 1, lastModifiedTime: now.toISOString() } };
  });
}

const ACTIONS = {
  accept: 'decideServiceDeliveries',
  dispute: 'decideServiceDeliveries',
  correct: 'enterServiceDeliveries',
  confirm: 'enterServiceDeliveries',
  withdraw: 'enterServiceDeliveries',
} as const satisfies Record<DeliveryDecision, string>;

function statusAfter({ status }: ServiceDelivery, decision: DeliveryDecision): ServiceDeliveryStatus {
  const moved = transition(SERVICE_DELIVERY_TRANSITIONS, status, decision, DELIVERY_DECISIONS[decision]);
  if (moved.ok) return moved.to;
  throw new PortalError('TRANSITION_NOT_ALLOWED', `The delivery is ${status}: ${decision} is not possible then`);
}

async function corrected(
  portal: DecidePortal,
  before: ServiceDelivery,
  contract: Contract,
  asked: AskedService,
  now: Date,
) {
  const { products } = await portal.catalogue.current();
  const service = checkedDelivery(asked, contract, products, dateOf(now));
  const of = deliveryMonth(before);
  if (deliveryMonth(service) === of) return service;
  const message = `must lie in ${of}: for another month withdraw it, and enter it under another number`;
  throw notValid([{ field: 'deliveryDate', message }]);
}

/** What becomes of the orders with usage of its month. */
async function accounted(
  portal: DecidePortal,
  contract: Contract,
  before: ServiceDelivery,
  after: ServiceDelivery,
  move: Parameters<typeof deliveryChanged>[3],
): Promise<Change[]> {
  const of = deliveryMonth(before);
  const version = await portal.feedHeads.version(contract.id);
  const all = await portal.serviceDeliveries.ofMonth(contract.id, of);
  const own = isCharged(after)
    ? await orderTaking(portal, contract, of)
    : (await portal.billingOrders.ofContract(contract.id, [of]))[0];
  const moved = portal.feedHeads.moved(contract.id, version);
  if (!own || own.status === 'CANCELLED') return [moved];
  if (isCharged(before)) await refuseSubmitted(portal, own, (line) => isOfDelivery(line, before));
  const { changes } = await accountMonth(portal, {
    contract,
    own: { before: own, after: own },
    usage: deliveredUsage(all.map((each) => (each.number === after.number ? after : each))),
    origin: 'FEED',
    toldSince: new Map(),
    move: { ...move, reason: [after.number, move.reason].filter(Boolean).join(': ') },
  });
  return [moved, ...changes];
}

/** The mail to the other side; what is accepted needs none. */
async function told(
  portal: DecidePortal,
  decision: DeliveryDecision,
  before: ServiceDelivery,
  { number, contractId, contractNumber, serviceProviderId, description, comment }: ServiceDelivery,
  now: Date,
): Promise<Change[]> {
  if (decision === 'accept') return [];
  const recipientId = decision === 'dispute' ? (await portal.organizations.vendor())?.id : serviceProviderId;
  if (recipientId === undefined) return [];
  return [
    portal.notices.queued({
      id: `ServiceDeliveryChanged#${number}#${before.version + 1}`,
      time: now.toISOString(),
      recipientId,
      kind: 'SERVICE_DELIVERY_CHANGED',
      contractId,
      contractNumber,
      number,
      decision,
      description,
      ...(comment !== undefined && { comment }),
    }),
  ];
}
