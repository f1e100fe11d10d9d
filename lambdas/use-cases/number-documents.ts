import * as z from 'zod';
import type { CloseRun } from '../domain/close/run.ts';
import { compareNumbering, type SeriesKind, seriesKindOf, seriesOf } from '../domain/invoice/numbering.ts';
import { decideOnce, getExisting, jsonLines, parseJson, parseLines } from './bytes.ts';
import { TerminalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { type Numbered, numbersOf, sourcesIn } from './reservations.ts';
import { type NumberedRow, NumberedRowSchema, type RatedEntry, RatedEntrySchema, runFiles } from './run-files.ts';
import { numberedRows } from './run-outcome.ts';

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
  const { given, begun } = await numbersGiven(portal, run);
  // What an earlier run may have begun to issue is issued as it was rated then.
  const entries = rated.map((entry) => begun.get(sourceOf(entry)) ?? entry);
  const fresh = entries.flatMap(papersOf).filter((paper) => !given.has(paper.source));
  for (const series of ['INV', 'CRN'] as const) {
    const sources = fresh.filter((paper) => paper.series === series).map((paper) => paper.source);
    for (const [source, numbered] of await numbersTaken(portal, run, series, sources)) given.set(source, numbered);
  }
  const decided = await decideOnce(
    portal.workFiles,
    runFiles.numbers(run.name),
    jsonLines(entries.flatMap((entry) => rowOf(entry, given, run))),
  );
  return { documents: parseLines(NumberedRowSchema, decided).length };
}

/** A document that has to be numbered: in which series, and what for. */
type Paper = { series: SeriesKind; source: string };

/** The documents of a rated order: the one that takes back what it replaces, and the one that bills it. */
function papersOf(entry: RatedEntry): Paper[] {
  const papers: Paper[] = [];
  if (entry.outcome === 'INVOICED') {
    papers.push({ series: seriesKindOf(entry.billed?.kind ?? 'ORDER'), source: sourceOf(entry) });
  }
  if (entry.corrects) papers.push({ series: seriesKindOf(entry.corrects.kind), source: creditSourceOf(entry) });
  return papers;
}

/** The row of an order, if it has the numbers it needs. */
function rowOf(entry: Rated, given: ReadonlyMap<string, Numbered>, { invoiceDate }: CloseRun): NumberedRow[] {
  const papers = papersOf(entry).map((paper) => given.get(paper.source));
  if (papers.some((paper) => paper === undefined)) return [];
  const {
    number: _number,
    creditNumber: _credit,
    creditDate: _creditDate,
    invoiceDate: _date,
    ...rated
  } = entry as Rated & Partial<NumberedRow>;
  const bill = entry.outcome === 'INVOICED' ? given.get(sourceOf(entry)) : undefined;
  const credit = entry.corrects && given.get(creditSourceOf(entry));
  return [
    {
      ...rated,
      ...(bill && { number: bill.number }),
      // A series is of the year its documents are dated in: each is dated as its number was taken.
      ...(credit && { creditNumber: credit.number, creditDate: credit.invoiceDate }),
      invoiceDate: bill?.invoiceDate ?? credit?.invoiceDate ?? invoiceDate,
    },
  ];
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

/** Numbers that earlier runs have taken and not used up, by what they are for; and what those may have begun to issue. */
async function numbersGiven(portal: NumberPortal, run: CloseRun) {
  const given = new Map<string, Numbered>();
  const begun = new Map<string, NumberedRow>();
  const runs = new Set<string>();
  for (const reservation of await portal.numbers.openReservations()) {
    if (reservation.run === run.name) continue;
    runs.add(reservation.run);
    for (const [source, numbered] of await numbersOf(portal.workFiles, reservation)) given.set(source, numbered);
  }
  for (const name of runs) for (const row of await numberedRows(portal, { name })) begun.set(sourceOf(row), row);
  return { given, begun };
}

/** Takes numbers out of one of the run's series for what has none yet. */
async function numbersTaken(
  portal: NumberPortal,
  run: CloseRun,
  series: SeriesKind,
  fresh: readonly string[],
): Promise<Map<string, Numbered>> {
  const file = runFiles.numbering(run.name, series);
  let sources = await sourcesIn(portal.workFiles, file);
  if (sources.length === 0) {
    if (fresh.length === 0) return new Map();
    sources = parseLines(z.string(), await decideOnce(portal.workFiles, file, jsonLines(fresh)));
  }
  const reservation = await portal.numbers.reserve({
    run: run.name,
    series: seriesOf(series === 'CRN' ? 'CREDIT_NOTE' : 'ORDER', run.invoiceDate),
    count: sources.length,
    invoiceDate: run.invoiceDate,
    file,
  });
  if (!reservation) throw new TerminalError(`a later run has been claimed: run ${run.name} takes no numbers any more`);
  return numbersOf(portal.workFiles, reservation);
}

const sourceOf = ({ order }: RatedEntry): string => `${order.id}#${order.revision}`;
const creditSourceOf = (entry: RatedEntry): string => `${sourceOf(entry)}#credit`;

function keyOf({ order, aggregatorNumber }: RatedEntry) {
  const { contractNumber, usagePeriod, revision } = order;
  return { aggregatorNumber, contractNumber, usagePeriod, revision };
}
