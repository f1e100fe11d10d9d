import { addDays, firstDay, monthsBetween, type PlainDate, periodOf } from '../calendar/period.ts';
import type { ContractType } from '../catalogue/family.ts';
import type { PriceList } from '../catalogue/price-list.ts';
import { listedPrice } from '../catalogue/price-list.ts';
import type { Contract } from '../contract/contract.ts';
import { lastBilledDay } from '../contract/order-months.ts';
import { scheduleOf } from '../contract/schedule.ts';
import { revisionFor } from '../contract/terms-in-force.ts';
import { formatPoints, NO_POINTS, type Points, sum } from '../numbers/amounts.ts';
import { type Change, type ChangeFacts, readStartOfTerms } from './check-change.ts';
import { readNegotiatedTerm, readTriggerPoint } from './check-create.ts';
import {
  type Checked,
  type CommitUnit,
  checkPrepaid,
  checkText,
  Faults,
  NEEDED,
  readAmount,
  readDate,
  readDiscount,
  readSchedule,
  readTerm,
} from './checks.ts';
import type { AmendPayload, PrepayAmendPayload, RenewPayload, TopUpPayload } from './request.ts';

/** AggContractTopupRequest. */
export type TopUpAsked = {
  prepayment?: string;
  term?: number;
  burnDownSchedule?: readonly string[];
  vendorPurchaseOrder?: string;
};

/**
 * Checks a top-up of a PRE-PAY contract: an increment, a schedule for the whole term, which may become longer; months that
 * have ended stay as they are, and all that is prepaid pays for all that is planned (domain.md §5 "PRE-PAY"). It acts from
 * the 1st of the running month on.
 */
export function checkTopUp(asked: TopUpAsked, facts: ChangeFacts): Checked<Change<TopUpPayload>> {
  const faults = new Faults();
  const { contract } = facts;
  checkType(faults, contract, 'PRE-PAY');
  const prepayment = readAmount(faults, 'prepayment', asked.prepayment, unitOf(facts), 'more than 0');
  if (asked.term === undefined) faults.add('term', NEEDED);
  if (asked.burnDownSchedule === undefined) faults.add('burnDownSchedule', NEEDED);
  const schedule = readWholeSchedule(faults, asked.term, asked.burnDownSchedule, facts, facts.today);
  if (prepayment !== undefined) {
    checkPrepaid(
      faults,
      sum([contract.prepaid ?? NO_POINTS, prepayment]),
      schedule?.burnDownSchedule,
      'burnDownSchedule',
    );
  }
  checkText(faults, 'vmwarePurchaseOrder', asked.vendorPurchaseOrder);
  const { vendorPurchaseOrder = '' } = asked;
  return faults.answer(
    schedule && prepayment !== undefined
      ? { payload: { type: 'TOPUP', ...schedule, prepayment, vendorPurchaseOrder }, effectiveDate: runningMonth(facts) }
      : undefined,
  );
}

export type AmendAsked = {
  effectiveDate?: string;
  term?: number;
  burnDownSchedule?: readonly string[];
  discount?: string;
  spf?: string;
};

/**
 * Checks an amendment of a CUSTOM contract: another schedule, term or discount from the 1st of a month on; the list price
 * stays locked. What isn't given stays as it is.
 */
export function checkAmend(asked: AmendAsked, facts: ChangeFacts): Checked<Change<AmendPayload>> {
  const faults = new Faults();
  const { contract, revisions } = facts;
  checkType(faults, contract, 'CUSTOM');
  const effectiveDate = readStartOfTerms(faults, asked.effectiveDate, facts);
  const schedule = readWholeSchedule(faults, asked.term, asked.burnDownSchedule, facts, effectiveDate);
  const locked = effectiveDate && revisionFor(revisions, periodOf(effectiveDate), contract.eolDate)?.locked;
  const discount = asked.discount === undefined ? locked?.discount : readDiscount(faults, 'discount', asked.discount);
  if (asked.spf !== undefined) checkText(faults, 'spf', asked.spf);
  if (!schedule || !effectiveDate || !locked || discount === undefined)
    return faults.answer<Change<AmendPayload>>(undefined);
  const spf = asked.spf === undefined ? {} : { spf: asked.spf };
  return faults.answer({
    payload: { type: 'AMEND', ...schedule, locked: { ...locked, discount }, ...spf },
    effectiveDate,
  });
}

export type PrepayAmendAsked = {
  effectiveDate?: string;
  term?: number;
  burnDownSchedule?: readonly string[];
  triggerPoint?: string;
};

/** Checks an amendment of a PRE-PAY contract without new money: another schedule or trigger point. */
export function checkPrepayAmend(asked: PrepayAmendAsked, facts: ChangeFacts): Checked<Change<PrepayAmendPayload>> {
  const faults = new Faults();
  const { contract, revisions } = facts;
  checkType(faults, contract, 'PRE-PAY');
  const effectiveDate = readStartOfTerms(faults, asked.effectiveDate, facts);
  const schedule = readWholeSchedule(faults, asked.term, asked.burnDownSchedule, facts, effectiveDate);
  const planned = sum(schedule?.burnDownSchedule ?? []);
  const { prepaid = NO_POINTS } = contract;
  if (planned > prepaid) {
    faults.add(
      'burnDownSchedule',
      `must not plan more than is prepaid: it adds up to ${formatPoints(planned)}, prepaid are ${formatPoints(prepaid)}`,
    );
  }
  const sku = revisions.find(({ revision }) => revision === contract.revision)?.sku;
  const triggerPoint = sku && readTriggerPoint(faults, asked.triggerPoint, sku, contract.currency);
  if (!schedule || !effectiveDate) return faults.answer<Change<PrepayAmendPayload>>(undefined);
  const trigger = triggerPoint === undefined ? {} : { triggerPoint };
  return faults.answer({ payload: { type: 'PREPAY_AMEND', ...schedule, ...trigger }, effectiveDate });
}

