import { isPeriod } from '../domain/calendar/period.ts';
import { type EntryField, entryKey } from '../domain/usage/check-entry.ts';
import { lineKey } from '../domain/usage/line-key.ts';
import type { FileRow } from '../domain/usage-file/merge-rows.ts';
import { MOST_FILE_ORDERS, type UsageFile } from '../domain/usage-file/usage-file.ts';
import type { UsageColumn } from '../feeds/usage-columns.ts';
import type { UsageHeader, UsagePart, UsageRow } from '../feeds/usage-file.ts';
import { PortalError } from './errors.ts';
import { fileRow, looseFaults } from './file-row.ts';
import type { ContractRow } from './ports/contracts.ts';
import {
  lateMonths,
  type ReportableOrder,
  type ReportPortal,
  refuseUnreportable,
  reportableOrder,
} from './reportable-order.ts';
import type { ReportedError, RowText } from './usage-file-objects.ts';

/** The rows of a file that are of one order. */
export type OrderRows = {
  reportable: ReportableOrder;
  /** References that rows may name the order's contract by. */
  contract: readonly string[];
  rows: FileRow[];
  texts: RowText[];
  /** Rows by what they are of. */
  seen: Map<string, number>;
};

export type GatheredRows = {
  orders: readonly OrderRows[];
  header: UsageHeader | undefined;
  rows: number;
  emptyRows: number;
};

type GatherPortal = ReportPortal;
type Told = (error: ReportedError) => void;

/**
 * Sorts the rows of a file by the orders they are of, telling everything that is wrong with them: of a row whose order isn't
 * found, what can be told without it. What is wrong with an order itself is told once, at its first row.
 */
export async function gatherRows(
  portal: GatherPortal,
  file: UsageFile,
  parts: AsyncIterable<UsagePart>,
  { tell, now }: { tell: Told; now: Date },
): Promise<GatheredRows> {
  const targets = openTargets(portal, file, now);
  let header: UsageHeader | undefined;
  let rows = 0;
  let emptyRows = 0;
  for await (const part of parts) {
    if ('header' in part) header = part.header;
    else if ('fault' in part) tell(part.fault);
    else if (isEmpty(part.usage)) emptyRows++;
    else {
      rows++;
      await takeRow(targets, part.usage, tellOf(part.usage, tellAs(header, tell)));
    }
  }
  return { orders: targets.found(), header, rows, emptyRows };
}

/** Templates have a row for all that can be reported: one that says nothing is none. */
const isEmpty = ({ cells: { quantity, reason, comment }, unread }: UsageRow): boolean =>
  quantity === '' && reason === '' && comment === '' && unread.size === 0;

type RowTold = (row: number, column: UsageColumn | undefined, message: string) => void;

/** Names columns as the file does. */
export function tellAs(header: UsageHeader | undefined, tell: Told): RowTold {
  return (row, column, message) => {
    const name = column && (header?.names[column] ?? column);
    tell({ row, ...(name !== undefined && { column: name }), message });
  };
}

/** Leaves out what is said of cells that couldn't be read, which has been told. */
const tellOf =
  ({ unread }: UsageRow, tell: RowTold): RowTold =>
  (row, column, message) => {
    if (!column || !unread.has(column)) tell(row, column, message);
  };

/** The column of a part of a line; a line itself has none. */
export const columnOf = (field: EntryField): UsageColumn | undefined => (field === 'line' ? undefined : field);

type Targets = ReturnType<typeof openTargets>;

async function takeRow(targets: Targets, { row, cells, unread }: UsageRow, tell: RowTold): Promise<void> {
  const target = await targets.of(cells.contract, cells.usagePeriod);
  const { contract: _, ...rest } = cells;
  const text: RowText = { row, ...rest };
  const tellFaults = (faults: readonly { field: EntryField; message: string }[]): void => {
    for (const fault of faults) tell(row, columnOf(fault.field), fault.message);
  };
  if ('refusals' in target) {
    for (const { column, message } of target.refusals) {
      if (column || !target.isTold) tell(row, column, message);
    }
    target.isTold = true;
    return tellFaults(looseFaults(text));
  }
  const { reportable, rows, texts, seen } = target;
  await targets.admit(target, cells.usagePeriod);
  const read = fileRow(reportable.facts, text);
  if (!read.ok) return tellFaults(read.faults);
  if (unread.size > 0) return;
  const key = lineKey(read.row.entry.line ?? entryKey(read.row.entry));
  const first = seen.get(key);
  if (first !== undefined) {
    tell(row, undefined, `is of the same product, site and end customer as row ${first}`);
    return;
  }
  seen.set(key, row);
  rows.push(read.row);
  texts.push(text);
}

