import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { task as bringContractsUp } from '../lambdas/close/bring-contracts-up.ts';
import { task as failRun } from '../lambdas/close/fail-run.ts';
import { task as freezePeriod } from '../lambdas/close/freeze-period.ts';
import { task as issueBatch } from '../lambdas/close/issue-batch.ts';
import { task as notifyBatch } from '../lambdas/close/notify-batch.ts';
import { task as numberDocuments } from '../lambdas/close/number-documents.ts';
import { task as planRun } from '../lambdas/close/plan-run.ts';
import { task as rateBatch } from '../lambdas/close/rate-batch.ts';
import { task as reconcileRun } from '../lambdas/close/reconcile-run.ts';
import { task as reportRun } from '../lambdas/close/report-run.ts';
import { task as setBatchAside } from '../lambdas/close/set-batch-aside.ts';
import { task as settleBatch } from '../lambdas/close/settle-batch.ts';
import { task as relayOutbox } from '../lambdas/jobs/relay-outbox.ts';
import type { Task } from '../lambdas/runtime/task-handler.ts';
import type { WorkFiles } from '../lambdas/use-cases/ports/objects.ts';
import type { Portal } from '../lambdas/use-cases/ports/portal.ts';
import { loadDefinition } from './state-machine/load-definition.ts';
import { createRunner, type Runner, type RunnerOptions } from './state-machine/runner.ts';

const DEFINITION = join(import.meta.dirname, '../statemachines/billing-close.asl.json');
const WORK_BUCKET = 'work';

const TASKS: Readonly<Record<string, Task<unknown>>> = {
  BringContractsUp: bringContractsUp,
  FreezePeriod: freezePeriod,
  PlanRun: planRun,
  RateBatch: rateBatch,
  SetBatchAside: setBatchAside,
  NumberDocuments: numberDocuments,
  IssueBatch: issueBatch,
  ReconcileRun: reconcileRun,
  SettleBatch: settleBatch,
  NotifyBatch: notifyBatch,
  ReportRun: reportRun,
  FailRun: failRun,
  RelayOutbox: relayOutbox,
};

/** What the machine runs on: the clock and chance are the caller's, so that a simulation can be repeated. */
export type MachineSurroundings = Pick<RunnerOptions, 'clock' | 'random' | 'weather' | 'concurrencyCap'> & {
  /** Items in a batch of every map, so that a small programme has many. @default as deployed */
  batchSize?: number;
};

/** The deployed state machine of the close, over the very tasks that are deployed, with a local portal. */
export function openCloseMachine(portal: Portal, { batchSize, ...surroundings }: MachineSurroundings): Runner {
  const names = Object.keys(TASKS);
  const deployed = loadDefinition(readFileSync(DEFINITION, 'utf8'), {
    ...Object.fromEntries(names.map((name) => [name, name])),
    WorkBucket: WORK_BUCKET,
  });
  const definition = batchSize === undefined ? deployed : inBatchesOf(batchSize, deployed);
  const functions = Object.fromEntries(
    Object.entries(TASKS).map(([name, task]) => [name, (payload: unknown) => task(portal, payload)]),
  );
  return createRunner({ definition, functions, objects: bucketOf(portal.workFiles), ...surroundings });
}

function inBatchesOf(batchSize: number, definition: unknown): unknown {
  const text = JSON.stringify(definition, (key, value) => (key === 'MaxItemsPerBatch' ? batchSize : value));
  return JSON.parse(text);
}

function bucketOf(files: WorkFiles): RunnerOptions['objects'] {
  return {
    read: async (_bucket, key) => {
      const body = await files.get(key);
      if (!body) throw new Error(`there is no ${key}`);
      return (async function* () {
        yield body;
      })();
    },
    write: async (_bucket, key, body) => {
      await files.putOnce(key, body, 'application/json');
    },
  };
}
