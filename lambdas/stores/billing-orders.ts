import { DAYS_UNTOUCHED, lapsesOn } from '../domain/billing-order/adjust.ts';
import type { BilledOrder, BillingOrder } from '../domain/billing-order/billing-order.ts';
import { addDays, type Period, type PlainDate } from '../domain/calendar/period.ts';
import { ROSTER_SHARDS } from '../domain/close/roster.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type {
  BillingOrders,
  ClosableOrder,
  RosterRow,
  SealResult,
  WrittenLines,
} from '../use-cases/ports/billing-orders.ts';
import { toBilledItem } from './billed-mapping.ts';
import { stillRuns, stillStands } from './contract-months.ts';
import { duePartition, upToDay } from './due.ts';
import { BillingOrderItem, UsageLineItem } from './items.ts';
import { keys, OWNER_SHARDS, ownerShard } from './keys.ts';
import { fromLineItem, fromOrderItem, toLineItem, toOrderItem } from './mapping.ts';
import { monthIsDue } from './metered-months.ts';
import { OrderRowItem, orderRow } from './order-row.ts';
import { ownerEntries, ownerRows } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** Adjustments of the programme that the vendor has to decide of: in a sparse index while they do. */
const TO_APPROVE = 'ORDERS#PENDING_APPROVAL';

const SEALABLE = ':pendingVendor, :pendingRefund';

