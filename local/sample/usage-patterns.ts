import { type Points, points } from '../../lambdas/domain/numbers/amounts.ts';
import type { SeededRandom } from '../random.ts';
import type { Month, Reported, Setting } from './situation.ts';

/** How a contract reports month by month. */
export type Pattern = (month: Month) => Reported | undefined;

/** A number of lines between 3 and 20, the same all through a contract's life. */
export function usualLines({ random }: Setting): number {
  return 3 + random.int(18);
}

// Shares are drawn in thousandths of a percent, so that what is reported is no round number.
const PERCENT = 1_000;
const MONTHLY_SPREAD_PERCENT = 6;

/** A share of some points: `least` percent and up to `spread` percent more. */
export function shareOf(whole: Points, least: number, spread: number, random: SeededRandom): Points {
  return ((whole * BigInt(least * PERCENT + random.int(spread * PERCENT))) / BigInt(100 * PERCENT)) as Points;
}

/** Between two percentages of the month's minimum, much the same each month. */
function percentOfMinimum(setting: Setting, least: number, most: number): Pattern {
  const lines = usualLines(setting);
  const usual = least + setting.random.int(most - least - MONTHLY_SPREAD_PERCENT);
  return ({ minimum, random }) => ({ inside: shareOf(minimum, usual, MONTHLY_SPREAD_PERCENT, random), lines });
}

/** Above the minimum, or below it, each month. */
export const aboveMinimum = (setting: Setting): Pattern => percentOfMinimum(setting, 108, 165);
export const belowMinimum = (setting: Setting): Pattern => percentOfMinimum(setting, 35, 92);

/** Some points that don't depend on a minimum, with a tenth more or less each month. */
export function somePoints(setting: Setting, least: number, most: number): Pattern {
  const lines = usualLines(setting);
  const usual = points(String(least + setting.random.int(most - least)));
  return ({ random }) => ({ inside: shareOf(usual, 90, 20, random), lines });
}

/** Nothing is reported. */
export const nothing: Pattern = () => undefined;

/** One pattern in the latest period (and after it), another before. */
export function latestOnly({ latest }: Setting, then: Pattern, before: Pattern): Pattern {
  return (month) => (month.period >= latest ? then(month) : before(month));
}
