import { Logger } from '@aws-lambda-powertools/logger';

/** The run an event is about, and nothing else of it: names and amounts never reach a log. */
function runOf(event: unknown): string | undefined {
  const shape = event as { run?: { name?: unknown }; BatchInput?: { run?: { name?: unknown } } } | null;
  const name = shape?.run?.name ?? shape?.BatchInput?.run?.name;
  return typeof name === 'string' ? name : undefined;
}

export type TaskLog = {
  done(event: unknown, durationMs: number): void;
  failed(event: unknown, error: unknown): void;
};

/** Structured log of one task: the run it works for, how long it took, how it failed. */
export function taskLogger(name: string): TaskLog {
  const logger = new Logger({ serviceName: name });
  return {
    done: (event, durationMs) => logger.info('done', { run: runOf(event), durationMs }),
    failed: (event, error) => logger.error('failed', { run: runOf(event), error: error as Error }),
  };
}
