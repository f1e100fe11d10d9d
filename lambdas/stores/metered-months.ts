import type { MonthOutcome } from '../domain/metering/month-outcome.ts';
import type { ContractMonth, DueCause, MeteredMonths } from '../use-cases/ports/metered-months.ts';
import { duePartition } from './due.ts';
import { MeteredMonthDueItem, MeteredMonthItem } from './items/metered-orders.ts';
import { keys, ownerShard } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table, TableChange } from './table.ts';

/** Months of contracts beside what meters say of them: what makes them due, one item each, and what came of them last. */
export function openMeteredMonths(table: Table): MeteredMonths {
  return {
    get: async (month) => {
      const items = await Array.fromAsync(table.query(keys.meteredMonth(month).pk));
      const due = items.flatMap((item) =>
        item.entity === 'METERED_MONTH_DUE' ? [read(MeteredMonthDueItem, item)] : [],
      );
      const [last] = items.flatMap((item): MonthOutcome[] =>
        item.entity === 'METERED_MONTH' ? [read(MeteredMonthItem, item)] : [],
      );
      return { ...month, due, last };
    },

    isDue: (month, cause, now) => monthIsDue(table, month, cause, now),

    due: async function* (shard) {
      for await (const item of table.query(duePartition('METERED-MONTHS', shard), { index: 'gsi4' })) {
        yield item.row as ContractMonth;
      }
    },

    outcomeKept: (month, outcome) =>
      table.putAll([stored<typeof MeteredMonthItem>('METERED_MONTH', keys.meteredMonth(month), outcome)]),

    done: async (month, due) => {
      for (const cause of due) {
        // Refused where it has come again: then it stays.
        await table.commit([
          table.deleted(`what made ${month.period} due`, keys.meteredMonthDue(month, cause), {
            condition: '#token = :token',
            names: { '#token': 'token' },
            values: { ':token': cause.token },
          }),
        ]);
      }
    },
  };
}

/** Also written where an order of the contract is changed. */
export function monthIsDue(table: Table, month: ContractMonth, cause: DueCause, now: Date): TableChange {
  const { contractId, period } = month;
  const item = stored<typeof MeteredMonthDueItem>('METERED_MONTH_DUE', keys.meteredMonthDue(month, cause), cause, {
    gsi4pk: duePartition('METERED-MONTHS', ownerShard(contractId)),
    gsi4sk: `${now.toISOString()}#${contractId}#${period}#${cause.id}`,
    row: { contractId, period },
  });
  return table.put(`${period} has to be compared with its meters`, item);
}
