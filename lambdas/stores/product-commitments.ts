import type * as z from 'zod';
import { formatQuantity, quantity } from '../domain/numbers/amounts.ts';
import { type ProductCommitment, productCommitmentDueOn } from '../domain/product-commitment/product-commitment.ts';
import type { ProductCommitments, SaidUse } from '../use-cases/ports/product-commitments.ts';
import { duePartition, upToDay } from './due.ts';
import { CustomerUseItem, ProductCommitmentItem } from './items/commitments.ts';
import { keys, ownerShard } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** Commitments to products, as items of their contract, and what customers have used by month. */
export function openProductCommitments(table: Table): ProductCommitments {
  const commitmentOf = (item: Item) => fromProductCommitmentItem(read(ProductCommitmentItem, item));

  return {
    get: async (contractId, id) => {
      const item = await table.get(keys.productCommitment(contractId, id));
      return item && commitmentOf(item);
    },

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'PRODUCT-COMMITMENT#' }))).map(
        commitmentOf,
      ),

    created: (commitment) => table.putNew(`commitment ${commitment.id}`, commitmentItem(commitment)),

    changed: (commitment, now) =>
      table.putOver(
        `commitment ${commitment.id}`,
        commitmentItem({ ...commitment, version: commitment.version + 1, lastModifiedTime: now.toISOString() }),
        commitment.version,
      ),

    due: async function* (shard, on) {
      const range = { index: 'gsi4', upTo: upToDay(on) } as const;
      for await (const item of table.query(duePartition('PRODUCT-COMMITMENTS', shard), range)) {
        yield item.row as { contractId: string; id: string };
      }
    },

    saidUse: async (contractId, period) => {
      const item = await table.get(keys.customerUse(contractId, period));
      if (!item) return { contractId, period, used: [], version: 0 };
      const { used, ...rest } = read(CustomerUseItem, item);
      return {
        ...rest,
        used: used.map((each) => ({ ...each, quantity: quantity(each.quantity) })),
      } as object as SaidUse;
    },

    useSaid: ({ used, version, ...said }) => {
      const what = `use of ${said.period} on contract ${said.contractId}`;
      const item = stored<typeof CustomerUseItem>('CUSTOMER_USE', keys.customerUse(said.contractId, said.period), {
        ...said,
        used: used.map((each) => ({ ...each, quantity: formatQuantity(each.quantity) })),
        version: version + 1,
      });
      return version === 0 ? table.putNew(what, item) : table.putOver(what, item, version);
    },
  };
}

export const toProductCommitmentItem = ({
  segments,
  ...rest
}: ProductCommitment): z.infer<typeof ProductCommitmentItem> => ({
  ...rest,
  segments: segments.map((segment) => ({ ...segment, quantity: formatQuantity(segment.quantity) })),
});

export const fromProductCommitmentItem = ({
  segments,
  ...rest
}: z.infer<typeof ProductCommitmentItem>): ProductCommitment =>
  ({
    ...rest,
    segments: segments.map((segment) => ({ ...segment, quantity: quantity(segment.quantity) })),
  }) as object as ProductCommitment;

function commitmentItem(commitment: ProductCommitment): Item & Key {
  const { id, contractId } = commitment;
  const dueOn = productCommitmentDueOn(commitment);
  const key = keys.productCommitment(contractId, id);
  return stored<typeof ProductCommitmentItem>('PRODUCT_COMMITMENT', key, toProductCommitmentItem(commitment), {
    ...(dueOn !== undefined && {
      gsi4pk: duePartition('PRODUCT-COMMITMENTS', ownerShard(id)),
      gsi4sk: `${dueOn}#${id}`,
    }),
    row: { id, contractId },
  });
}
