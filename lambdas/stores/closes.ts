import type { CloseRun } from '../domain/close/run.ts';
import type { Closes, PeriodClose } from '../use-cases/ports/closes.ts';
import { CloseRunItem, PeriodCloseItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

const RUNS_SHOWN = 100;

/** Runs of the close, and how each period stands over its runs. */
export function openCloses(table: Table): Closes {
  const runOf = (item: Item) => read(CloseRunItem, item) as unknown as CloseRun;
  const closeOf = (item: Item) => read(PeriodCloseItem, item) as PeriodClose;
  const runItem = (run: CloseRun) =>
    stored<typeof CloseRunItem>('CLOSE_RUN', keys.closeRun(run.period, run.name), run as never);
  const closeItem = (close: PeriodClose) =>
    stored<typeof PeriodCloseItem>('PERIOD_CLOSE', keys.periodClose(close.period), close);

  const ended = (run: CloseRun) =>
    table.put(`end of run ${run.name}`, runItem(run), {
      condition: '#status = :running',
      names: { '#status': 'status' },
      values: { ':running': 'RUNNING' },
    });

  return {
    periods: async () => {
      const closes: PeriodClose[] = [];
      for await (const item of table.query('CLOSES')) closes.push(closeOf(item));
      return closes;
    },

    get: async (period) => {
      const item = await table.get(keys.periodClose(period));
      return item && closeOf(item);
    },

    run: async (period, name) => {
      const item = await table.get(keys.closeRun(period, name));
      return item && runOf(item);
    },

    runs: async (period) => {
      const runs: CloseRun[] = [];
      for await (const item of table.query(`CLOSE#${period}`, { prefix: 'RUN#' })) runs.push(runOf(item));
      return runs.sort((a, b) => (a.claimedTime < b.claimedTime ? 1 : -1)).slice(0, RUNS_SHOWN);
    },

    claimed: (run, before) => [
      table.put(
        `claim of run ${run.name}`,
        closeItem({ period: run.period, state: 'RUNNING', currentRun: run.run }),
        before
          ? { condition: 'currentRun = :before', values: { ':before': before.currentRun } }
          : { condition: 'attribute_not_exists(pk)' },
      ),
      table.putNew(`run ${run.name}`, runItem(run)),
    ],

    nextDryRun: async (period) => {
      const result = await table.update(keys.dryRunCounter(period), {
        expression: 'ADD #last :one',
        names: { '#last': 'last' },
        values: { ':one': 1 },
      });
      return Number(result.item?.last);
    },

    dryRunClaimed: (run) => [table.putNew(`dry run ${run.name}`, runItem(run))],

    finished: (run, state) => {
      if (run.dryRun) return [ended(run)];
      return [
        ended(run),
        table.put(
          `state of ${run.period} after ${run.name}`,
          closeItem({ period: run.period, state, currentRun: run.run }),
          { condition: 'currentRun = :run', values: { ':run': run.run } },
        ),
      ];
    },
  };
}
