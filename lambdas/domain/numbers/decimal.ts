/**
 * Exact decimal numbers as scaled integers. A value of scale s is a bigint counting 10^-s units; what a bigint counts
 * is told by its type (see amounts.ts), never by a comment at the place of use.
 */

const POWERS = Array.from({ length: 41 }, (_, exponent) => 10n ** BigInt(exponent));

/** 10^exponent for exponents 0…40. */
export function powerOfTen(exponent: number): bigint {
  const power = POWERS[exponent];
  if (power === undefined) throw new RangeError(`no power of ten for exponent ${exponent}`);
  return power;
}

const DECIMAL = /^(-?)(\d{1,20})(?:\.(\d+))?$/;

/**
 * Reads a plain decimal literal ("-12.50") exactly into a scaled integer.
 * Returns undefined for anything that is not a plain decimal, or has more decimals than `scale` (trailing zeros aside):
 * nothing is ever rounded on the way in (domain.md §5 "Numbers").
 */
export function parseDecimal(text: string, scale: number): bigint | undefined {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', written = ''] = match;
  const fraction = written.length > scale ? written.replace(/0+$/, '') : written;
  if (fraction.length > scale) return undefined;
  const magnitude = BigInt(whole + fraction.padEnd(scale, '0'));
  return sign === '-' ? -magnitude : magnitude;
}

/** Writes a scaled integer as an exact decimal literal with at least `minDecimals` decimals and no further zeros. */
export function formatDecimal(value: bigint, scale: number, minDecimals = 0): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  let end = digits.length;
  const shortest = digits.length - scale + minDecimals;
  while (end > shortest && digits.charCodeAt(end - 1) === 48) end--;
  const fraction = digits.slice(digits.length - scale, end);
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** Integer quotient rounded toward −∞. The denominator is positive. */
export function divideFloor(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

/** Integer quotient rounded to the nearest, ties to the even one (domain.md §5 "round"). The denominator is positive. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const floor = divideFloor(numerator, denominator);
  const twice = (numerator - floor * denominator) * 2n;
  if (twice < denominator) return floor;
  if (twice > denominator) return floor + 1n;
  return floor % 2n === 0n ? floor : floor + 1n;
}

export function maxOf<T extends bigint>(a: T, b: T): T {
  return a > b ? a : b;
}

export function minOf<T extends bigint>(a: T, b: T): T {
  return a < b ? a : b;
}

/** Exact sum of two decimal literals, with the decimals of the longer one. Throws RangeError for anything else. */
export function addDecimals(a: string, b: string): string {
  const scale = Math.max(decimalsOf(a), decimalsOf(b));
  const left = parseDecimal(a, scale);
  const right = parseDecimal(b, scale);
  if (left === undefined || right === undefined) throw new RangeError(`${a} + ${b}: not two plain decimals`);
  return formatDecimal(left + right, scale, scale);
}

function decimalsOf(text: string): number {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}
