import type { Executions as ExecutionsPort } from '../lambdas/use-cases/ports/closes.ts';
import { ExecutionAlreadyExists, ExecutionDoesNotExist, type Executions } from './state-machine/executions.ts';
import type { Json } from './state-machine/types.ts';

/** The executions of the local runner, as the portal knows those of Step Functions. */
export function openLocalExecutions(executions: () => Executions): ExecutionsPort {
  const known = <Result>(of: () => Result, otherwise: Result): Result => {
    try {
      return of();
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return otherwise;
      throw error;
    }
  };

  return {
    start: async (name, input) => {
      try {
        executions().start(name, input as Json);
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    status: async (name) =>
      known(
        () => (executions().describe(name).status === 'RUNNING' ? ('RUNNING' as const) : ('ENDED' as const)),
        'UNKNOWN' as const,
      ),

    progress: async (name) =>
      known(
        () =>
          executions()
            .mapRuns(name)
            .map(({ label, itemCounts: { total, succeeded, failed } }) => ({ stage: label, total, succeeded, failed })),
        [],
      ),
  };
}