export type RenewAsked = {
  effectiveDate?: string;
  term?: number;
  minCommits?: readonly string[];
  prepayment?: string;
  triggerPoint?: string;
  discount?: string;
  spf?: string;
};

/**
 * Checks a renewal with the SKU of now: before the end it begins on the day after `eolDate`, in grace today or later, never
 * in the past (domain.md §4 "Contract"). PAY-GO takes a term; CUSTOM and PRE-PAY what a new contract takes.
 */
export function checkRenew(
  asked: RenewAsked,
  facts: ChangeFacts & { priceLists: readonly PriceList[] },
): Checked<Change<RenewPayload>> {
  const faults = new Faults();
  const { contract, revisions, priceLists } = facts;
  const effectiveDate = readRenewal(faults, asked.effectiveDate, facts);
  const sku = revisions.find(({ revision }) => revision === contract.revision)?.sku;
  if (!sku || !effectiveDate) {
    readTerm(faults, asked.term);
    return faults.answer<Change<RenewPayload>>(undefined);
  }
  if (sku.contractType === 'PAY-GO') {
    const termMonths = readTerm(faults, asked.term);
    return faults.answer(
      termMonths === undefined ? undefined : { payload: { type: 'RENEW', termMonths }, effectiveDate },
    );
  }
  const price = listedPrice(priceLists, sku, contract.currency, periodOf(effectiveDate));
  if (!price) faults.add('effectiveDate', `lies in a period without a price of ${sku.code} in ${contract.currency}`);
  const term = readNegotiatedTerm(faults, asked, { sku, from: effectiveDate, currency: contract.currency, price });
  const triggerPoint = readTriggerPoint(faults, asked.triggerPoint, sku, contract.currency);
  checkText(faults, 'spf', asked.spf);
  if (!term || asked.spf === undefined) return faults.answer<Change<RenewPayload>>(undefined);
  const more = { spf: asked.spf, ...(triggerPoint === undefined ? {} : { triggerPoint }) };
  return faults.answer({ payload: { type: 'RENEW', ...term, ...more }, effectiveDate });
}

function readRenewal(
  faults: Faults,
  text: string | undefined,
  { contract, today }: ChangeFacts,
): PlainDate | undefined {
  const field = 'effectiveDate';
  const { eolDate } = contract;
  if (eolDate === undefined) return faults.add(field, 'is not possible: the contract has no end');
  const after = addDays(eolDate, 1);
  const earliest = after > today ? after : today;
  const date = text === undefined ? earliest : readDate(faults, field, text);
  if (date === undefined) return undefined;
  if (after > today)
    return date === after ? date : faults.add(field, `must be ${after}, the day after the contract's end`);
  const lastStart = addDays(lastBilledDay(contract) ?? eolDate, 1);
  if (date < today || date > lastStart)
    return faults.add(field, `must be between today and ${lastStart}, the day after the grace`);
  return date;
}

/** A schedule for the whole term that runs now, which may become longer; months before `from` stay as they are. */
function readWholeSchedule(
  faults: Faults,
  term: number | undefined,
  texts: readonly string[] | undefined,
  facts: ChangeFacts,
  from: PlainDate | undefined,
): { termMonths: number; burnDownSchedule: readonly Points[] } | undefined {
  const { contract, revisions } = facts;
  const now = scheduleOf(contract, revisions);
  const termMonths = readTerm(faults, term ?? contract.termMonths, contract.termMonths);
  if (texts === undefined && termMonths === contract.termMonths && termMonths !== undefined) {
    return { termMonths, burnDownSchedule: now };
  }
  const field = 'burnDownSchedule';
  const entries = readSchedule(faults, field, texts, { from: contract.termFrom, months: termMonths }, unitOf(facts));
  if (entries === undefined || termMonths === undefined || from === undefined) return undefined;
  const unchanged = monthsBetween(periodOf(contract.termFrom), periodOf(from));
  const fixed = entries.findIndex((entry, index) => index < unchanged && entry !== now[index]);
  if (fixed >= 0)
    return faults.add(`${field}[${fixed}]`, `must stay ${formatPoints(now[fixed] ?? NO_POINTS)}: the month is over`);
  return { termMonths, burnDownSchedule: entries };
}

const unitOf = ({ contract }: ChangeFacts): CommitUnit => ({
  family: contract.listing.familyType,
  currency: contract.currency,
});

function checkType(faults: Faults, { listing }: Contract, type: ContractType): void {
  if (listing.contractType !== type)
    faults.add('contractId', `must be that of a ${type} contract, not of a ${listing.contractType} one`);
}

/** The 1st of the running month, or when the present terms began in it. */
function runningMonth({ revisions, today }: ChangeFacts): PlainDate {
  return revisions.reduce((last, { from }) => (from > last ? from : last), firstDay(periodOf(today)));
}
