import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { METRICS_NAMESPACE, type MetricName } from '../manifest/metrics.ts';
import { errorEntry, redacted } from './error-entry.ts';

/** The run an event is about, and nothing else of it: names and amounts never reach a log. */
function runOf(event: unknown): string | undefined {
  const shape = event as { run?: { name?: unknown }; BatchInput?: { run?: { name?: unknown } } } | null;
  const name = shape?.run?.name ?? shape?.BatchInput?.run?.name;
  return typeof name === 'string' ? name : undefined;
}

/** Figures that alarms watch. */
export type Measures = Partial<Record<MetricName, number>>;

export type TaskLog = {
  done(event: unknown, durationMs: number, measures?: Measures): void;
  failed(event: unknown, error: unknown): void;
};

/** Structured log of one task: the run it works for, how long it took, how it failed. */
export function taskLogger(name: string): TaskLog {
  const logger = new Logger({ serviceName: name });
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE });
  return {
    done: (event, durationMs, measures) => {
      logger.info('done', { run: runOf(event), durationMs });
      if (!measures) return;
      for (const [metric, value] of Object.entries(measures)) metrics.addMetric(metric, MetricUnit.NoUnit, value);
      metrics.publishStoredMetrics();
    },
    failed: (event, error) => logger.error('failed', { run: runOf(event), error: redacted(errorEntry(error)) }),
  };
}
