import type { PlainDate } from '../calendar/period.ts';
import type { Settlement } from '../contract/settlement.ts';
import { type TransitionResult, transition } from '../transitions.ts';
import type { ContractRequest, VendorDecision } from './request.ts';
import { approvalVerb } from './rules.ts';
import { CONTRACT_REQUEST_TRANSITIONS, type ContractRequestStatus } from './status.ts';

/** Who decides, when, what it says to the aggregator, and what it settles an early end at. */
export type DecisionMade = { by: string; on: PlainDate; comment: string; settlement?: Settlement };

export type DecisionResult =
  | { ok: true; request: ContractRequest }
  | Extract<TransitionResult<ContractRequestStatus>, { ok: false }>;

/**
 * A request after the vendor's decision. Approved with a prepayment, it waits for the invoice of it first (domain.md §4
 * "Contract request").
 */
export function decided(request: ContractRequest, decision: VendorDecision, made: DecisionMade): DecisionResult {
  const verb = decision === 'approve' ? approvalVerb(request.payload) : decision;
  const result = transition(CONTRACT_REQUEST_TRANSITIONS, request.status, verb, 'VENDOR');
  if (!result.ok) return result;
  return {
    ok: true,
    request: {
      ...request,
      status: result.to,
      approverId: made.by,
      approverComment: made.comment,
      ...(decision === 'approve' ? { approvedOn: made.on } : {}),
      ...(decision === 'approve' && made.settlement ? { settlement: made.settlement } : {}),
    },
  };
}
