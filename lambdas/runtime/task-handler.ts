import type { Portal } from '../use-cases/ports/portal.ts';
import { composeClosePortal } from './compose-close.ts';
import { type Measures, taskLogger } from './task-log.ts';

/** A step of the close or a job: what it does with the portal, apart from where it runs. */
export type Task<Result> = (portal: Portal, event: unknown) => Promise<Result>;

/**
 * Makes a task a Lambda function. What it throws is logged and thrown on: the error's name decides in the state machine
 * whether the step is tried again.
 *
 * @param measure says what of the result alarms watch
 * @param failuresIn gives what has failed without stopping the task, to be logged with its causes
 */
export function taskHandler<Result>(
  name: string,
  task: Task<Result>,
  measure?: (result: Result) => Measures,
  failuresIn?: (result: Result) => readonly Error[],
): (event: unknown) => Promise<Result> {
  const log = taskLogger(name);
  let portal: Portal | undefined;
  return async (event) => {
    const started = Date.now();
    try {
      // Kept once it is there: a composition that failed is tried again by the next event.
      portal ??= await composeClosePortal();
      const result = await task(portal, event);
      for (const failure of failuresIn?.(result) ?? []) log.failed(event, failure);
      log.done(event, Date.now() - started, measure?.(result));
      return result;
    } catch (error) {
      log.failed(event, error);
      throw error;
    }
  };
}
