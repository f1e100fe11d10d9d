import { keys } from '../../lambdas/stores/keys.ts';
import type { SeededRandom } from '../random.ts';
import type { World } from './world.ts';

/** Service providers and aggregators who write to orders while the close runs. */
export type RivalWriters = {
  /** Moves an order that waits for somebody on, as its service provider or aggregator would. */
  approve(): Promise<void>;
  /** Adds a usage line to an order that its service provider has not submitted. */
  report(): Promise<void>;
  /** Writes that were taken and refused. */
  outcomes: { taken: number; refused: number };
  /** Orders that a line was added to, and those that were moved on. */
  reported: Set<string>;
  approved: Set<string>;
};

const NEXT: Readonly<Record<string, string>> = {
  PENDING_SP: 'PENDING_AGGREGATOR',
  PENDING_AGGREGATOR: 'PENDING_VENDOR',
};

/** Writers with the condition that every write of an order carries: it is as it was read, and not sealed. */
export function rivalWriters(
  world: Pick<World, 'table'>,
  orderIds: readonly string[],
  random: SeededRandom,
): RivalWriters {
  const { table } = world;
  const outcomes = { taken: 0, refused: 0 };
  const reported = new Set<string>();
  const approved = new Set<string>();
  const isUnsealed = 'version = :version AND #status = :from AND attribute_not_exists(sealedBy)';
  const names = { '#status': 'status' };

  function count(ok: boolean): void {
    if (ok) outcomes.taken += 1;
    else outcomes.refused += 1;
  }

  return {
    outcomes,
    reported,
    approved,

    approve: async () => {
      const id = random.pick(orderIds);
      const key = keys.order(id);
      const order = await table.get(key);
      const to = NEXT[String(order?.status)];
      if (!order || !to) return;
      const { ok } = await table.update(key, {
        expression: 'SET #status = :to, version = version + :one',
        condition: isUnsealed,
        names,
        values: { ':to': to, ':from': order.status, ':one': 1, ':version': order.version },
      });
      count(ok);
      if (ok) approved.add(id);
    },

    report: async () => {
      const id = random.pick(orderIds);
      const key = keys.order(id);
      const order = await table.get(key);
      if (!order || order.status === 'CLOSED') return;
      const line = {
        id: `late-${reported.size}-${outcomes.refused}`,
        usagePeriod: String(order.usagePeriod),
        siteName: 'Site late',
        productCode: 'PRODUCT-0',
        productName: 'Product number 0',
        customerNumber: '',
        uom: 'GB vRAM',
        quantity: '7',
        pointsPerUnit: '4',
        inMinCommit: true,
      };
      const { ok } = await table.commit([
        table.putNew('a late line', {
          ...keys.usageLine(id, String(order.lineSet), line.id),
          entity: 'USAGE_LINE',
          schemaVersion: 1,
          ...line,
        }),
        table.updated('what its order holds', key, {
          expression: 'SET heldLines = heldLines + :one, heldQuantity = :held, version = version + :one',
          condition: isUnsealed,
          names,
          values: {
            ':one': 1,
            ':held': withSeven(String(order.heldQuantity)),
            ':from': order.status,
            ':version': order.version,
          },
        }),
      ]);
      count(ok);
      if (ok) reported.add(id);
    },
  };
}

/** A quantity with seven added: its whole part is before the point. */
function withSeven(quantity: string): string {
  const [whole = '0', decimals] = quantity.split('.');
  return [String(Number(whole) + 7), decimals].filter((part) => part !== undefined).join('.');
}
