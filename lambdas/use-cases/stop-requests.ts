import type { ContractRequest } from '../domain/contract-request/request.ts';
import { type ContractRequestStatus, isOpen } from '../domain/contract-request/status.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { requestRecorded } from './request-recorded.ts';

type Stop = { actor: string; now: Date; reason: string };

/** Stops the open ones among the requests of a contract that has ended, in the transaction that ends it (domain.md §4). */
export function openRequestsStopped(
  portal: Pick<Portal, 'audit' | 'outbox' | 'contractRequests'>,
  requests: readonly ContractRequest[],
  stop: Stop,
): Change[] {
  return requests
    .filter(({ status }) => isOpen(status))
    .flatMap((request) => {
      const from: ContractRequestStatus = request.status;
      const stopped: ContractRequest = { ...request, status: 'STOPPED' };
      return [
        portal.contractRequests.changed(stopped),
        ...requestRecorded(portal, stopped, request.version + 1, { ...stop, action: 'stopRequest', from }),
      ];
    });
}
