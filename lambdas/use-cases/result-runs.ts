/** What became of a row of a body. */
type RowResult<Result extends string> = { result: Result; message?: string };

/** Rows on lines that follow each other and came to the same. */
export type ResultRun<Outcome> = Outcome & { first: number; last: number };

/**
 * What became of the rows of a body: how many came to each result, and rows that follow each other with the same result
 * together, so that an answer about many rows is short.
 *
 * @param lines where rows stand, in the order of their outcomes
 * @param results all that there are
 */
export function resultRuns<Result extends string, Outcome extends RowResult<Result>>(
  lines: readonly number[],
  outcomes: readonly Outcome[],
  results: readonly Result[],
): { counts: Record<Result, number>; runs: ResultRun<Outcome>[] } {
  const counts = Object.fromEntries(results.map((result) => [result, 0])) as Record<Result, number>;
  const runs: ResultRun<Outcome>[] = [];
  outcomes.forEach((outcome, at) => {
    const line = lines[at] as number;
    counts[outcome.result]++;
    const last = runs.at(-1);
    if (last && last.result === outcome.result && last.message === outcome.message) last.last = line;
    else runs.push({ first: line, last: line, ...outcome });
  });
  return { counts, runs };
}
