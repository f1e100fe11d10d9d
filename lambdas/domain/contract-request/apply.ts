import {
  addDays,
  addMonths,
  monthsBetween,
  type Period,
  type PlainDate,
  periodOf,
  periodsFromTo,
} from '../calendar/period.ts';
import type { ContractSku } from '../catalogue/price-list.ts';
import { periodAt } from '../contract/billing-period.ts';
import type { Contract, ContractRevision } from '../contract/contract.ts';
import { reviewAfter } from '../contract/life-cycle.ts';
import { hasBillingOrder, lastBilledDay, monthsCountedAnew } from '../contract/order-months.ts';
import { lastDayOfTerm } from '../contract/schedule.ts';
import { CONTRACT_TRANSITIONS } from '../contract/status.ts';
import { NO_POINTS, sum } from '../numbers/amounts.ts';
import type { LedgerMovement } from '../prepayment/ledger.ts';
import { transition } from '../transitions.ts';
import { actingDay, changesMonths, type EffectTime } from './acting-day.ts';
import type { BasicInfo, ContractRequest, RequestedSchedule, RequestedTerm } from './request.ts';
import { canTakeEffect, isDue, prepaymentOf } from './rules.ts';

/** What comes of a request on its effective date, to be stored in one transaction. */
export type Effect = {
  /** As it is from now on, with the version it was read with. */
  contract: Contract;
  /** COMPLETED, with the day it acts from and the version it was read with. */
  request: ContractRequest;
  /** The day it was due on, where it acts later because that day's month is frozen. */
  dueOn?: PlainDate;
  /** The next revision, where terms have changed; earlier ones stay as they are. */
  revision?: ContractRevision;
  /** The prepayment's credit. */
  credit?: LedgerMovement;
  /** Periods up to the running one in which the contract has a billing order now and had none before. */
  months: readonly Period[];
  /** Periods up to the running one in which it had a billing order and has no day any more. */
  dropped: readonly Period[];
  /** The month whose order bills the settlement of an early end: the last, or the first that isn't frozen. */
  settledIn?: Period;
  /** Periods up to the running one whose billed days are others: what was metered in them counts anew. */
  countedAnew: readonly Period[];
  /** Periods up to the running one that it changes: none of them may be frozen when it is stored. */
  touched: readonly Period[];
  /** The period that `today` lies in. */
  running: Period;
  /** The contract has an order of the period after the running one, and had none before. */
  goesOn: boolean;
  /** The contract has ended: its other open requests are stopped. */
  ended: boolean;
};

/**
 * NOT_DUE: in another state, COMPLETED among them, or before its date. The others are to be stopped: CONTRACT_STATUS, and
 * NOTHING_LEFT when all that it would change is frozen.
 */
export type EffectResult =
  | { ok: true; effect: Effect }
  | { ok: false; reason: 'NOT_DUE' | 'CONTRACT_STATUS' | 'NOTHING_LEFT' };

/**
 * Puts a request into effect: from its effective date, however much later it is done, but never in a frozen month
 * (domain.md §4 "Contract request", §5). What was agreed for the months after those stays month by month as it was agreed.
 * Doing it twice is refused. A balance left after a termination is not forfeited here but once the last order is billed
 * (prepayment/forfeit.ts), as that still draws on it.
 *
 * @param contract its contract, as it is now, with all its revisions
 */
