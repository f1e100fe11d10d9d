import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { ContractRequestStatus } from '../domain/contract-request/status.ts';
import { findRequest } from './decide-request.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { REQUEST_QUEUE_LIST } from './lists/request-queue-list.ts';
import type { AuditEntry } from './ports/changes.ts';
import type { ContractRequestRow } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { contractSubject } from './request-recorded.ts';

type QueuePortal = Pick<Portal, 'contractRequests' | 'audit'>;

/** Contract requests in a state, for the vendor. @throws PortalError BAD_REQUEST */
export async function listRequestQueue(
  portal: QueuePortal,
  status: ContractRequestStatus,
  query: ListQuery,
): Promise<Page<ContractRequestRow>> {
  const page = compileList(REQUEST_QUEUE_LIST, query);
  return page(await portal.contractRequests.inStatus(status));
}

/** A contract request and what was done with it, oldest first, for the vendor. @throws PortalError NOT_FOUND */
export async function findQueuedRequest(
  portal: QueuePortal,
  requestId: string,
): Promise<{ request: ContractRequest; history: AuditEntry[] }> {
  const request = await findRequest(portal, requestId);
  const ofContract = await portal.audit.ofSubject(contractSubject(request.contractId));
  // An entry of a request ends in the version that it made (request-recorded.ts).
  const history = ofContract
    .filter(({ id }) => id.startsWith(`REQUEST#${requestId}#`))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return { request, history };
}
