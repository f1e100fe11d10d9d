import { monthsBetween, type Period, type PlainDate, periodOf } from '../calendar/period.ts';
import { isOrderableIn, type OrderableSku } from '../catalogue/catalogue.ts';
import type { ContractSku } from '../catalogue/price-list.ts';
import type { Contract, ContractRevision } from '../contract/contract.ts';
import { lastBilledDay } from '../contract/order-months.ts';
import { revisionFor } from '../contract/terms-in-force.ts';
import { formatPoints, NO_POINTS, type Points } from '../numbers/amounts.ts';
import { keptSku } from './check-create.ts';
import { type Checked, checkText, Faults, readAmount, readDate, readFirstOfMonth } from './checks.ts';
import { type ChangeSkuPayload, TERMINATION_REASONS, type TerminatePayload, type ThresholdPayload } from './request.ts';

/** A change of a contract that may be made, and the day it acts from. */
export type Change<Payload> = { payload: Payload; effectiveDate: PlainDate };

/** The contract a change is asked for, and the day and calendar it is checked against. */
export type ChangeFacts = {
  contract: Contract;
  revisions: readonly ContractRevision[];
  today: PlainDate;
  /** The last period that is frozen. */
  frozenUntil: Period | undefined;
};

/** AggContractUpgradeRequest and AggContractDowngradeRequest; the SKU is among the facts. */
export type ChangeSkuAsked = { effectiveDate?: string; comment?: string };

/**
 * Checks an upgrade to a PAY-GO SKU of the same family with a higher minimum, or a downgrade to one with a lower, from the
 * 1st of a month on (domain.md §4 "Contract request"). A downgrade needs a comment. A prepaid balance has to be used up or
 * credited before the contract can become PAY-GO, as nothing would draw on it.
 *
 * @param facts.balance what is left of a prepayment
 */
export function checkChangeSku(
  type: ChangeSkuPayload['type'],
  asked: ChangeSkuAsked,
  facts: ChangeFacts & { sku: OrderableSku | undefined; balance: Points },
): Checked<Change<ChangeSkuPayload>> {
  const faults = new Faults();
  const { contract, sku } = facts;
  const effectiveDate = readStartOfTerms(faults, asked.effectiveDate, facts);
  if (sku?.contractType !== 'PAY-GO') faults.add('contractSKUId', 'must be a PAY-GO contract SKU of the catalogue');
  else if (sku.family !== contract.listing.familyType) {
    faults.add('contractSKUId', `must be of the contract's product family, ${contract.listing.familyType}`);
  } else if (sku.kind !== contract.listing.kind) {
    faults.add(
      'contractSKUId',
      sku.kind ? 'is of Term contracts' : 'must be of Term contracts, as the contract is one',
    );
  } else if (effectiveDate) {
    const of = periodOf(effectiveDate);
    if (!isOrderableIn(sku, of)) faults.add('contractSKUId', `can't be ordered for ${of}: ${sku.code}`);
    checkMinimum(faults, type, sku, currentMinimum(facts, of));
  }
  if (facts.balance > 0n) {
    faults.add('contractSKUId', `is not possible with a prepaid balance: ${formatPoints(facts.balance)} are left`);
  }
  if (type === 'DOWNGRADE') checkText(faults, 'comment', asked.comment, LONGEST_COMMENT);
  return faults.answer(effectiveDate && sku && { payload: { type, sku: keptSku(sku) }, effectiveDate });
}

const LONGEST_COMMENT = 2000;

function checkMinimum(faults: Faults, type: ChangeSkuPayload['type'], sku: ContractSku, now: Points): void {
  const than = `than now: ${formatPoints(sku.minimumPoints)} against ${formatPoints(now)}`;
  if (type === 'UPGRADE' && sku.minimumPoints <= now) faults.add('contractSKUId', `must have a higher minimum ${than}`);
  if (type === 'DOWNGRADE' && sku.minimumPoints >= now)
    faults.add('contractSKUId', `must have a lower minimum ${than}`);
}

/** What the contract's minimum of a whole month would be without the change. */
function currentMinimum({ contract, revisions }: ChangeFacts, of: Period): Points {
  const revision = revisionFor(revisions, of, contract.eolDate);
  if (!revision?.minCommits) return revision?.sku.minimumPoints ?? NO_POINTS;
  return revision.minCommits[monthsBetween(periodOf(revision.from), of)] ?? NO_POINTS;
}

/** The day new terms begin: the 1st of a month, in the contract's life and not before terms that were agreed later. */
export function readStartOfTerms(
  faults: Faults,
  text: string | undefined,
  { contract, revisions, frozenUntil }: ChangeFacts,
): PlainDate | undefined {
  const field = 'effectiveDate';
  const date = readFirstOfMonth(faults, field, text, frozenUntil);
  if (date === undefined) return undefined;
  const latest = revisions.reduce((last, { from }) => (from > last ? from : last), contract.bolDate);
  if (date < latest) return faults.add(field, `must not be before ${latest}, when the present terms began`);
  if (contract.eolDate !== undefined && date > contract.eolDate) {
    return faults.add(field, `must not be after ${contract.eolDate}, the end of the contract`);
  }
  return date;
}

/** AggContractTerminateRequest. */
export type TerminateAsked = { effectiveDate?: string; comment?: string; reason?: string };

/**
 * Checks a termination: from a day after today on, while the contract still has days left to lose; its last active day is
 * the day before (domain.md §3).
 */
export function checkTerminate(
  asked: TerminateAsked,
  { contract, today }: Pick<ChangeFacts, 'contract' | 'today'>,
): Checked<Change<TerminatePayload>> {
  const faults = new Faults();
  const effectiveDate = readDate(faults, 'effectiveDate', asked.effectiveDate);
  const last = lastBilledDay(contract);
  if (effectiveDate !== undefined && effectiveDate <= today) faults.add('effectiveDate', 'must be after today');
  if (effectiveDate !== undefined && effectiveDate <= contract.bolDate) {
    faults.add('effectiveDate', `must be after ${contract.bolDate}, the start of the contract`);
  }
  if (effectiveDate !== undefined && last !== undefined && effectiveDate > last) {
    faults.add('effectiveDate', `must not be after ${last}, when the contract ends by itself`);
  }
  checkText(faults, 'comment', asked.comment, LONGEST_COMMENT);
  const reason = TERMINATION_REASONS.find((each) => each === asked.reason);
  if (!reason) faults.add('reason', `must be one of ${TERMINATION_REASONS.join(', ')}`);
  return faults.answer(effectiveDate && reason && { payload: { type: 'TERMINATE', reason }, effectiveDate });
}

/** Checks a new usage threshold of an MSP contract, from today on or a later day (domain.md §5 "Money families"). */
export function checkThreshold(
  asked: { threshold?: string; effectiveDate?: string },
  { contract, today }: Pick<ChangeFacts, 'contract' | 'today'>,
): Checked<Change<ThresholdPayload>> {
  const faults = new Faults();
  const unit = { family: contract.listing.familyType, currency: contract.currency };
  const threshold = readAmount(faults, 'threshold', asked.threshold, unit, 'more than 0');
  if (unit.family !== 'MSP') faults.add('threshold', 'is of MSP contracts alone');
  const effectiveDate =
    asked.effectiveDate === undefined ? today : readDate(faults, 'effectiveDate', asked.effectiveDate);
  if (effectiveDate !== undefined && effectiveDate < today) faults.add('effectiveDate', 'must not be before today');
  return faults.answer(
    effectiveDate && threshold !== undefined
      ? { payload: { type: 'THRESHOLD_UPDATE', threshold }, effectiveDate }
      : undefined,
  );
}
