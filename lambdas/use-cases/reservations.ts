import * as z from 'zod';
import type { PlainDate } from '../domain/calendar/period.ts';
import { documentNumber } from '../domain/invoice/numbering.ts';
import { readLines } from './bytes.ts';
import type { Reservation } from './ports/invoices.ts';
import type { WorkFiles } from './ports/objects.ts';

/** A number and the date of the invoice that bears it. */
export type Numbered = { number: string; invoiceDate: PlainDate };

/** What a run takes numbers for, in the order of the numbers: "<order>#<revision>"; empty when nothing is written yet. */
export function sourcesIn(workFiles: WorkFiles, file: string): Promise<string[]> {
  return readLines(workFiles, z.string(), file);
}

/** The numbers of a reservation by what they are for: the n-th thing to be numbered has the n-th number. */
export async function numbersOf(workFiles: WorkFiles, reservation: Reservation): Promise<Map<string, Numbered>> {
  const { series, first, invoiceDate, file } = reservation;
  const sources = await sourcesIn(workFiles, file);
  return new Map(
    sources.map((source, index) => [source, { number: documentNumber(series, first + index), invoiceDate }]),
  );
}