/** Billing orders, their usage lines and the roster of each period. */
export function openBillingOrders(table: Table): BillingOrders {
  const orderOf = (item: Item): BillingOrder => fromOrderItem(read(BillingOrderItem, item));

  async function getMany(orderIds: readonly string[]): Promise<BillingOrder[]> {
    return (await table.batchGet(orderIds.map(keys.order))).map(orderOf);
  }

  async function ofContract(contractId: string, periods: readonly Period[]): Promise<BillingOrder[]> {
    const rows = await table.batchGet(periods.map((period) => keys.rosterRow(period, contractId)));
    return getMany(rows.map((row) => String(row.orderId)));
  }

  async function linesOf(orderId: string, lineSet: string): Promise<UsageLine[]> {
    const lines: UsageLine[] = [];
    for await (const item of table.query(keys.order(orderId).pk, { prefix: `LINE#${lineSet}#` })) {
      lines.push(fromLineItem(read(UsageLineItem, item)));
    }
    return lines;
  }

  async function seal(orderId: string, run: string): Promise<SealResult> {
    const result = await table.update(keys.order(orderId), {
      expression: 'SET sealedBy = :run, version = version + :one',
      condition: `#status IN (${SEALABLE}) AND attribute_not_exists(sealedBy)`,
      names: { '#status': 'status' },
      values: { ':run': run, ':one': 1, ':pendingVendor': 'PENDING_VENDOR', ':pendingRefund': 'PENDING_VENDOR_REFUND' },
    });
    const order = result.item && orderOf(result.item);
    if (result.ok && order) return { ok: true, order };
    const sealedBefore = order?.sealedBy !== undefined && order.status !== 'CLOSED';
    return order && sealedBefore ? { ok: true, order } : { ok: false, order };
  }

  const cutOff = (order: BillingOrder, run: string, now: Date) => {
    const { lineSet, heldLines, heldQuantity, heldReported, heldOutsideCommit, heldArrearsPeriods } =
      toOrderItem(order);
    return table.updated(`cut off order ${order.id}`, keys.order(order.id), {
      expression:
        'SET #status = :pendingVendor, #row.st = :pendingVendor, sealedBy = :run, version = version + :one, ' +
        'lineSet = :lineSet, heldLines = :lines, heldQuantity = :quantity, heldReported = :reported, ' +
        `heldOutsideCommit = :outside, heldArrearsPeriods = :arrears, ${MOVED}`,
      condition: 'version = :version AND #status = :from AND attribute_not_exists(sealedBy)',
      names: { '#status': 'status', '#row': 'row' },
      values: {
        ...placeValues(order.id, now.toISOString()),
        ':lineSet': lineSet,
        ':lines': heldLines,
        ':quantity': heldQuantity,
        ':reported': heldReported,
        ':outside': heldOutsideCommit,
        ':arrears': heldArrearsPeriods,
        ':pendingVendor': 'PENDING_VENDOR',
        ':from': order.status,
        ':run': run,
        ':one': 1,
        ':version': order.version,
      },
    });
  };

  const closed = (order: ClosableOrder, billed: BilledOrder) =>
    table.updated(`close order ${order.id}`, keys.order(order.id), {
      expression:
        'SET #status = :closed, #row.st = :closed, billed = :billed, version = version + :one, ' +
        `firstClosedTime = if_not_exists(firstClosedTime, :time), ${MOVED}` +
        (billed.invoiceNumber === undefined ? ' REMOVE sealedBy, #row.#no' : ', #row.#no = :number REMOVE sealedBy'),
      condition:
        `revision = :revision AND attribute_exists(sealedBy) AND #status IN (${SEALABLE}) AND ` +
        '(attribute_not_exists(billed) OR billed.revision < :revision)',
      names: { '#status': 'status', '#row': 'row', '#no': 'no' },
      values: {
        ...placeValues(order.id, billed.closedTime),
        ':number': billed.invoiceNumber,
        ':closed': 'CLOSED',
        ':billed': toBilledItem(billed),
        ':one': 1,
        ':revision': order.revision,
        ':pendingVendor': 'PENDING_VENDOR',
        ':pendingRefund': 'PENDING_VENDOR_REFUND',
      },
    });

  const created: BillingOrders['created'] = (order, month = 'OPEN') => [
    // One that is still to be opened has to be there before the orders of its month are opened.
    order.status === 'NOT_OPEN' && month === 'OPEN'
      ? stillRuns(table, order.contractId, order.usagePeriod)
      : stillStands(table, order.contractId, order.usagePeriod, month),
    table.putNew(`roster row of order ${order.id}`, {
      ...keys.rosterRow(order.usagePeriod, order.contractId),
      entity: 'ROSTER_ROW',
      schemaVersion: 1,
      orderId: order.id,
      contractId: order.contractId,
    }),
    table.putNew(`order ${order.id}`, orderItem(order)),
    ...order.held.arrearsPeriods.map((of) => arrearsCarried(order, of)),
  ];

  const changed = (order: BillingOrder, now: Date) =>
    table.putOver(
      `order ${order.id}`,
      orderItem({ ...order, version: order.version + 1, lastModifiedTime: now.toISOString() }),
      order.version,
    );

  const lineItem = (orderId: string, lineSet: string, line: UsageLine) =>
    stored<typeof UsageLineItem>('USAGE_LINE', keys.usageLine(orderId, lineSet, line.id), toLineItem(line));

  const linesWritten = ({ id, lineSet }: Pick<BillingOrder, 'id' | 'lineSet'>, { put, removed }: WrittenLines) => [
    ...put.map((line) => table.put(`usage line ${line.id}`, lineItem(id, lineSet, line))),
    ...removed.map((line) => table.deleted(`usage line ${line.id}`, keys.usageLine(id, lineSet, line.id))),
  ];

  const unchanged = ({ id, version }: Pick<BillingOrder, 'id' | 'version'>) =>
    table.checked(`order ${id} as it was read`, keys.order(id), {
      condition: '#version = :version',
      names: { '#version': 'version' },
      values: { ':version': version },
    });

  const arrearsCarried = ({ id, contractId }: Pick<BillingOrder, 'id' | 'contractId'>, of: Period) =>
    table.put(`order ${id} carries arrears of ${of}`, {
      ...keys.arrears(contractId, of, id),
      entity: 'ARREARS',
      schemaVersion: 1,
      orderId: id,
    });

  async function carriersOf(contractId: string, of: Period): Promise<string[]> {
    const { pk, sk } = keys.arrears(contractId, of, '');
    const rows = await Array.fromAsync(table.query(pk, { prefix: sk }));
    return rows.map((row) => String(row.orderId));
  }

  const waits = ({ id, contractId }: Pick<BillingOrder, 'id' | 'contractId'>) =>
    table.put(`order ${id} waits for the next close`, {
      ...keys.waiting(id),
      entity: 'WAITING',
      schemaVersion: 1,
      orderId: id,
      contractId,
    });

  async function waiting(): Promise<RosterRow[]> {
    const shards = Array.from({ length: OWNER_SHARDS }, (_, shard) =>
      Array.fromAsync(table.query(`WAITING#${shard}`, { prefix: 'ORDER#' })),
    );
    const rows = (await Promise.all(shards)).flat();
    return rows.map((row) => ({ orderId: String(row.orderId), contractId: String(row.contractId) }));
  }

  async function lapsing(on: PlainDate): Promise<string[]> {
    const shards = Array.from({ length: OWNER_SHARDS }, (_, shard) => shard);
    const due = shards.flatMap((shard) => [
      Array.fromAsync(table.query(duePartition('ADJUSTMENTS', shard), { index: 'gsi4', upTo: upToDay(on) })),
      Array.fromAsync(
        table.query(`${TO_APPROVE}#${shard}`, { index: 'gsi4', upTo: `${addDays(on, -DAYS_UNTOUCHED)}~` }),
      ),
    ]);
    return (await Promise.all(due)).flat().map((item) => String(item.pk).slice('ORDER#'.length));
  }

  async function putLines(orderId: string, lineSet: string, lines: readonly UsageLine[]): Promise<void> {
    await table.putAll(lines.map((line) => lineItem(orderId, lineSet, line)));
  }

  async function freeze(period: Period, run: string): Promise<void> {
    const shards = Array.from({ length: ROSTER_SHARDS }, (_, shard) => shard);
    await Promise.all(
      shards.map((shard) =>
        table.update(keys.rosterHead(period, shard), {
          expression: 'SET frozenBy = :run',
          condition: 'attribute_not_exists(frozenBy)',
          values: { ':run': run },
        }),
      ),
    );
  }

  async function* roster(period: Period, shard: number): AsyncGenerator<RosterRow> {
    for await (const item of table.query(keys.rosterHead(period, shard).pk, { prefix: 'CONTRACT#' })) {
      yield { orderId: String(item.orderId), contractId: String(item.contractId) };
    }
  }

  return {
    getMany,
    ofContract,
    linesOf,
    seal,
    cutOff,
    closed,
    created,
    changed,
    linesWritten,
    putLines,
    unchanged,
    arrearsCarried,
    carriersOf,
    bearsOn: ({ id, contractId, version }, period, now) =>
      monthIsDue(table, { contractId, period }, { kind: 'ORDER', id, token: String(version + 1) }, now),
    waits,
    waitsNoLonger: (order) => table.deleted(`order ${order.id} waits no longer`, keys.waiting(order.id)),
    waiting,
    lapsing,
    freeze,
    roster,
    ofServiceProvider: (id) => ownerRows(table, 'gsi1', `SP#${id}#ORDERS`, OrderRowItem),
    ofAggregator: (id, period) =>
      period === undefined
        ? ownerRows(table, 'gsi3', `AGGREGATOR#${id}#ORDERS`, OrderRowItem)
        : ownerRows(table, 'gsi2', `AGGREGATOR#${id}#ORDERS#${period}`, OrderRowItem),
    toApprove: async () => (await ownerEntries(table, 'gsi4', TO_APPROVE)).map((item) => OrderRowItem.parse(item.row)),
  };
}

