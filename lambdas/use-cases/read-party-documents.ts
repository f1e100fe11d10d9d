import { type ConsolidatedBill, ConsolidatedBillSchema } from '../documents/statement.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Caller } from './caller.ts';
import { readDocument } from './documents.ts';
import { PortalError } from './errors.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { PARTY_DOCUMENT_LIST } from './lists/party-document-list.ts';
import type { PartyDocument } from './ports/party-documents.ts';
import type { Portal } from './ports/portal.ts';

/**
 * The caller's statements, if it is an aggregator, or consolidated bills, if it is a service provider; newest first
 * unless told otherwise.
 * @throws PortalError BAD_REQUEST for a wrong filter or sort
 */
export async function listPartyDocuments(
  portal: Portal,
  caller: Caller,
  query: ListQuery & { usagePeriod?: Period | undefined },
): Promise<Page<PartyDocument>> {
  const page = compileList(PARTY_DOCUMENT_LIST, query);
  const own = await portal.partyDocuments.of(caller.organizationId);
  return page(query.usagePeriod ? own.filter((document) => document.period === query.usagePeriod) : own);
}

/**
 * The caller's statement or consolidated bill of a run.
 * @throws PortalError NOT_FOUND
 */
export async function findPartyDocument(
  portal: Portal,
  caller: Caller,
  period: Period,
  run: string,
): Promise<PartyDocument> {
  const document = await portal.partyDocuments.get(caller.organizationId, period, run);
  if (!document) throw new PortalError('NOT_FOUND', `Run ${run} of ${period} has settled nothing with you`);
  return document;
}

/**
 * The caller's consolidated bills of a period in full, newest first.
 * @throws PortalError NOT_FOUND when there is none
 */
export async function readConsolidatedBills(
  portal: Portal,
  caller: Caller,
  period: Period,
): Promise<(ConsolidatedBill & { run: string })[]> {
  const own = (await portal.partyDocuments.of(caller.organizationId)).filter((document) => document.period === period);
  if (own.length === 0) throw new PortalError('NOT_FOUND', `There is no consolidated bill of ${period}`);
  return Promise.all(
    own.reverse().map(async ({ key, run }) => ({
      ...ConsolidatedBillSchema.parse(await readDocument(portal, `${key}.json`)),
      run,
    })),
  );
}
