import type { Period, PlainDate } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import type { BillToAccount, Organization } from '../organization/organization.ts';
import { type BasicInfoAsked, type BasicInfoChanges, checkBasicInfo } from './check-basic-info.ts';
import { type Checked, Faults, NEEDED, readFirstOfMonth } from './checks.ts';

/** The day a contract begins at the other aggregator: a 1st that is still to come, while the contract runs. */
export function readSwapDate(
  faults: Faults,
  text: string | undefined,
  { contract, today, frozenUntil }: { contract: Contract; today: PlainDate; frozenUntil: Period | undefined },
): PlainDate | undefined {
  const field = 'effectiveDate';
  const date = readFirstOfMonth(faults, field, text, frozenUntil);
  if (date === undefined) return undefined;
  if (date <= today) return faults.add(field, 'must be after today');
  if (date <= contract.bolDate)
    return faults.add(field, `must be after ${contract.bolDate}, the start of the contract`);
  if (contract.eolDate !== undefined && date > contract.eolDate) {
    return faults.add(field, `must not be after ${contract.eolDate}, the end of the contract`);
  }
  return date;
}

/**
 * Checks what a service provider asks for: another active aggregator, from a 1st on.
 * @param facts.aggregator the organization of the partner number that was given
 */
export function checkSwap(
  asked: { effectiveDate: string },
  facts: {
    contract: Contract;
    aggregator: Organization | undefined;
    today: PlainDate;
    frozenUntil: Period | undefined;
  },
): Checked<{ aggregator: Organization; effectiveDate: PlainDate }> {
  const faults = new Faults();
  const { aggregator, contract } = facts;
  const isOther =
    aggregator?.type === 'AGGREGATOR' &&
    aggregator.status === 'ACTIVE' &&
    !aggregator.awsResell &&
    aggregator.id !== contract.aggregatorId;
  if (!isOther) faults.add('aggregatorPrmId', 'must be the partner number of another active aggregator');
  const effectiveDate = readSwapDate(faults, asked.effectiveDate, facts);
  return faults.answer(aggregator && effectiveDate && { aggregator, effectiveDate });
}

/** What the other aggregator adds to the contract it takes over. */
export type TakeOverAsked = Pick<
  BasicInfoAsked,
  | 'aggregatorContact'
  | 'billingOrderPreference'
  | 'vendorPurchaseOrder'
  | 'fillPurchaseOrderInMbo'
  | 'billToAccountId'
  | 'entitlementAccount'
> & { effectiveDate?: string };

/**
 * Checks what the other aggregator adds, and the day: the one that was asked for, or a later 1st.
 * @param facts.given the contract that it takes over, `taken` the one it becomes
 */
export function checkTakeOver(
  { effectiveDate: text, ...asked }: TakeOverAsked,
  facts: {
    given: Contract;
    taken: Contract;
    askedFor: PlainDate;
    billToAccount: BillToAccount | undefined;
    today: PlainDate;
    frozenUntil: Period | undefined;
  },
): Checked<{ changes: BasicInfoChanges; effectiveDate: PlainDate }> {
  const faults = new Faults();
  for (const [field, value] of [
    ['billToAccountId', asked.billToAccountId],
    ['aggregatorContact', asked.aggregatorContact],
    ['vmwarePurchaseOrder', asked.vendorPurchaseOrder],
    ['billingOrderPreference', asked.billingOrderPreference],
  ] as const) {
    if (value === undefined) faults.add(field, NEEDED);
  }
  const basic = checkBasicInfo(asked, { contract: facts.taken, billToAccount: facts.billToAccount });
  if (!basic.ok) for (const { field, message } of basic.errors) faults.add(field, message);
  const { given: contract, today, frozenUntil, askedFor } = facts;
  const effectiveDate = readSwapDate(faults, text ?? askedFor, { contract, today, frozenUntil });
  if (effectiveDate !== undefined && effectiveDate < askedFor) {
    faults.add('effectiveDate', `must not be before ${askedFor}, which was asked for`);
  }
  return faults.answer(basic.ok && effectiveDate ? { changes: basic.value, effectiveDate } : undefined);
}
