import { dateOf, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { monthsCountedAnew } from '../domain/contract/order-months.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { contractSubject } from './request-recorded.ts';

/** Who has changed a contract past its requests, how and why. */
export type ContractMove = {
  actor: string;
  now: Date;
  /** What was done, e.g. "expire". */
  action: string;
  /** As it was read. */
  before: Contract;
  reason?: string;
};

/**
 * A contract that has moved by itself, by the vendor or by a request that came to nothing: the contract, the entry in its
 * trail, the event, and that months whose billed days are others are compared anew with what meters say of them. Refused when it was changed since it was read.
 *
 * @param contract as it is from now on, with the version it was read with
 */
export function contractMoved(
  portal: Pick<Portal, 'audit' | 'outbox' | 'contracts'>,
  contract: Contract,
  { actor, now, action, before, reason }: ContractMove,
): Change[] {
  const { id, contractNumber, aggregatorId, serviceProviderId, status } = contract;
  const { status: from } = before;
  const version = contract.version + 1;
  const time = now.toISOString();
  return [
    portal.contracts.changed(contract, now),
    portal.audit.recorded({
      organizationId: aggregatorId,
      subject: contractSubject(id),
      id: `STATUS#${String(version).padStart(8, '0')}`,
      time,
      actor,
      action,
      from,
      to: status,
      ...(reason ? { reason } : {}),
    }),
    portal.outbox.queued({
      id: `ContractStatusChanged#${id}#${version}`,
      type: 'ContractStatusChanged',
      time,
      detail: { contractId: id, contractNumber, aggregatorId, serviceProviderId, from, status },
    }),
    ...monthsCountedAnew(before, contract, periodOf(dateOf(now))).map((of) =>
      portal.contracts.bearsOn(contract, of, now),
    ),
  ];
}
