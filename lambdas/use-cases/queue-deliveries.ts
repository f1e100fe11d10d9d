import { isSubscribed, type Webhook } from '../domain/webhook/webhook.ts';
import { EVENTS, type EventDefinition } from '../manifest/events.ts';
import { inParallel } from './in-parallel.ts';
import type { PortalEvent } from './ports/messages.ts';
import type { Portal } from './ports/portal.ts';

export type QueuePortal = Pick<Portal, 'clock' | 'organizations' | 'webhooks' | 'deliveries'>;

const AT_ONCE = 8;

/** Queues events for the endpoints of the organizations they tell; made for one round, in which it reads each but once. */
export function openQueue(portal: QueuePortal): (events: readonly PortalEvent[]) => Promise<void> {
  const known = new Map<string, Promise<Webhook[]>>();
  const vendor = portal.organizations.vendor();
  // It is waited for with each event; a failure before that is not one that nobody handles.
  vendor.catch(() => undefined);

  function endpointsOf(organizationId: string): Promise<Webhook[]> {
    const endpoints = known.get(organizationId) ?? portal.webhooks.ofOrganization(organizationId);
    known.set(organizationId, endpoints);
    return endpoints;
  }

  async function queue(event: PortalEvent): Promise<void> {
    const told = toldOf(event, (await vendor)?.id);
    const endpoints = (await Promise.all(told.map(endpointsOf))).flat();
    for (const endpoint of endpoints) {
      if (isSubscribed(endpoint, event.type)) await portal.deliveries.queue(endpoint, event, portal.clock());
    }
  }

  return async (events) => {
    await inParallel(events, AT_ONCE, queue);
  };
}

/** Organizations that an event is told to: the vendor, and those parties it names that may know all it says. */
function toldOf({ type, detail }: PortalEvent, vendorId: string | undefined): string[] {
  const { parties }: EventDefinition = EVENTS[type];
  const { aggregatorId, serviceProviderId } = detail as Partial<Record<'aggregatorId' | 'serviceProviderId', string>>;
  const ids = { AGGREGATOR: aggregatorId, SERVICE_PROVIDER: serviceProviderId };
  return [...new Set([vendorId, ...parties.map((party) => ids[party])])].filter((id) => id !== undefined);
}
