import { addDays, type Period, type PlainDate, periodOf } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { CONTRACT_TRANSITIONS, type ContractActor, type ContractStatus } from '../contract/status.ts';
import type { Points } from '../numbers/amounts.ts';
import { transition } from '../transitions.ts';
import { type FieldError, isFrozen } from './checks.ts';
import type { ContractRequest, ContractRequestType, RequestPayload } from './request.ts';
import { type ContractRequestStatus, isOpen } from './status.ts';

/**
 * Whether the vendor has to approve: all but CREATE and UPGRADE of PAY-GO and BASIC_INFO_UPDATE; from CUSTOM or PRE-PAY to
 * PAY-GO always (domain.md §4 "Contract request").
 */
export function needsApproval(payload: RequestPayload, contract: Pick<Contract, 'listing'>): boolean {
  if (payload.type === 'BASIC_INFO_UPDATE') return false;
  if (payload.type === 'CREATE') return payload.sku.contractType !== 'PAY-GO';
  return payload.type !== 'UPGRADE' || contract.listing.contractType !== 'PAY-GO';
}

/** The state a request starts in. One that needs no approval and is due today takes effect in the same transaction. */
export function startStatus(payload: RequestPayload, contract: Pick<Contract, 'listing'>): ContractRequestStatus {
  return needsApproval(payload, contract) ? 'PENDING_APPROVAL' : 'PENDING_EFFECTIVE_DATE';
}

/** What has to be invoiced when the request is approved; undefined when nothing has (domain.md §5 "PRE-PAY"). */
export function prepaymentOf(payload: RequestPayload): Points | undefined {
  return payload.type === 'CREATE' || payload.type === 'RENEW' || payload.type === 'TOPUP'
    ? payload.prepayment
    : undefined;
}

/** The vendor's verb of approval. */
export function approvalVerb(payload: RequestPayload): 'approve' | 'approveAndInvoice' {
  return prepaymentOf(payload) === undefined ? 'approve' : 'approveAndInvoice';
}

/** Whether the invoice of its prepayment has to be credited: it was withdrawn or stopped before its effect. */
export function needsCreditNote({
  status,
  invoiceNumber,
  creditNoteNumber,
}: Pick<ContractRequest, 'status' | 'invoiceNumber' | 'creditNoteNumber'>): boolean {
  return invoiceNumber !== undefined && creditNoteNumber === undefined && cameToNothing(status);
}

/**
 * The document that has to be issued for a request. What was approved is invoiced, also when the request came to nothing
 * before the invoice was there: its number may have been taken by then. The credit note follows (domain.md §5 "PRE-PAY").
 */
export function owedDocument(request: ContractRequest): 'INVOICE' | 'CREDIT_NOTE' | undefined {
  const { status, payload, approvedOn, invoiceNumber } = request;
  if (needsCreditNote(request)) return 'CREDIT_NOTE';
  if (approvedOn === undefined || invoiceNumber !== undefined || prepaymentOf(payload) === undefined) return undefined;
  return status === 'PENDING_VENDOR' || cameToNothing(status) ? 'INVOICE' : undefined;
}

function cameToNothing(status: ContractRequestStatus): boolean {
  return status === 'WITHDRAWN' || status === 'STOPPED';
}

/**
 * Why the vendor can't approve a request any more, undefined when it can: what it changes would act in a period that is
 * frozen by now, or a renewal in the past (domain.md §3, §4). It has to be revised.
 */
export function approvalFault(
  request: Pick<ContractRequest, 'payload' | 'effectiveDate'>,
  today: PlainDate,
  frozenUntil: Period | undefined,
): FieldError | undefined {
  const { payload, effectiveDate } = request;
  const field = payload.type === 'CREATE' ? 'bolDate' : 'effectiveDate';
  if (payload.type === 'RENEW' && effectiveDate < today) return { field, message: 'lies in the past' };
  if (payload.type === 'THRESHOLD_UPDATE' || !isFrozen(effectiveDate, frozenUntil)) return undefined;
  return { field, message: `lies in a period that is frozen by now: ${frozenUntil} is the last` };
}

/** Whether a request takes effect today. */
export function isDue(request: Pick<ContractRequest, 'status' | 'effectiveDate'>, today: PlainDate): boolean {
  return request.status === 'PENDING_EFFECTIVE_DATE' && request.effectiveDate <= today;
}

/**
 * Whether something is still to come of a request that bears on what a period is charged: it is approved, or waits for its
 * day, and that lies in the period or before it. An end bears on the period that its day before is the last of, too.
 */
