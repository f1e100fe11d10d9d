import { localArn, type Run } from './engine.ts';
import { uuid } from './jsonata-functions.ts';
import type { ExecutionEvent, MapRun, MapRunCounts } from './types.ts';

/** Keeps the counts of one run of a Distributed Map and tells them as events. */
export type MapRunProgress = {
  record: MapRun;
  id: string;
  started(items: number): void;
  ended(items: number, succeeded: boolean): void;
  finished(status: 'SUCCEEDED' | 'FAILED'): void;
};

/** Begins the record of a map run; `totalItems` are known from the start, its executions only as they are started. */
export function beginMapRun(
  run: Run,
  map: { name: string; label: string; maxConcurrency: number; totalItems: number },
): MapRunProgress {
  const { clock, random, machineName } = run.engine;
  const id = uuid(random);
  const record: MapRun = {
    mapRunArn: localArn('mapRun', `${machineName}/${map.label}:${id}`),
    state: map.name,
    label: map.label,
    status: 'RUNNING',
    startDate: clock.now().toISOString(),
    maxConcurrency: map.maxConcurrency,
    itemCounts: countsOf(map.totalItems),
    executionCounts: countsOf(0),
  };
  run.mapRuns.push(record);
  const { itemCounts, executionCounts } = record;

  function tell(type: 'MapRunStarted' | 'MapRunProgress' | 'MapRunFinished'): void {
    const { total, succeeded, failed, pending } = itemCounts;
    run.emit({ type, state: map.name, total, succeeded, failed, pending } satisfies ExecutionEvent);
  }

  tell('MapRunStarted');
  return {
    record,
    id,
    started(items) {
      itemCounts.pending -= items;
      itemCounts.running += items;
      executionCounts.total += 1;
      executionCounts.running += 1;
    },
    ended(items, succeeded) {
      const outcome = succeeded ? 'succeeded' : 'failed';
      itemCounts.running -= items;
      itemCounts[outcome] += items;
      executionCounts.running -= 1;
      executionCounts[outcome] += 1;
      tell('MapRunProgress');
    },
    finished(status) {
      record.status = status;
      record.stopDate = clock.now().toISOString();
      tell('MapRunFinished');
    },
  };
}

function countsOf(total: number): MapRunCounts {
  return { total, pending: total, running: 0, succeeded: 0, failed: 0 };
}