/** An order as it is stored, with what the lists of its service provider and aggregator need. */
export function orderItem(order: BillingOrder): Item & Key {
  const place = placeOf(order.id, order.lastModifiedTime);
  const shard = ownerShard(order.id);
  return stored<typeof BillingOrderItem>('BILLING_ORDER', keys.order(order.id), toOrderItem(order), {
    gsi1pk: `SP#${order.serviceProviderId}#ORDERS#${shard}`,
    gsi1sk: place,
    gsi2pk: `AGGREGATOR#${order.aggregatorId}#ORDERS#${order.usagePeriod}#${shard}`,
    gsi2sk: place,
    gsi3pk: `AGGREGATOR#${order.aggregatorId}#ORDERS#${shard}`,
    gsi3sk: place,
    ...dueEntry(order, shard, place),
    row: orderRow(order),
  });
}

/**
 * Open adjustments are found in a sparse index: those the vendor has to decide of in the order of their last change, the
 * others by the day they lapse.
 */
function dueEntry(order: BillingOrder, shard: number, place: string): Item {
  if (order.status === 'PENDING_APPROVAL') return { gsi4pk: `${TO_APPROVE}#${shard}`, gsi4sk: place };
  const lapse = lapsesOn(order);
  return lapse === undefined ? {} : { gsi4pk: duePartition('ADJUSTMENTS', shard), gsi4sk: `${lapse}#${order.id}` };
}

/** Lists read what has changed since they looked last: entries are in the order of their last change. */
const placeOf = (id: string, lastModifiedTime: string): string => `${lastModifiedTime}#${id}`;

/** The same where an order is changed in part. */
const MOVED = 'lastModifiedTime = :time, gsi1sk = :place, gsi2sk = :place, gsi3sk = :place';
const placeValues = (id: string, time: string) => ({ ':time': time, ':place': placeOf(id, time) });
