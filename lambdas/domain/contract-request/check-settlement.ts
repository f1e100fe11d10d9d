import type { FamilyType } from '../catalogue/family.ts';
import type { Contract } from '../contract/contract.ts';
import type { Settlement } from '../contract/settlement.ts';
import { type Currency, minorDigits, parseMoney } from '../numbers/currency.ts';
import { powerOfTen } from '../numbers/decimal.ts';
import { type Checked, Faults } from './checks.ts';
import type { ContractRequestType } from './request.ts';

/** A settlement as the vendor wrote it. */
export type SettlementAsked = { amount: string; currency: Currency };

// More than any contract commits to in its whole term.
const MOST_DIGITS = 12;

/** Families in which hosts or products are committed to, on contracts of any type. */
const COMMITS_BESIDE: ReadonlySet<FamilyType> = new Set(['MSP', 'LPCAAS']);

/**
 * Checks what the vendor settles an early end at: of a termination, of a contract whose minimums for each month, or commitments
 * to hosts or products, lapse with it; in the contract's currency, exact, not negative. An amount of zero is the same as none:
 * later minimums lapse.
 */
export function checkSettlement(
  asked: SettlementAsked,
  { listing, currency }: Pick<Contract, 'listing' | 'currency'>,
  type: ContractRequestType,
): Checked<Settlement> {
  const faults = new Faults();
  const { contractType, familyType } = listing;
  if (type !== 'TERMINATE') faults.add('settlement', 'is of terminations alone');
  else if (contractType === 'PAY-GO' && !COMMITS_BESIDE.has(familyType)) {
    faults.add('settlement', `is of contracts with minimums or commitments that lapse, not of PAY-GO ${familyType}`);
  }
  if (asked.currency !== currency) faults.add('settlement.currency', `must be ${currency}, the contract's`);
  const amount = parseMoney(asked.amount, currency);
  const digits = minorDigits(currency);
  if (amount === undefined) faults.add('settlement.amount', `must be a plain number of at most ${digits} decimals`);
  else if (amount < 0n) faults.add('settlement.amount', 'must be 0 or more');
  else if (amount > powerOfTen(MOST_DIGITS + digits)) faults.add('settlement.amount', 'must be at most 1000000000000');
  return faults.answer(amount === undefined ? undefined : { amount, currency });
}
