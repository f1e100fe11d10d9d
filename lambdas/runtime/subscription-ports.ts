import { openFeedHeads } from '../stores/feed-heads.ts';
import { openMeteredMonths } from '../stores/metered-months.ts';
import { openSubscriptions } from '../stores/subscriptions.ts';
import type { Table } from '../stores/table.ts';
import { openUsageRecords } from '../stores/usage-records.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of cloud subscriptions and of what their billing has told: most functions of the API don't carry them. */
export function subscriptionPorts(
  table: Table,
): Pick<Portal, 'feedHeads' | 'subscriptions' | 'usageRecords' | 'meteredMonths'> {
  return {
    feedHeads: openFeedHeads(table),
    subscriptions: openSubscriptions(table),
    usageRecords: openUsageRecords(table),
    meteredMonths: openMeteredMonths(table),
  };
}
