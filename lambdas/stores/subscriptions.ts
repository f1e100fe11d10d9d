import * as z from 'zod';
import { type PlainDate, period } from '../domain/calendar/period.ts';
import {
  formatPercent,
  formatQuantity,
  formatUnitPrice,
  percent,
  quantity,
  unitPrice,
} from '../domain/numbers/amounts.ts';
import { placeOfSubscription, type Subscription } from '../domain/subscription/subscription.ts';
import type { ServiceContracts, SubscriptionRow, Subscriptions } from '../use-cases/ports/subscriptions.ts';
import { ServiceContractsItem, SubscriptionItem } from './items/subscriptions.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

const SubscriptionRowItem = z
  .object({
    id: z.string(),
    subscriptionNumber: z.string(),
    contractId: z.string(),
    contractNumber: z.string(),
    customerNumber: z.string(),
    productCode: z.string(),
    from: z.string(),
    until: z.string().optional(),
    cancelled: z.boolean(),
  })
  .transform((row) => defined(row) as SubscriptionRow);

/** Subscriptions beside their contract, and which contract services are charged to by default. */
export function openSubscriptions(table: Table): Subscriptions {
  const getMany = async (ids: readonly string[]) => {
    const places = ids.flatMap((id) => placeOfSubscription(id) ?? []);
    const items = await table.batchGet(places.map(({ contractId, place }) => keys.subscription(contractId, place)));
    return items.map(subscriptionOf);
  };

  return {
    get: async (id) => (await getMany([id]))[0],
    getMany,

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'SUBSCRIPTION#' }))).map(
        subscriptionOf,
      ),

    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#SUBSCRIPTIONS`, SubscriptionRowItem),
    ofAggregator: (id) => ownerRows(table, 'gsi2', `AGGREGATOR#${id}#SUBSCRIPTIONS`, SubscriptionRowItem),
    all: () => ownerRows(table, 'gsi3', 'SUBSCRIPTIONS', SubscriptionRowItem),

    created: (subscription) =>
      table.putNew(`subscription ${subscription.subscriptionNumber}`, subscriptionItem(subscription)),

    changed: (subscription, now) =>
      table.putOver(
        `subscription ${subscription.subscriptionNumber}`,
        subscriptionItem({ ...subscription, version: subscription.version + 1, lastModifiedTime: now.toISOString() }),
        subscription.version,
      ),

    serviceContracts: async (serviceProviderId): Promise<ServiceContracts> => {
      const item = await table.get(keys.serviceContracts(serviceProviderId));
      return item ? read(ServiceContractsItem, item) : { serviceProviderId, contracts: {}, version: 0 };
    },

    serviceContractsKept: (kept) => {
      const { serviceProviderId, version } = kept;
      const what = `contracts of services of ${serviceProviderId}`;
      const item = stored<typeof ServiceContractsItem>('SERVICE_CONTRACTS', keys.serviceContracts(serviceProviderId), {
        ...kept,
        contracts: { ...kept.contracts },
        version: version + 1,
      });
      return version === 0 ? table.putNew(what, item) : table.putOver(what, item, version);
    },
  };
}

function subscriptionItem(subscription: Subscription): Item & Key {
  const { id, subscriptionNumber, contractId, contractNumber, customerNumber, productCode, from, until, cancelled } =
    subscription;
  const row = { id, subscriptionNumber, contractId, contractNumber, customerNumber, productCode, from, cancelled };
  const shard = ownerShard(id);
  const changed = `${subscription.lastModifiedTime}#${id}`;
  const place = placeOfSubscription(id)?.place ?? 0;
  return stored<typeof SubscriptionItem>('SUBSCRIPTION', keys.subscription(contractId, place), toItem(subscription), {
    gsi1pk: `SP#${subscription.serviceProviderId}#SUBSCRIPTIONS#${shard}`,
    gsi1sk: changed,
    gsi2pk: `AGGREGATOR#${subscription.aggregatorId}#SUBSCRIPTIONS#${shard}`,
    gsi2sk: changed,
    gsi3pk: `SUBSCRIPTIONS#${shard}`,
    gsi3sk: changed,
    row: { ...row, ...(until !== undefined && { until }) },
  });
}

export const toItem = (subscription: Subscription): z.infer<typeof SubscriptionItem> => ({
  ...subscription,
  quantity: formatQuantity(subscription.quantity),
  commitments: subscription.commitments.map(({ price, ...commitment }) => ({
    ...commitment,
    quantity: formatQuantity(commitment.quantity),
    price: { ...price, unitPrice: formatUnitPrice(price.unitPrice), discount: formatPercent(price.discount) },
  })),
});

export const fromItem = (item: z.infer<typeof SubscriptionItem>): Subscription =>
  defined({
    ...item,
    quantity: quantity(item.quantity),
    from: item.from as PlainDate,
    until: item.until as PlainDate | undefined,
    commitments: item.commitments.map(({ price, ...commitment }) => ({
      ...commitment,
      first: period(commitment.first),
      quantity: quantity(commitment.quantity),
      price: { ...price, unitPrice: unitPrice(price.unitPrice), discount: percent(price.discount) },
    })),
  }) as Subscription;

const subscriptionOf = (item: Item): Subscription => fromItem(read(SubscriptionItem, item));
