import type { CloseRun } from '../domain/close/run.ts';
import type { Closes, PeriodClose, RunKey, RunPlace } from '../use-cases/ports/closes.ts';
import { CloseRunItem, LastClaimedItem, PeriodCloseItem, RunPlaceItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table, TableChange } from './table.ts';

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

    lastClaimed: async () => {
      const item = await table.get(keys.lastClaimed());
      return item && (read(LastClaimedItem, item) as RunKey);
    },

    noneClaimedSince: (last) =>
      last
        ? isLastClaimed(table, last.name)
        : table.checked('no run was claimed yet', keys.lastClaimed(), { condition: 'attribute_not_exists(pk)' }),

    place: async ({ period, name }) => {
      const item = await table.get(keys.runPlace(period, name));
      return item && (read(RunPlaceItem, item) as RunPlace);
    },

    reconciled: ({ period, name }) => [
      isLastClaimed(table, name),
      table.updated(`run ${name} has reconciled`, keys.runPlace(period, name), {
        expression: 'SET reconciled = :yes',
        condition: 'attribute_exists(pk)',
        values: { ':yes': true },
      }),
    ],

    claimed: (run, before, last) => [
      table.put(
        `claim of run ${run.name}`,
        closeItem({ period: run.period, state: 'RUNNING', currentRun: run.run }),
        before
          ? { condition: 'currentRun = :before', values: { ':before': before.currentRun } }
          : { condition: 'attribute_not_exists(pk)' },
      ),
      table.putNew(`run ${run.name}`, runItem(run)),
      table.putNew(
        `place of run ${run.name}`,
        stored<typeof RunPlaceItem>('RUN_PLACE', keys.runPlace(run.period, run.name), {
          ...(last && { previous: { ...last } }),
          reconciled: false,
        }),
      ),
      table.put(
        `run ${run.name} is claimed last`,
        stored<typeof LastClaimedItem>('LAST_CLAIMED', keys.lastClaimed(), { period: run.period, name: run.name }),
        last
          ? { condition: '#name = :last', names: { '#name': 'name' }, values: { ':last': last.name } }
          : { condition: 'attribute_not_exists(pk)' },
      ),
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

/** Holds as long as no run was claimed after this one: what only one run at a time may do is committed with it. */
export function isLastClaimed(table: Table, run: string): TableChange {
  return table.checked(`run ${run} is the one claimed last`, keys.lastClaimed(), {
    condition: '#name = :run',
    names: { '#name': 'name' },
    values: { ':run': run },
  });
}
