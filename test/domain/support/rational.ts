/** Rational numbers, as plain as can be: what exact results are compared with. The denominator is positive. */
export type Rational = { n: bigint; d: bigint };

export const ZERO: Rational = { n: 0n, d: 1n };

export function rational(n: bigint, d = 1n): Rational {
  const [a, b] = d < 0n ? [-n, -d] : [n, d];
  const divisor = gcd(a < 0n ? -a : a, b) || 1n;
  return { n: a / divisor, d: b / divisor };
}

/** The number a decimal literal stands for. */
export function decimal(text: string): Rational {
  const [whole = '0', fraction = ''] = text.split('.');
  return rational(BigInt(whole + fraction), 10n ** BigInt(fraction.length));
}

export const plus = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Rational, b: Rational): Rational => plus(a, { n: -b.n, d: b.d });
export const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const isLess = (a: Rational, b: Rational): boolean => a.n * b.d < b.n * a.d;
export const equals = (a: Rational, b: Rational): boolean => a.n * b.d === b.n * a.d;
export const largest = (a: Rational, b: Rational): Rational => (isLess(a, b) ? b : a);
export const smallest = (a: Rational, b: Rational): Rational => (isLess(a, b) ? a : b);

export function floor(a: Rational): bigint {
  let whole = a.n / a.d;
  while (whole * a.d > a.n) whole -= 1n;
  return whole;
}

/** The nearest whole number; of two equally near the even one. */
export function halfEven(a: Rational): bigint {
  const below = floor(a);
  const rest = minus(a, rational(below));
  const half = rational(1n, 2n);
  if (isLess(rest, half)) return below;
  if (isLess(half, rest)) return below + 1n;
  return below % 2n === 0n ? below : below + 1n;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}
