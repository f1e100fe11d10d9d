import { period } from '../domain/calendar/period.ts';
import type { ProgrammeDays } from '../use-cases/ports/programme-days.ts';
import { keys } from './keys.ts';
import type { Item, Key, Table } from './table.ts';

/** Marks of the programme-day job: in the heads of roster shards, and one item for each period. */
export function openProgrammeDays(table: Table): ProgrammeDays {
  /** Sets a time where there is none. */
  const mark = async (key: Key, name: string, now: Date): Promise<Item | undefined> => {
    const { item } = await table.update(key, {
      expression: 'SET #mark = if_not_exists(#mark, :time)',
      names: { '#mark': name },
      values: { ':time': now.toISOString() },
    });
    return item;
  };
  const headOf = ({ overSince, begunSince, frozenBy }: Item = {}) => ({
    over: overSince !== undefined,
    begun: begunSince !== undefined,
    frozen: frozenBy !== undefined,
  });

  return {
    begunUpTo: async () => {
      const item = await table.get(keys.programmeDay());
      return item && period(String(item.period));
    },

    begunAll: async (begun) => {
      await table.update(keys.programmeDay(), {
        expression: 'SET #period = :begun',
        condition: 'attribute_not_exists(pk) OR #period < :begun',
        names: { '#period': 'period' },
        values: { ':begun': begun },
      });
    },

    head: async (of, shard) => headOf(await table.get(keys.rosterHead(of, shard))),
    over: async (of, shard, now) => headOf(await mark(keys.rosterHead(of, shard), 'overSince', now)),
    begun: async (of, shard, now) => {
      await mark(keys.rosterHead(of, shard), 'begunSince', now);
    },

    stepsDone: async (of) => {
      const { pk: _pk, sk: _sk, ...steps } = (await table.get(keys.programmeDaySteps(of))) ?? {};
      return new Set(Object.keys(steps));
    },
    stepDone: async (of, step, now) => {
      await mark(keys.programmeDaySteps(of), step, now);
    },
  };
}