export function isOutstandingIn(
  { status, payload, effectiveDate }: Pick<ContractRequest, 'status' | 'payload' | 'effectiveDate'>,
  period: Period,
): boolean {
  if (status !== 'PENDING_VENDOR' && status !== 'PENDING_EFFECTIVE_DATE') return false;
  return periodOf(payload.type === 'TERMINATE' ? addDays(effectiveDate, -1) : effectiveDate) <= period;
}

const RUNNING: readonly ContractStatus[] = ['ACTIVE'];
const IN_GRACE_TOO: readonly ContractStatus[] = ['ACTIVE', 'PENDING_EXPIRATION'];
const NOT_ENDED: readonly ContractStatus[] = ['ACTIVE', 'PENDING_EXPIRATION', 'PENDING_TERMINATION'];

const REQUESTED_IN: Readonly<Record<ContractRequestType, readonly ContractStatus[]>> = {
  CREATE: ['DRAFT'],
  UPGRADE: RUNNING,
  DOWNGRADE: RUNNING,
  TERMINATE: IN_GRACE_TOO,
  RENEW: IN_GRACE_TOO,
  TOPUP: RUNNING,
  AMEND: RUNNING,
  PREPAY_AMEND: RUNNING,
  THRESHOLD_UPDATE: RUNNING,
  BASIC_INFO_UPDATE: NOT_ENDED,
};

/** Whether a request can take effect: another that was made after it doesn't stand in its way. */
export function canTakeEffect(type: ContractRequestType, contract: Pick<Contract, 'status'>): boolean {
  if (type === 'CREATE') return contract.status === 'CREATE_IN_PROCESS';
  if (type === 'TERMINATE') return contract.status === 'PENDING_TERMINATION';
  return NOT_ENDED.includes(contract.status);
}

// Requests that change the terms of a contract go one after the other: each was checked against what it found.
const CHANGES_TERMS: ReadonlySet<ContractRequestType> = new Set([
  'UPGRADE',
  'DOWNGRADE',
  'RENEW',
  'TOPUP',
  'AMEND',
  'PREPAY_AMEND',
]);

export type RequestRefusal = { reason: 'CONTRACT_STATUS' } | { reason: 'REQUEST_OPEN'; token: string };

/**
 * Why a request can't be made now: the contract is in another state, or an open request stands in its way. Undefined when
 * it can.
 *
 * @param requests the contract's requests, open or not
 */
export function requestRefusal(
  type: ContractRequestType,
  contract: Pick<Contract, 'status'>,
  requests: readonly Pick<ContractRequest, 'status' | 'token' | 'payload'>[],
): RequestRefusal | undefined {
  if (!REQUESTED_IN[type].includes(contract.status)) return { reason: 'CONTRACT_STATUS' };
  const inTheWay = requests.find(
    ({ status, payload }) =>
      isOpen(status) && (payload.type === type || (CHANGES_TERMS.has(type) && CHANGES_TERMS.has(payload.type))),
  );
  return inTheWay && { reason: 'REQUEST_OPEN', token: inTheWay.token };
}

/** What becomes of a contract as a request about its beginning or end is asked for or comes to nothing. */
const CONTRACT_VERBS: Readonly<Record<'CREATE' | 'TERMINATE', Readonly<Record<RequestEvent, string>>>> = {
  CREATE: { ASKED: 'request', WITHDRAWN: 'withdraw', REJECTED: 'reject', STOPPED: 'reject' },
  TERMINATE: {
    ASKED: 'requestTermination',
    WITHDRAWN: 'withdrawTermination',
    REJECTED: 'stopTermination',
    STOPPED: 'stopTermination',
  },
};

export type RequestEvent = 'ASKED' | 'WITHDRAWN' | 'REJECTED' | 'STOPPED';

/**
 * The state of a contract after something has happened to a request of it: CREATE and TERMINATE move it, all others leave
 * it where it is (domain.md §4 "Contract"). Also where the table has no such move: the contract has ended meanwhile.
 */
export function contractStatusAfter(
  contract: Pick<Contract, 'status'>,
  type: ContractRequestType,
  event: RequestEvent,
  by: ContractActor,
): ContractStatus {
  if (type !== 'CREATE' && type !== 'TERMINATE') return contract.status;
  const result = transition(CONTRACT_TRANSITIONS, contract.status, CONTRACT_VERBS[type][event], by);
  return result.ok ? result.to : contract.status;
}
