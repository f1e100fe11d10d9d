import { daysFromTo, firstDay, type Period } from '../calendar/period.ts';
import { billedDays } from '../contract/order-months.ts';

const DAY = 86_400;

/**
 * The part of a month that usage of a contract is billed in, in seconds from the month's beginning, the second excluded:
 * its active days and days of grace (domain.md §4 "Contract", §5 "vRAM metering"). Undefined when it has none in it.
 */
export function activeSeconds(
  contract: Parameters<typeof billedDays>[0],
  of: Period,
): readonly [from: number, to: number] | undefined {
  const days = billedDays(contract, of);
  if (!days) return undefined;
  const [first, last] = days;
  return [(daysFromTo(firstDay(of), first) - 1) * DAY, daysFromTo(firstDay(of), last) * DAY];
}
