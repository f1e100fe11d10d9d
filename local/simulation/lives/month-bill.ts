import {
  type Fraction,
  floorOf,
  fraction,
  isMore,
  isZero,
  larger,
  minus,
  plus,
  rounded,
  short,
  smaller,
  times,
  total,
  written,
  ZERO,
} from './fractions.ts';
import { DIGITS, TIERED, TIERS } from './offer.ts';
import type { Usage } from './story.ts';

/** A line as it is expected on a document. */
export type BillLine = { kind: string; points: string; amount: string };
/** How a month is expected to use a prepayment. */
export type Drawing = { before: Fraction; drawn: Fraction; after: Fraction };
export type Bill = { lines: BillLine[]; net: Fraction; drawing?: Drawing };

/** What a month is charged by. */
export type MonthTerms = {
  currency: keyof typeof DIGITS;
  minimum: Fraction;
  price: Fraction;
  overage?: Fraction;
  /** What an early end was settled at. */
  settlement?: string;
  /** PRE-PAY: what is left of the prepayment. */
  balance?: Fraction;
};

type Share = { kind: string; points: Fraction; exact: Fraction };

/** A month's bill by domain.md §5, steps 1 to 5 and "PRE-PAY"; undefined where there is nothing to bill (§6). */
export function billOf(
  usage: readonly Usage[],
  { currency, minimum, price, overage, balance, settlement }: MonthTerms,
): Bill | undefined {
  if (usage.length === 0 && isZero(minimum) && settlement === undefined) return undefined;
  const inOrder = [...usage].sort(canonically);
  const points = pointsOf(inOrder);
  const of = (inside: boolean) => total(points.filter((_, n) => inOrder[n]?.inMinCommit === inside));
  const reported = of(true);
  const outside = of(false);
  const shares = points.map((each): Share => ({ kind: 'USAGE', points: each, exact: times(each, price) }));
  const underage = larger(ZERO, minus(minimum, reported));
  if (!balance && !isZero(underage)) shares.push({ kind: 'UNDERAGE', points: underage, exact: times(underage, price) });
  const inCash = balance ? larger(ZERO, minus(reported, balance)) : reported;
  const over = smaller(larger(ZERO, minus(reported, minimum)), inCash);
  const surcharge = overage ? times(over, minus(overage, price)) : ZERO;
  if (overage && !isZero(over)) shares.push({ kind: 'SURCHARGE', points: over, exact: surcharge });
  const digits = DIGITS[currency];
  const charge = rounded(total(shares.map(({ exact }) => exact)), digits);
  const amounts = split(charge, shares, digits);
  const lines = shares.map((share, n): BillLine => {
    return { kind: share.kind, points: short(share.points), amount: written(amounts[n] as Fraction, digits) };
  });
  const settled = fraction(settlement ?? '0');
  if (settlement !== undefined) {
    const at = lines.findIndex(({ kind }) => kind === 'SURCHARGE');
    lines.splice(at < 0 ? lines.length : at, 0, { kind: 'SETTLEMENT', points: '0', amount: written(settled, digits) });
  }
  const whole = plus(charge, settled);
  if (!balance) return { lines, net: whole };
  const drawn = smaller(balance, larger(reported, minimum));
  const drawing = { before: balance, drawn, after: minus(balance, drawn) };
  if (isZero(drawn) && lines.length > 0) return { lines, net: whole, drawing };
  const cash = rounded(plus(times(plus(inCash, outside), price), surcharge), digits);
  const covered = minus(ZERO, smaller(balance, reported));
  lines.push({ kind: 'COVER', points: short(covered), amount: written(minus(cash, charge), digits) });
  return { lines, net: plus(cash, settled), drawing };
}

/** Each share's floor, and what is left unit by unit to the largest remainders, ties to the earlier. */
export function split(charge: Fraction, shares: readonly Pick<Share, 'exact'>[], digits: number): Fraction[] {
  const unit = { n: 1n, d: 10n ** BigInt(digits) };
  const inUnits = shares.map(({ exact }) => times(exact, { n: unit.d, d: 1n }));
  const parts = inUnits.map(floorOf);
  const remainders = inUnits.map((exact, n) => ({ n, rest: minus(exact, { n: parts[n] as bigint, d: 1n }) }));
  remainders.sort((a, b) => (isMore(a.rest, b.rest) ? -1 : isMore(b.rest, a.rest) ? 1 : a.n - b.n));
  let left = floorOf(times(charge, { n: unit.d, d: 1n })) - parts.reduce((sum, part) => sum + part, 0n);
  for (const { n } of remainders) {
    if (left === 0n) break;
    parts[n] = (parts[n] as bigint) + 1n;
    left -= 1n;
  }
  return parts.map((part) => ({ n: part, d: unit.d }));
}

/** Points of lines in canonical order; those of the tiered product fill its ranges one after the other. */
function pointsOf(usage: readonly Usage[]): Fraction[] {
  let filled = ZERO;
  return usage.map(({ product, quantity, minQuantity, pointsPerUnit }) => {
    const used = fraction(quantity);
    const billed = minQuantity && isMore(used, ZERO) ? larger(used, fraction(minQuantity)) : used;
    if (product !== TIERED) return times(billed, fraction(pointsPerUnit));
    const from = filled;
    filled = plus(filled, billed);
    const to = filled;
    return total(
      TIERS.map((tier) => {
        const end = tier.to ? smaller(to, fraction(tier.to)) : to;
        const part = larger(ZERO, minus(end, larger(from, fraction(tier.from))));
        return times(times(part, fraction(tier.pointsPerUnit)), fraction(tier.split));
      }),
    );
  });
}

function canonically(a: Usage, b: Usage): number {
  return (
    byCodePoint(a.site, b.site) ||
    byCodePoint(a.product, b.product) ||
    byCodePoint(a.customer, b.customer) ||
    byCodePoint(a.id, b.id)
  );
}

function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (character) => character.codePointAt(0) as number);
  const right = Array.from(b, (character) => character.codePointAt(0) as number);
  const at = left.findIndex((point, n) => point !== right[n]);
  if (at < 0) return left.length - right.length;
  return (left[at] as number) - (right[at] ?? -1);
}