export function applyRequest(
  contract: Contract,
  revisions: readonly ContractRevision[],
  request: ContractRequest,
  { today, frozen }: EffectTime,
): EffectResult {
  if (!isDue(request, today)) return { ok: false, reason: 'NOT_DUE' };
  if (!canTakeEffect(request.payload.type, contract)) return { ok: false, reason: 'CONTRACT_STATUS' };
  const from = actingDay(request, frozen);
  const { changed, terms } = changesOf(contract, revisions, request, { from, frozen });
  const last = terms ? changed.eolDate : lastBilledDay(contract);
  if (from !== request.effectiveDate && last !== undefined && from > last) return { ok: false, reason: 'NOTHING_LEFT' };
  const revision = terms && nextRevision(changed, terms, from);
  const after = withReview(
    contract,
    revision ? { ...changed, revision: revision.revision, listing: listingOf(changed, revision) } : changed,
    today,
  );
  const settledIn = after.settlement?.period;
  const points = prepaymentOf(request.payload);
  const credit: LedgerMovement | undefined =
    points === undefined ? undefined : { kind: 'CREDIT', source: { id: request.id, revision: 1 }, points };
  const running = periodOf(today);
  return {
    ok: true,
    effect: {
      contract: after,
      request: { ...request, effectiveDate: from, status: 'COMPLETED' },
      ...(from === request.effectiveDate ? {} : { dueOn: request.effectiveDate }),
      ...(revision ? { revision } : {}),
      ...(credit ? { credit } : {}),
      months: monthsOpened(contract, after, running).filter((of) => !frozen.includes(of)),
      dropped: monthsOpened(after, contract, running).filter((of) => !frozen.includes(of) && of !== settledIn),
      ...(settledIn === undefined ? {} : { settledIn }),
      countedAnew: monthsCountedAnew(contract, after, running),
      touched: changesMonths(request) ? periodsFromTo(settledIn ?? periodOf(from), running) : [],
      running,
      goesOn: isOpenedBy(contract, after, addMonths(running, 1)),
      ended: after.status === 'TERMINATED',
    },
  };
}

type NewTerms = Pick<ContractRevision, 'sku' | 'minCommits' | 'locked'>;
type Changes = { changed: Contract; terms?: NewTerms };

/** @param acting.from the day it acts from: its effective date or a later one */
function changesOf(
  contract: Contract,
  revisions: readonly ContractRevision[],
  { payload, effectiveDate, settlement, swapsWith }: ContractRequest,
  { from, frozen }: { from: PlainDate; frozen: readonly Period[] },
): Changes {
  const present = revisions.find(({ revision }) => revision === contract.revision);
  switch (payload.type) {
    case 'CREATE':
      return newTerm({ ...contract, bolDate: from }, payload, payload.sku, {
        agreed: payload.termFrom ?? effectiveDate,
        from,
      });
    case 'RENEW': {
      const { spf = contract.spf, triggerPoint = contract.triggerPoint } = payload;
      const renewed = { ...contract, ...(spf === undefined ? {} : { spf }), ...(triggerPoint ? { triggerPoint } : {}) };
      return newTerm(renewed, payload, skuOf(present), { agreed: effectiveDate, from });
    }
    case 'UPGRADE':
    case 'DOWNGRADE': {
      const { prepaid: _used, triggerPoint: _dropped, ...rest } = contract;
      return { changed: rest, terms: { sku: payload.sku } };
    }
    case 'TERMINATE': {
      const eolDate = addDays(from, -1);
      const periodOfDay = (day: PlainDate) => periodAt(contract.anniversary, day);
      const last = periodOfDay(eolDate);
      const settled = settlement && {
        settlement: { ...settlement, period: frozen.includes(last) ? periodOfDay(from) : last },
      };
      const { swappedTo, ...rest } = contract;
      // Ended for itself it goes nowhere any more.
      const goesTo = swapsWith && swappedTo !== undefined && { swappedTo };
      return { changed: moved({ ...rest, ...goesTo, eolDate, ...settled }, 'terminate') };
    }
    case 'TOPUP': {
      const { vendorPurchaseOrder, prepayment } = payload;
      const prepaid = sum([contract.prepaid ?? NO_POINTS, prepayment]);
      return rescheduled({ ...contract, vendorPurchaseOrder, prepaid }, present, payload, from);
    }
    case 'AMEND': {
      const { locked, spf = contract.spf } = payload;
      const changes = rescheduled({ ...contract, ...(spf === undefined ? {} : { spf }) }, present, payload, from);
      return { ...changes, terms: { ...changes.terms, locked } };
    }
    case 'PREPAY_AMEND': {
      const { triggerPoint = contract.triggerPoint } = payload;
      const changed = { ...contract, ...(triggerPoint === undefined ? {} : { triggerPoint }) };
      return rescheduled(changed, present, payload, from);
    }
    case 'THRESHOLD_UPDATE':
      return { changed: { ...contract, threshold: payload.threshold } };
    case 'BASIC_INFO_UPDATE':
      return { changed: withBasicInfo(contract, payload.changes) };
  }
}

/**
 * Another term from the day it was agreed for; the SKU and, for PAY-GO, its open end where no months are agreed. Its terms
 * hold from a later day where it acts later: the schedule begins with that month's entry then.
 */
