import * as z from 'zod';
import type { CloseRun } from '../domain/close/run.ts';
import { compareNumbering, seriesOf } from '../domain/invoice/numbering.ts';
import { decideOnce, getExisting, jsonLines, parseJson, parseLines } from './bytes.ts';
import { TerminalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { type Numbered, numbersOf, sourcesIn } from './reservations.ts';
import { type NumberedRow, NumberedRowSchema, type RatedEntry, RatedEntrySchema, runFiles } from './run-files.ts';

export type NumberPortal = Pick<Portal, 'numbers' | 'workFiles'>;

type Rated = RatedEntry & { rated: string };

/**
 * Reserves numbers for everything the run has rated, in canonical order and in one step per series (domain.md §6.4).
 * What is to be numbered is written down first and then the numbers are taken, so that whoever comes after a crash knows
 * which number is whose: an order that an earlier run has numbered keeps its number and date. Running it again answers
 * the same numbers.
 */
export async function numberDocuments(portal: NumberPortal, run: CloseRun): Promise<{ documents: number }> {
  const rated = (await ratedEntries(portal, run)).sort((a, b) => compareNumbering(keyOf(a), keyOf(b)));
  const given = await numbersGiven(portal, run);
  const fresh = rated.filter((entry) => entry.outcome === 'INVOICED' && !given.has(sourceOf(entry)));
  for (const [source, numbered] of await numbersTaken(portal, run, fresh)) given.set(source, numbered);
  const rows: NumberedRow[] = [];
  for (const entry of rated) {
    const numbered = given.get(sourceOf(entry));
    if (entry.outcome !== 'INVOICED') rows.push({ ...entry, invoiceDate: run.invoiceDate });
    else if (numbered) rows.push({ ...entry, ...numbered });
  }
  const decided = await decideOnce(portal.workFiles, runFiles.numbers(run.name), jsonLines(rows));
  return { documents: parseLines(NumberedRowSchema, decided).length };
}

async function ratedEntries(portal: NumberPortal, run: CloseRun): Promise<Rated[]> {
  const prefix = runFiles.ratedIndexes(run.name);
  const entries: Rated[] = [];
  for await (const { key } of portal.workFiles.list(prefix)) {
    const bytes = await getExisting(portal.workFiles, key);
    const rated = runFiles.rated(run.name, key.slice(prefix.length, -'.json'.length));
    for (const entry of parseJson(z.array(RatedEntrySchema), bytes)) entries.push({ ...entry, rated });
  }
  return entries;
}

/** Numbers that earlier runs have taken and not used up, by what they are for. */
async function numbersGiven(portal: NumberPortal, run: CloseRun): Promise<Map<string, Numbered>> {
  const given = new Map<string, Numbered>();
  for (const reservation of await portal.numbers.openReservations()) {
    if (reservation.run === run.name) continue;
    for (const [source, numbered] of await numbersOf(portal.workFiles, reservation)) given.set(source, numbered);
  }
  return given;
}

/** Takes numbers out of the run's series for what has none yet. */
async function numbersTaken(
  portal: NumberPortal,
  run: CloseRun,
  fresh: readonly Rated[],
): Promise<Map<string, Numbered>> {
  const file = runFiles.numbering(run.name);
  let sources = await sourcesIn(portal.workFiles, file);
  if (sources.length === 0) {
    if (fresh.length === 0) return new Map();
    sources = parseLines(z.string(), await decideOnce(portal.workFiles, file, jsonLines(fresh.map(sourceOf))));
  }
  const reservation = await portal.numbers.reserve({
    run: run.name,
    series: seriesOf('ORDER', run.invoiceDate),
    count: sources.length,
    invoiceDate: run.invoiceDate,
    file,
  });
  if (!reservation) throw new TerminalError(`a later run has been claimed: run ${run.name} takes no numbers any more`);
  return numbersOf(portal.workFiles, reservation);
}

const sourceOf = ({ order }: RatedEntry): string => `${order.id}#${order.revision}`;

function keyOf({ order, aggregatorNumber }: RatedEntry) {
  const { contractNumber, usagePeriod, revision } = order;
  return { aggregatorNumber, contractNumber, usagePeriod, revision };
}
