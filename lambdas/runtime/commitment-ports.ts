import { openFeedHeads } from '../stores/feed-heads.ts';
import { openMeteredMonths } from '../stores/metered-months.ts';
import { openProductCommitments } from '../stores/product-commitments.ts';
import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

/** Ports of product commitments, and of the months that are told of them: most functions don't carry them. */
export function commitmentPorts(table: Table): Pick<Portal, 'feedHeads' | 'productCommitments' | 'meteredMonths'> {
  return {
    feedHeads: openFeedHeads(table),
    productCommitments: openProductCommitments(table),
    meteredMonths: openMeteredMonths(table),
  };
}
