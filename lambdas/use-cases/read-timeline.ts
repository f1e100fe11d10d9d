import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { Caller } from './caller.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { TIMELINE_LIST } from './lists/timeline-list.ts';
import type { AuditEntry } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { contractSubject } from './request-recorded.ts';
import { refusePart } from './scope.ts';

/** Something that has happened to a contract; where it happened to a request of it, that request as it is now. */
export type TimelineEntry = Pick<AuditEntry, 'id' | 'time' | 'actor' | 'action' | 'from' | 'to' | 'reason'> & {
  request?: ContractRequest;
};

/**
 * What has happened to a contract, by whom, when and why, from its audit trail. A service provider is told neither what
 * the others have said to each other nor the states of their requests.
 *
 * @throws PortalError NOT_FOUND; BAD_REQUEST
 */
export async function readTimeline(
  portal: Pick<Portal, 'contracts' | 'contractRequests' | 'audit'>,
  caller: Caller,
  contractId: string,
  query: ListQuery,
): Promise<Page<TimelineEntry>> {
  await ownContract(portal, caller, 'readContracts', contractId);
  refusePart(caller, contractId);
  const page = compileList(TIMELINE_LIST, query);
  const [entries, requests] = await Promise.all([
    portal.audit.ofSubject(contractSubject(contractId)),
    portal.contractRequests.ofContract(contractId),
  ]);
  const byId = new Map(requests.map((request) => [request.id, request]));
  const seesAll = caller.organizationType !== 'SERVICE_PROVIDER';
  const timeline = entries.map(({ subject: _subject, organizationId: _organization, ...entry }): TimelineEntry => {
    const { id, time, actor, action } = entry;
    const request = byId.get(requestIdOf(id));
    return { ...(seesAll ? entry : { id, time, actor, action }), ...(request && { request }) };
  });
  return page(timeline);
}

/** The request that an entry is about; its id is "REQUEST#<request>#<version>" then (request-recorded.ts). */
const requestIdOf = (entryId: string): string => /^REQUEST#(.+)#\d+$/.exec(entryId)?.[1] ?? '';
