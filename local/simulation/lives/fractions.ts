/** Exact numbers of the straight-line calculation: numerator and denominator, never rounded unless told. */
export type Fraction = { n: bigint; d: bigint };

export const ZERO: Fraction = { n: 0n, d: 1n };

/** The number written as a decimal, e.g. "-0.125". */
export function fraction(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.');
  return { n: BigInt(whole + decimals), d: 10n ** BigInt(decimals.length) };
}

export const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const minus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
export const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
/** A part of a number: `count` of `of`. */
export const partOf = (a: Fraction, count: number, of: number): Fraction => ({
  n: a.n * BigInt(count),
  d: a.d * BigInt(of),
});
export const total = (all: readonly Fraction[]): Fraction => all.reduce(plus, ZERO);
export const isMore = (a: Fraction, b: Fraction): boolean => a.n * b.d > b.n * a.d;
export const larger = (a: Fraction, b: Fraction): Fraction => (isMore(a, b) ? a : b);
export const smaller = (a: Fraction, b: Fraction): Fraction => (isMore(a, b) ? b : a);
export const isZero = (a: Fraction): boolean => a.n === 0n;

/** The whole number not above it. */
export function floorOf({ n, d }: Fraction): bigint {
  const quotient = n / d;
  return n % d < 0n ? quotient - 1n : quotient;
}

/** Rounded to so many decimals; what lies in the middle goes to the even neighbour. */
export function rounded(a: Fraction, decimals: number): Fraction {
  const scale = 10n ** BigInt(decimals);
  const scaled = { n: a.n * scale, d: a.d };
  const below = floorOf(scaled);
  const rest = 2n * (scaled.n - below * scaled.d);
  const up = rest > scaled.d || (rest === scaled.d && below % 2n !== 0n);
  return { n: up ? below + 1n : below, d: scale };
}

/** Written with exactly so many decimals, of which it must have no more. */
export function written(a: Fraction, decimals: number): string {
  const units = (a.n * 10n ** BigInt(decimals)) / a.d;
  if (units * a.d !== a.n * 10n ** BigInt(decimals))
    throw new RangeError(`${a.n}/${a.d} has more than ${decimals} decimals`);
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${units < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${digits.slice(-decimals)}` : ''}`;
}

const MOST_DECIMALS = 14;

/** Written as short as it goes, e.g. "12.5". */
export function short(a: Fraction): string {
  return written(a, MOST_DECIMALS).replace(/\.?0+$/, '');
}
