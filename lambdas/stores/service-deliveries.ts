import * as z from 'zod';
import { period, plainDate } from '../domain/calendar/period.ts';
import { formatPointsPerUnit, formatQuantity, pointsPerUnit, quantity } from '../domain/numbers/amounts.ts';
import { deliveryMonth, type ServiceDelivery } from '../domain/service-delivery/service-delivery.ts';
import { SERVICE_DELIVERY_STATUSES } from '../domain/service-delivery/status.ts';
import type { ServiceDeliveries, ServiceDeliveryRow } from '../use-cases/ports/service-deliveries.ts';
import { duePartition, upToDay } from './due.ts';
import { DeliveryNumberItem, ServiceDeliveryItem } from './items/service-deliveries.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerEntries, ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

const ServiceDeliveryRowItem = z.object({
  number: z.string(),
  contractId: z.string(),
  contractNumber: z.string(),
  productCode: z.string(),
  deliveryDate: z.string().transform(plainDate),
  status: z.enum(SERVICE_DELIVERY_STATUSES),
  createdTime: z.string(),
  lastModifiedTime: z.string(),
}) satisfies z.ZodType<ServiceDeliveryRow>;

/** Deliveries beside their contract by month, and an item for each number that says where it is. */
export function openServiceDeliveries(table: Table): ServiceDeliveries {
  return {
    getMany: async (numbers) => {
      const places = await table.batchGet([...new Set(numbers)].map(keys.deliveryNumber));
      const found = places.map((item) => {
        const { contractId, period: of, number } = read(DeliveryNumberItem, item);
        return keys.serviceDelivery(contractId, period(of), number);
      });
      return (await table.batchGet(found)).map(deliveryOf);
    },

    ofMonth: async (contractId, of) => {
      const { pk, sk } = keys.serviceDelivery(contractId, of, '');
      return (await Array.fromAsync(table.query(pk, { prefix: sk }))).map(deliveryOf);
    },

    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#SERVICE-DELIVERIES`, ServiceDeliveryRowItem),
    ofAggregator: (id) => ownerRows(table, 'gsi2', `AGGREGATOR#${id}#SERVICE-DELIVERIES`, ServiceDeliveryRowItem),
    inStatus: async (status) =>
      (await ownerEntries(table, 'gsi3', `SERVICE-DELIVERIES#${status}`)).map(({ row }) =>
        read(ServiceDeliveryRowItem, row as Item),
      ),

    created: (delivery) => {
      const { number, contractId } = delivery;
      const place = { number, contractId, period: deliveryMonth(delivery) };
      return [
        table.putNew(
          `number of service delivery ${number}`,
          stored<typeof DeliveryNumberItem>('DELIVERY_NUMBER', keys.deliveryNumber(number), place),
        ),
        table.putNew(`service delivery ${number}`, deliveryItem(delivery)),
      ];
    },

    changed: (delivery, now) =>
      table.putOver(
        `service delivery ${delivery.number}`,
        deliveryItem({ ...delivery, version: delivery.version + 1, lastModifiedTime: now.toISOString() }),
        delivery.version,
      ),

    undecided: async (shard, upTo) => {
      const due = table.query(duePartition('SERVICE-DELIVERIES', shard), { index: 'gsi4', upTo: upToDay(upTo) });
      return (await Array.fromAsync(due)).map(({ row }) => (row as ServiceDeliveryRow).number);
    },
  };
}

function deliveryItem(delivery: ServiceDelivery): Item & Key {
  const { number, contractId, contractNumber, productCode, deliveryDate, status, createdTime, lastModifiedTime } =
    delivery;
  const row: ServiceDeliveryRow = {
    number,
    contractId,
    contractNumber,
    productCode,
    deliveryDate,
    status,
    createdTime,
    lastModifiedTime,
  };
  const shard = ownerShard(number);
  const changed = `${lastModifiedTime}#${number}`;
  const key = keys.serviceDelivery(contractId, deliveryMonth(delivery), number);
  return stored<typeof ServiceDeliveryItem>('SERVICE_DELIVERY', key, toItem(delivery), {
    gsi1pk: `SP#${delivery.serviceProviderId}#SERVICE-DELIVERIES#${shard}`,
    gsi1sk: changed,
    gsi2pk: `AGGREGATOR#${delivery.aggregatorId}#SERVICE-DELIVERIES#${shard}`,
    gsi2sk: changed,
    gsi3pk: `SERVICE-DELIVERIES#${status}#${shard}`,
    gsi3sk: `${createdTime}#${number}`,
    ...(status === 'PENDING_ACCEPTANCE' && {
      gsi4pk: duePartition('SERVICE-DELIVERIES', shard),
      gsi4sk: `${deliveryDate}#${number}`,
    }),
    row,
  });
}

const toItem = (delivery: ServiceDelivery): z.infer<typeof ServiceDeliveryItem> => ({
  ...delivery,
  quantity: formatQuantity(delivery.quantity),
  pointsPerUnit: formatPointsPerUnit(delivery.pointsPerUnit),
});

const fromItem = (item: z.infer<typeof ServiceDeliveryItem>): ServiceDelivery =>
  defined({
    ...item,
    deliveryDate: plainDate(item.deliveryDate),
    quantity: quantity(item.quantity),
    pointsPerUnit: pointsPerUnit(item.pointsPerUnit),
  }) as ServiceDelivery;

const deliveryOf = (item: Item): ServiceDelivery => fromItem(read(ServiceDeliveryItem, item));
