import { daysFromTo, firstDay, lastDay, type Period } from '../calendar/period.ts';
import type { Contract } from '../contract/contract.ts';
import { hasBillingOrder, lastBilledDay } from '../contract/order-months.ts';

const DAY = 86_400;

/**
 * The part of a month that usage of a contract is billed in, in seconds from the month's beginning, the second excluded:
 * its active days and days of grace (domain.md §4 "Contract", §5 "vRAM metering"). Undefined when it has none in it.
 */
export function activeSeconds(
  contract: Pick<Contract, 'status' | 'bolDate' | 'eolDate' | 'graceTermMonths' | 'anniversary'>,
  of: Period,
): readonly [from: number, to: number] | undefined {
  if (!hasBillingOrder(contract, of)) return undefined;
  const first = firstDay(of);
  const last = lastBilledDay(contract) ?? lastDay(of);
  const from = contract.bolDate > first ? daysFromTo(first, contract.bolDate) - 1 : 0;
  return [from * DAY, daysFromTo(first, last < lastDay(of) ? last : lastDay(of)) * DAY];
}
