import * as z from 'zod';
import { redFrom } from '../domain/usage-meter/health.ts';
import { isProduction, METER_CONNECTIONS, METER_MODES, type UsageMeter } from '../domain/usage-meter/usage-meter.ts';
import type { AutomaticReporting, MeterInstance, UsageMeterRow, UsageMeters } from '../use-cases/ports/usage-meters.ts';
import { duePartition, upToTime } from './due.ts';
import { AutomaticReportingItem, ContractMeterItem, MeterInstanceItem, UsageMeterItem } from './items/usage-meters.ts';
import { keys, ownerShard } from './keys.ts';
import { defined } from './mapping.ts';
import { ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table, TableChange } from './table.ts';

/** The row of a meter in the indexes of its parties; names are short, as each of them carries it. */
const MeterRowItem = z
  .object({
    id: z.string(),
    sp: z.string(),
    ins: z.string(),
    nm: z.string(),
    ver: z.string(),
    mode: z.enum(METER_MODES),
    con: z.enum(METER_CONNECTIONS),
    twin: z.boolean(),
    reg: z.string(),
    up: z.string().optional(),
    gone: z.string().optional(),
  })
  .transform(
    (row): UsageMeterRow => ({
      id: row.id,
      serviceProviderId: row.sp,
      instanceId: row.ins,
      name: row.nm,
      softwareVersion: row.ver,
      mode: row.mode,
      connection: row.con,
      shared: row.twin,
      registeredTime: row.reg,
      ...(row.up === undefined ? {} : { lastUploadTime: row.up }),
      ...(row.gone === undefined ? {} : { removedTime: row.gone }),
    }),
  );

const rowOf = (meter: UsageMeter): z.input<typeof MeterRowItem> => ({
  id: meter.id,
  sp: meter.serviceProviderId,
  ins: meter.instanceId,
  nm: meter.name,
  ver: meter.softwareVersion,
  mode: meter.mode,
  con: meter.connection,
  twin: meter.shared,
  reg: meter.registeredTime,
  up: meter.lastUploadTime,
  gone: meter.removedTime,
});

/** Usage meters, the contracts they report for, and each organization's choice of automatic reporting. */
export function openUsageMeters(table: Table): UsageMeters {
  const meterOf = (item: Item) => defined(read(UsageMeterItem, item)) as UsageMeter;

  const links = (meter: UsageMeter, now: Date, left: UsageMeter['contracts'] = []): TableChange[] => [
    ...meter.contracts.map((contract) => contractMeter(table, meter, contract, now, meter.removedTime !== undefined)),
    ...left.map((contract) => contractMeter(table, meter, contract, now, true)),
  ];

  return {
    get: async (meterId) => {
      const item = await table.get(keys.usageMeter(meterId));
      return item && meterOf(item);
    },

    getMany: async (meterIds) => (await table.batchGet(meterIds.map(keys.usageMeter))).map(meterOf),

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'METER#' }))).map((item) =>
        read(ContractMeterItem, item),
      ),

    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#METERS`, MeterRowItem),
    ofAggregator: (id) => ownerRows(table, 'gsi2', `AGGREGATOR#${id}#METERS`, MeterRowItem),

    created: (meter, now) => [table.putNew(`usage meter ${meter.id}`, meterItem(meter, now)), ...links(meter, now)],

    changed: (meter, now, left) => [
      table.putOver(`usage meter ${meter.id}`, meterItem({ ...meter, version: meter.version + 1 }, now), meter.version),
      ...links(meter, now, left),
    ],

    dueRed: async function* (shard, now) {
      const range = { index: 'gsi4', upTo: upToTime(now) } as const;
      for await (const item of table.query(duePartition('METERS', shard), range)) {
        yield { meterId: (item.row as z.input<typeof MeterRowItem>).id };
      }
    },

    automaticReporting: async (serviceProviderId) => {
      const item = await table.get(keys.automaticReporting(serviceProviderId));
      if (!item) return { serviceProviderId, optedIn: false, meters: 0, version: 0 };
      return defined(read(AutomaticReportingItem, item)) as AutomaticReporting;
    },

    automaticReportingChanged: (of) => {
      const key = keys.automaticReporting(of.serviceProviderId);
      return counted(table, `automatic reporting of ${of.serviceProviderId}`, 'AUTOMATIC_REPORTING', key, of);
    },

    instance: async (serviceProviderId, instanceId) => {
      const item = await table.get(keys.meterInstance(serviceProviderId, instanceId));
      return item ? read(MeterInstanceItem, item) : { serviceProviderId, instanceId, meterIds: [], version: 0 };
    },

    instanceChanged: (of: MeterInstance) => {
      const key = keys.meterInstance(of.serviceProviderId, of.instanceId);
      const members = { ...of, meterIds: [...of.meterIds] };
      return counted(table, `instance ${of.instanceId}`, 'METER_INSTANCE', key, members);
    },
  };
}

/** An item that isn't there yet has version 0. */
function counted(table: Table, describes: string, entity: string, key: Key, of: { version: number }): TableChange {
  const item = stored(entity, key, { ...of, version: of.version + 1 });
  return of.version === 0 ? table.putNew(describes, item) : table.putOver(describes, item, of.version);
}

function meterItem(meter: UsageMeter, now: Date): Item & Key {
  const shard = ownerShard(meter.id);
  const isGone = meter.removedTime !== undefined;
  const members = { ...meter, contracts: meter.contracts.map((contract) => ({ ...contract })) };
  return stored<typeof UsageMeterItem>('USAGE_METER', keys.usageMeter(meter.id), members, {
    gsi1pk: `SP#${meter.serviceProviderId}#METERS#${shard}`,
    gsi1sk: placeOf(meter, now),
    // Who was told that it has stopped is told nothing more before it uploads again.
    ...(isGone || meter.stoppedSince !== undefined
      ? {}
      : { gsi4pk: duePartition('METERS', shard), gsi4sk: `${redFrom(meter)}#${meter.id}` }),
    row: rowOf(meter),
  });
}

function contractMeter(
  table: Table,
  meter: UsageMeter,
  { contractId, aggregatorId }: UsageMeter['contracts'][number],
  now: Date,
  isRemoved: boolean,
): TableChange {
  const members = { meterId: meter.id, isProduction: isProduction(meter), isRemoved };
  const key = keys.contractMeter(contractId, meter.id);
  const indexes = {
    gsi2pk: `AGGREGATOR#${aggregatorId}#METERS#${ownerShard(meter.id)}`,
    gsi2sk: placeOf(meter, now),
    row: rowOf(meter),
  };
  const item = stored<typeof ContractMeterItem>('CONTRACT_METER', key, members, isRemoved ? {} : indexes);
  return table.put(`usage meter ${meter.id} of contract ${contractId}`, item);
}

/** Lists read what has changed since they looked last; an upload changes a meter as well. */
const placeOf = ({ id }: UsageMeter, now: Date): string => `${now.toISOString()}#${id}`;