function newTerm(
  contract: Contract,
  term: RequestedTerm,
  sku: ContractSku,
  { agreed, from }: { agreed: PlainDate; from: PlainDate },
): Changes {
  const { termMonths, minCommits, locked, prepayment } = term;
  const { eolDate: _end, termMonths: _months, ...rest } = contract;
  const changed: Contract = {
    ...rest,
    termFrom: agreed,
    ...(termMonths === undefined ? {} : { termMonths, eolDate: lastDayOfTerm(agreed, termMonths) }),
    ...(prepayment === undefined ? {} : { prepaid: prepayment }),
  };
  const schedule = minCommits?.slice(monthsBetween(periodOf(agreed), periodOf(from)));
  return {
    changed: moved(changed, contract.status === 'CREATE_IN_PROCESS' ? 'activate' : 'renew'),
    terms: { sku, ...(schedule ? { minCommits: schedule } : {}), ...(locked ? { locked } : {}) },
  };
}

type Rescheduled = { changed: Contract; terms: NewTerms };

/** The same term, or a longer one, with another schedule from a day on. */
function rescheduled(
  contract: Contract,
  present: ContractRevision | undefined,
  { termMonths, burnDownSchedule }: RequestedSchedule,
  from: PlainDate,
): Rescheduled {
  const months = monthsBetween(periodOf(contract.termFrom), periodOf(from));
  const extended = termMonths !== contract.termMonths;
  return {
    changed: {
      ...contract,
      termMonths,
      ...(extended ? { eolDate: lastDayOfTerm(contract.termFrom, termMonths) } : {}),
    },
    terms: {
      sku: skuOf(present),
      minCommits: burnDownSchedule.slice(months),
      ...(present?.locked ? { locked: present.locked } : {}),
    },
  };
}

function skuOf(present: ContractRevision | undefined): ContractSku {
  if (!present) throw new RangeError('an active contract has the revision in force among its revisions');
  return present.sku;
}

/** Moved on where the table has the move; a renewal leaves an active contract where it is. */
function moved(contract: Contract, verb: string): Contract {
  const result = transition(CONTRACT_TRANSITIONS, contract.status, verb, 'SYSTEM');
  return result.ok ? { ...contract, status: result.to } : contract;
}

function nextRevision(contract: Contract, terms: NewTerms, from: PlainDate): ContractRevision {
  const until = contract.eolDate === undefined ? {} : { until: contract.eolDate };
  return { contractId: contract.id, revision: contract.revision + 1, from, ...until, ...terms };
}

function listingOf({ listing }: Contract, { sku }: ContractRevision): Contract['listing'] {
  return { ...listing, skuCode: sku.code, contractType: sku.contractType };
}

/** A contract with other basic information. */
export function withBasicInfo(contract: Contract, changes: BasicInfo): Contract {
  const { serviceProviderContact, aggregatorContact, licenseContact, billToAccount, ...fields } = changes;
  return {
    ...contract,
    ...fields,
    contacts: {
      ...contract.contacts,
      ...(serviceProviderContact ? { serviceProvider: serviceProviderContact } : {}),
      ...(aggregatorContact ? { aggregator: aggregatorContact } : {}),
      ...(licenseContact ? { license: licenseContact } : {}),
    },
    ...(billToAccount
      ? {
          billToAccountId: billToAccount.id,
          listing: { ...contract.listing, billToAccountNumber: billToAccount.accountNumber },
        }
      : {}),
  };
}

/**
 * Looked at anew where its end has moved, at once where that is past; otherwise as before, so that nothing due today is
 * passed over.
 */
function withReview(before: Contract, after: Contract, today: PlainDate): Contract {
  if (before.eolDate === after.eolDate && before.status === after.status) return after;
  const { reviewOn: _before, ...rest } = after;
  const isPastEnd = rest.status === 'ACTIVE' && rest.eolDate !== undefined && rest.eolDate < today;
  const reviewOn = isPastEnd ? today : reviewAfter(rest, addDays(today, -1));
  return reviewOn === undefined ? rest : { ...rest, reviewOn };
}

function monthsOpened(before: Contract, after: Contract, last: Period): Period[] {
  return periodsFromTo(periodOf(after.bolDate), last).filter((period) => isOpenedBy(before, after, period));
}

function isOpenedBy(before: Contract, after: Contract, period: Period): boolean {
  return hasBillingOrder(after, period) && !hasBillingOrder(before, period);
}
