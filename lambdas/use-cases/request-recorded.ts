import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { ContractRequestStatus } from '../domain/contract-request/status.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

/** Who has moved a request, how and why. */
export type RequestMove = {
  actor: string;
  now: Date;
  /** What was done, e.g. "approveRequest". */
  action: string;
  /** The request's status before; absent when it is new. */
  from?: ContractRequestStatus;
  reason?: string | undefined;
};

/** Subject of a contract and all its requests in the audit trail: its timeline is made of the entries. */
export const contractSubject = (contractId: string): string => `CONTRACT#${contractId}`;

/**
 * What is committed with every write of a contract request: the entry in the trail of its contract, and the event that
 * tells other systems.
 *
 * @param request as it is from now on
 * @param version the version this write makes: 1 for a new one, else the version read and one
 */
export function requestRecorded(
  portal: Pick<Portal, 'audit' | 'outbox'>,
  request: ContractRequest,
  version: number,
  { actor, now, action, from, reason }: RequestMove,
): Change[] {
  const { id, contractId, contractNumber, token, aggregatorId, serviceProviderId, status, effectiveDate } = request;
  const time = now.toISOString();
  return [
    portal.audit.recorded({
      organizationId: aggregatorId,
      subject: contractSubject(contractId),
      id: `REQUEST#${id}#${String(version).padStart(8, '0')}`,
      time,
      actor,
      action,
      ...(from === undefined ? {} : { from }),
      to: status,
      ...(reason ? { reason } : {}),
    }),
    portal.outbox.queued({
      id: `ContractRequestChanged#${id}#${version}`,
      type: 'ContractRequestChanged',
      time,
      detail: {
        requestId: id,
        token,
        requestType: request.payload.type,
        status,
        contractId,
        contractNumber,
        aggregatorId,
        serviceProviderId,
        effectiveDate,
      },
    }),
  ];
}
