import { billOfPeriod, statementOfPeriod } from '../documents/period-documents.ts';
import { ConsolidatedBillSchema, StatementSchema } from '../documents/statement.ts';
import type { Period } from '../domain/calendar/period.ts';
import { getExisting, parseJson, sha256, workBytes } from './bytes.ts';
import type { PartyDocument } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';

/** The documents of a party that have to do with a usage period, in the order their runs were claimed. */
export function documentsOfPeriod(documents: readonly PartyDocument[], of: Period): PartyDocument[] {
  return documents.filter(({ months }) => months.some(({ usagePeriod }) => usagePeriod === of)).sort(byRun);
}

// Runs of a period are claimed one after the other, and those of the next period after them.
const byRun = (a: PartyDocument, b: PartyDocument): number =>
  a.period === b.period ? runNumber(a) - runNumber(b) : a.period < b.period ? -1 : 1;
const runNumber = ({ run }: PartyDocument): number => Number(run.slice(run.lastIndexOf('-') + 1));

/**
 * Where the document of a month is: of a month that a single run has billed, and nothing else with it, that run's own; else
 * one under a name that follows from what it is made of, so that it is the same whoever makes it.
 *
 * @param documents those of the period, one at least
 */
export function periodDocumentKey(of: Period, documents: readonly PartyDocument[]): string {
  const [first] = documents as [PartyDocument, ...PartyDocument[]];
  if (isAlone(documents)) return first.key;
  const folder = first.kind === 'STATEMENT' ? 'statements' : 'bills';
  const hash = sha256(workBytes([of, ...documents.map(({ hashes }) => hashes.json)])).slice(0, 32);
  return `${folder}/${of}/${first.recipientId}/month-${hash}`;
}

const isAlone = (documents: readonly PartyDocument[]): boolean =>
  documents.length === 1 && documents[0]?.months.length === 1;

export type PeriodDocumentsPortal = Pick<Portal, 'documents' | 'documentWriter' | 'partyDocuments'>;

/**
 * Writes the documents of the months that a document just settled has to do with, where they are not those of a run. Of two
 * documents of a month settled at the same moment the one recorded later finds both, so that what counts is always made.
 */
export async function putPeriodDocuments(portal: PeriodDocumentsPortal, settled: PartyDocument): Promise<void> {
  const all = await portal.partyDocuments.of(settled.recipientId);
  for (const { usagePeriod } of settled.months) {
    const documents = documentsOfPeriod(all, usagePeriod);
    if (documents.length === 0 || isAlone(documents)) continue;
    await putPeriodDocument(portal, settled.kind, usagePeriod, documents);
  }
}

async function putPeriodDocument(
  portal: PeriodDocumentsPortal,
  kind: PartyDocument['kind'],
  of: Period,
  documents: readonly PartyDocument[],
): Promise<void> {
  const key = periodDocumentKey(of, documents);
  const contents = await Promise.all(documents.map((each) => getExisting(portal.documents, `${each.key}.json`)));
  if (kind === 'STATEMENT') {
    const statement = statementOfPeriod(
      of,
      contents.map((bytes) => parseJson(StatementSchema, bytes)),
    );
    await portal.documentWriter.statement(key, statement);
  } else {
    const bill = billOfPeriod(
      of,
      contents.map((bytes) => parseJson(ConsolidatedBillSchema, bytes)),
    );
    await portal.documentWriter.consolidatedBill(key, bill);
  }
}
