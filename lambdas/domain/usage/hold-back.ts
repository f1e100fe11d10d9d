import type { Period } from '../calendar/period.ts';
import { isArrears, type UsageLine } from './usage-line.ts';

/** The lines of an order that is billed at the minimum alone: what it keeps, and what is held back. */
export type HeldBack = { kept: readonly UsageLine[]; heldBack: readonly UsageLine[] };

/**
 * Held back is the usage of the order's own month. Arrears that it carries are billed with it: they were late once, and would
 * otherwise wait for ever where nobody submits (domain.md §3 "At cutoff", docs/decisions/0008).
 *
 * @param own the order's usage period
 */
export function holdBack(own: Period, lines: readonly UsageLine[]): HeldBack {
  const isKept = (line: UsageLine) => isArrears(own, line);
  return { kept: lines.filter(isKept), heldBack: lines.filter((line) => !isKept(line)) };
}

/**
 * The lines of the order that takes what is held back. A line that it has already as arrears of that month stays beside
 * the one that joins it: they are charged as one.
 *
 * @param newIdOf another id for a line whose own the order has already
 */
export function withHeldBack(
  lines: readonly UsageLine[],
  heldBack: readonly UsageLine[],
  newIdOf: (line: UsageLine) => string,
): UsageLine[] {
  const known = new Set(lines.map(({ id }) => id));
  return [...lines, ...heldBack.map((line) => (known.has(line.id) ? { ...line, id: newIdOf(line) } : line))];
}
