import { openFeedHeads } from '../stores/feed-heads.ts';
import { openServiceDeliveries } from '../stores/service-deliveries.ts';
import type { Table } from '../stores/table.ts';
import { openVeloOrders } from '../stores/velo-orders.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { meterPorts } from './meter-ports.ts';
import { noticePorts } from './notice-ports.ts';

/** Ports of the records that the vendor keeps of usage: most functions of the API don't carry them. */
export function servicePorts(table: Table): Pick<Portal, 'feedHeads' | 'serviceDeliveries' | 'veloOrders'> {
  return {
    feedHeads: openFeedHeads(table),
    serviceDeliveries: openServiceDeliveries(table),
    veloOrders: openVeloOrders(table),
  };
}

/** Those with what bringing orders up to date takes. */
export function feedPorts(table: Table) {
  return { ...servicePorts(table), ...meterPorts(table), ...noticePorts(table) };
}
