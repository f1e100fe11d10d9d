import { billOfPeriod, statementOfPeriod } from '../documents/period-documents.ts';
import {
  type ConsolidatedBill,
  ConsolidatedBillSchema,
  type Statement,
  StatementSchema,
} from '../documents/statement.ts';
import type { Period } from '../domain/calendar/period.ts';
import { addPoints } from '../domain/numbers/amounts.ts';
import { addDecimals } from '../domain/numbers/decimal.ts';
import { readDocuments } from './documents.ts';
import { PortalError } from './errors.ts';
import { BILLED_MONTH_LIST } from './lists/billed-month-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { documentsOfPeriod, periodDocumentKey } from './period-documents.ts';
import type { PartyDocument, SettledMonth } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';

export type PeriodPortal = Pick<Portal, 'documents' | 'partyDocuments'>;

/** What all runs have billed an organization of one month. */
export type BilledMonth = Omit<SettledMonth, 'corrections'> & {
  /** Something of it was taken back. */
  corrected: boolean;
  /** Runs that billed something of it, in the order they were claimed. */
  runs: string[];
};

/**
 * Months that were billed to an organization, the latest first unless told otherwise: from the records of its documents, none
 * of which is read.
 * @throws PortalError BAD_REQUEST
 */
export async function listBilledMonths(
  portal: PeriodPortal,
  organizationId: string,
  query: ListQuery,
): Promise<Page<BilledMonth>> {
  const page = compileList(BILLED_MONTH_LIST, query);
  const documents = await portal.partyDocuments.of(organizationId);
  const periods = new Set(documents.flatMap(({ months }) => months.map(({ usagePeriod }) => usagePeriod)));
  return page([...periods].map((of) => billedMonth(of, documentsOfPeriod(documents, of))));
}

function billedMonth(usagePeriod: Period, documents: readonly PartyDocument[]): BilledMonth {
  const parts = documents.flatMap(({ months }) => months.filter((month) => month.usagePeriod === usagePeriod));
  return {
    usagePeriod,
    documents: parts.reduce((sum, part) => sum + part.documents, 0),
    corrected: parts.some((part) => part.corrections > 0),
    points: parts.reduce((sum, part) => addPoints(sum, part.points), '0'),
    ...(documents[0]?.kind === 'STATEMENT' && { totals: totalsOf(parts) }),
    runs: documents.map(({ run }) => run),
  };
}

function totalsOf(parts: readonly SettledMonth[]): NonNullable<SettledMonth['totals']> {
  const totals = new Map<string, NonNullable<SettledMonth['totals']>[number]>();
  for (const { currency, ...sums } of parts.flatMap((part) => part.totals ?? [])) {
    const before = totals.get(currency);
    totals.set(currency, {
      currency,
      net: addDecimals(before?.net ?? '0', sums.net),
      tax: addDecimals(before?.tax ?? '0', sums.tax),
      gross: addDecimals(before?.gross ?? '0', sums.gross),
    });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/**
 * A service provider's consolidated bill of a month, over all its contracts and all runs.
 * @throws PortalError NOT_FOUND when nothing of it was billed; BAD_REQUEST when it is too large for an answer
 */
export async function readBillOfPeriod(
  portal: PeriodPortal,
  organizationId: string,
  of: Period,
): Promise<ConsolidatedBill> {
  const contents = await contentsOf(portal, await foundOf(portal, organizationId, of));
  return billOfPeriod(
    of,
    contents.map((content) => ConsolidatedBillSchema.parse(content)),
  );
}

/**
 * An aggregator's statement of a month, over all runs.
 * @throws PortalError NOT_FOUND when nothing of it was billed; BAD_REQUEST when it is too large for an answer
 */
export async function readStatementOfPeriod(
  portal: PeriodPortal,
  organizationId: string,
  of: Period,
): Promise<Statement> {
  const contents = await contentsOf(portal, await foundOf(portal, organizationId, of));
  return statementOfPeriod(
    of,
    contents.map((content) => StatementSchema.parse(content)),
  );
}

/**
 * Where the bill or statement of a month is stored, without extension.
 * @throws PortalError NOT_FOUND; TRY_AGAIN in the moment in which a run is settling it
 */
export async function findPeriodDocument(portal: PeriodPortal, organizationId: string, of: Period): Promise<string> {
  const key = periodDocumentKey(of, await foundOf(portal, organizationId, of));
  const forms = await Array.fromAsync(portal.documents.list(`${key}.`));
  if (forms.length === FORMS) return key;
  throw new PortalError('TRY_AGAIN', `The document of ${of} is being made: ask again in a minute`);
}

// JSON, PDF, CSV.
const FORMS = 3;

async function foundOf(portal: PeriodPortal, organizationId: string, of: Period): Promise<PartyDocument[]> {
  const found = documentsOfPeriod(await portal.partyDocuments.of(organizationId), of);
  if (found.length === 0) throw new PortalError('NOT_FOUND', `Nothing of ${of} was billed`);
  return found;
}

const contentsOf = (portal: PeriodPortal, documents: readonly PartyDocument[]): Promise<readonly unknown[]> =>
  readDocuments(
    portal,
    documents.map(({ key }) => `${key}.json`),
  );
