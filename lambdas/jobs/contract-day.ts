import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { type ContractDayResult, runContractDay } from '../use-cases/run-contract-day.ts';

/** What time brings about on contracts: every five minutes, so that a day's effects come with the day. */
export const task: Task<ContractDayResult> = (portal) => runContractDay(portal);

export const handler = taskHandler(
  'contract-day',
  task,
  ({ failures }) => ({ ContractFailures: failures.length }),
  ({ failures }) => failures,
);
