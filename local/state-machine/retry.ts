import type { Retrier } from './definition.ts';
import type { StateError } from './errors.ts';

/** Errors that a wildcard doesn't match; `States.Runtime` isn't matched by its own name either. */
const TERMINAL = ['States.DataLimitExceeded', 'States.Runtime'];

/** True when a Retrier or Catcher with these ErrorEquals handles the error. */
export function matches(errorEquals: string[], { error }: StateError): boolean {
  if (error === 'States.Runtime') return false;
  return errorEquals.some((name) => {
    if (name === error) return true;
    if (TERMINAL.includes(error)) return false;
    return name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout');
  });
}

/**
 * How long to wait before the next attempt.
 * @param spent attempts already taken from each retrier in this visit of the state; one more is noted here.
 * @returns seconds, or undefined when the error is not to be retried (any more).
 */
export function nextRetry(
  retriers: Retrier[],
  error: StateError,
  spent: number[],
  random: () => number,
): number | undefined {
  const index = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error));
  const retrier = retriers[index];
  if (retrier === undefined) return undefined;
  const { IntervalSeconds = 1, BackoffRate = 2, MaxAttempts = 3, MaxDelaySeconds, JitterStrategy } = retrier;
  const done = spent[index] ?? 0;
  if (done >= MaxAttempts) return undefined;
  spent[index] = done + 1;
  const delay = Math.min(IntervalSeconds * BackoffRate ** done, MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return JitterStrategy === 'FULL' ? delay * random() : delay;
}
