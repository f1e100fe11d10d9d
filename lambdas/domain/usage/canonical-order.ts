import type { Period } from '../calendar/period.ts';
import type { UsageLine } from './usage-line.ts';

const FIRST_SURROGATE = 0xd800;
const AFTER_SURROGATES = 0xe000;

// In UTF-16 the code units of characters beyond the BMP (surrogates) sort before U+E000–U+FFFF; by code point they
// come after. Moving the two ranges around each other makes comparing units the same as comparing code points.
function rank(unit: number): number {
  if (unit < FIRST_SURROGATE) return unit;
  return unit >= AFTER_SURROGATES ? unit - (AFTER_SURROGATES - FIRST_SURROGATE) : unit + 0x2000;
}

/** Compares two texts by Unicode code point: negative, zero or positive. */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/**
 * Canonical order of an order's usage lines: usage period (the order's own first), site name, product code, customer
 * number, line id (domain.md §5). The order in which lines arrived never matters.
 */
export function canonicalOrder(own: Period): (a: UsageLine, b: UsageLine) => number {
  return (a, b) => {
    if (a.usagePeriod !== b.usagePeriod) {
      if (a.usagePeriod === own) return -1;
      if (b.usagePeriod === own) return 1;
      return compareCodePoints(a.usagePeriod, b.usagePeriod);
    }
    return (
      compareCodePoints(a.siteName, b.siteName) ||
      compareCodePoints(a.productCode, b.productCode) ||
      compareCodePoints(a.customerNumber, b.customerNumber) ||
      compareCodePoints(a.id, b.id)
    );
  };
}