/** Why rows are of no order: by a cell of theirs, or as the order itself takes none. */
type Refused = { refusals: readonly { column?: UsageColumn; message: string }[]; isTold?: boolean };

const refused = (message: string, column?: UsageColumn): Refused => ({
  refusals: [{ message, ...(column && { column }) }],
});
const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));

/** Finds the orders that rows are of, each looked up once. */
function openTargets(portal: GatherPortal, file: UsageFile, now: Date) {
  const known = new Map<string, OrderRows | Refused>();
  const found: OrderRows[] = [];
  let contracts: ReadonlyMap<string, ContractRow> | undefined;

  async function contractNamed(reference: string): Promise<ContractRow | undefined> {
    if (!contracts) {
      const rows = await portal.contracts.ofServiceProvider(file.serviceProviderId);
      contracts = new Map(rows.flatMap((row) => referencesOf(row).map((text) => [text, row] as const)));
    }
    return contracts.get(reference);
  }

  async function find(reference: string, month: string): Promise<OrderRows | Refused> {
    const contract = reference === '' ? undefined : await contractNamed(reference);
    const refusals: { column: UsageColumn; message: string }[] = [];
    if (!contract) {
      const message = reference === '' ? 'is needed' : `${quoted(reference)} is no contract of yours`;
      refusals.push({ column: 'contract', message });
    }
    if (!isPeriod(month)) {
      const message =
        month === '' ? 'is needed' : `${quoted(month)} is no usage period: write it as text, YYYY-MM, e.g. 2026-10`;
      refusals.push({ column: 'usagePeriod', message });
    }
    if (!contract || !isPeriod(month)) return { refusals };
    const [order] = await portal.billingOrders.ofContract(contract.id, [month]);
    if (!order) return refused(`${reference} has no billing order of ${month}`, 'usagePeriod');
    return target(order.id, referencesOf(contract));
  }

  async function target(orderId: string, contract: readonly string[]): Promise<OrderRows | Refused> {
    const same = found.find(({ reportable }) => reportable.order.id === orderId);
    if (same) return same;
    if (found.length === MOST_FILE_ORDERS) {
      return refused(`a file changes ${MOST_FILE_ORDERS} orders at most: put this one into another`);
    }
    const [order] = await portal.billingOrders.getMany([orderId]);
    if (order?.serviceProviderId !== file.serviceProviderId) return refused('is of no order of yours');
    const reportable = await reportableOrder(portal, order, [], now);
    try {
      refuseUnreportable(order, reportable.facts.family);
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      return refused(error.message);
    }
    const rows = { reportable, contract, rows: [], texts: [], seen: new Map<string, number>() };
    found.push(rows);
    return rows;
  }

  async function ofOrder(orderId: string, reference: string): Promise<OrderRows | Refused> {
    const own = found[0] ?? (await wholeTarget(orderId));
    if ('refusals' in own || reference === '' || own.contract.includes(reference)) return own;
    return refused(`${quoted(reference)} is not the contract of the order`, 'contract');
  }

  async function wholeTarget(orderId: string): Promise<OrderRows | Refused> {
    const [order] = await portal.billingOrders.getMany([orderId]);
    const contract = order && (await portal.contracts.get(order.contractId))?.contract;
    return target(orderId, contract ? referencesOf(contract) : []);
  }

  return {
    found: (): readonly OrderRows[] => found,

    of: async (reference: string, month: string): Promise<OrderRows | Refused> => {
      const key = file.orderId === undefined ? JSON.stringify([reference, month]) : reference;
      let one = known.get(key);
      if (!one) {
        one = file.orderId === undefined ? await find(reference, month) : await ofOrder(file.orderId, reference);
        known.set(key, one);
      }
      return one;
    },

    /** Finds out whether an order takes usage of a month that a row names. */
    admit: async ({ reportable: { order, facts } }: OrderRows, month: string): Promise<void> => {
      if (!isPeriod(month) || month === order.usagePeriod || facts.late.has(month)) return;
      const { refusals } = await lateMonths(portal, order, [month], now);
      for (const [period, refusal] of refusals) facts.late.set(period, refusal);
    },
  };
}

const referencesOf = ({
  contractNumber,
  contractReferenceNumber,
}: Pick<ContractRow, 'contractNumber' | 'contractReferenceNumber'>) => [contractNumber, contractReferenceNumber];
