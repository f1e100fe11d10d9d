import { splitByLargestRemainder } from '../charging/largest-remainder.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import { type Currency, minorDigits } from '../numbers/currency.ts';
import { divideHalfEven, powerOfTen } from '../numbers/decimal.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import type { ServiceCost } from './cost-report.ts';

declare const unit: unique symbol;
/** What a row of a report costs, in the currency's major unit; 36 decimals, more than reports write. */
export type ExactCost = bigint & { readonly [unit]: 'exact cost' };

export const COST_SCALE = 36;
export const MOST_SERVICES = 200;
/** Our codes of what is no service of AWS. */
export const TAX = { code: 'TAX', name: 'Tax' } as const;
export const OTHER = { code: 'OTHER', name: 'Other services' } as const;

/** What all rows of one service cost, exactly. */
export type ExactServiceCost = Omit<ServiceCost, 'amount'> & { cost: ExactCost };

// 15 digits before the point are more than any bill has.
const COST = /^(-?)(\d{1,15})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;

/** Reads a cost as reports write it, with an exponent too ("4.0E-7"), exactly; undefined where that is none, or is too long. */
export function exactCost(text: string): ExactCost | undefined {
  const match = COST.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', written = '', exponent = '0'] = match;
  const fraction = written.replace(/0+$/, '');
  const shift = COST_SCALE - fraction.length + Number(exponent);
  if (shift < 0 || shift > COST_SCALE + 4) return Number(whole + fraction) === 0 ? (0n as ExactCost) : undefined;
  const magnitude = BigInt(whole + fraction) * powerOfTen(shift);
  return (sign === '-' ? -magnitude : magnitude) as ExactCost;
}

/**
 * The costs of services in whole minor units: the exact sum of all is rounded half-even, then split over the services by
 * largest remainder, so that they add up to the report (README.md).
 *
 * @param exact each service once, in any order
 * @returns in order of their codes, those of 0 among them
 */
export function roundedCosts(
  exact: readonly ExactServiceCost[],
  currency: Currency,
): { services: ServiceCost[]; total: MinorUnits } {
  const kept = largest(exact).sort((a, b) => compareCodePoints(a.code, b.code));
  const one = powerOfTen(COST_SCALE - minorDigits(currency));
  const total = divideHalfEven(
    kept.reduce((sum, { cost }) => sum + cost, 0n),
    one,
  ) as MinorUnits;
  const amounts = splitByLargestRemainder(
    total,
    kept.map(({ cost }) => cost),
    one,
  );
  const services = kept.map(({ cost: _cost, ...service }, at) => ({ ...service, amount: amounts[at] as MinorUnits }));
  return { services, total };
}

/** Those that cost most, up or down, and the rest as one. */
function largest(exact: readonly ExactServiceCost[]): ExactServiceCost[] {
  if (exact.length <= MOST_SERVICES) return [...exact];
  const size = ({ cost }: ExactServiceCost) => (cost < 0n ? -cost : cost);
  // A service that AWS itself calls so is among the rest.
  const named = exact.filter(({ code }) => code !== OTHER.code);
  const sorted = named.sort((a, b) => {
    const [ofA, ofB] = [size(a), size(b)];
    return ofA > ofB ? -1 : ofA < ofB ? 1 : compareCodePoints(a.code, b.code);
  });
  const rest = [...sorted.slice(MOST_SERVICES - 1), ...exact.filter(({ code }) => code === OTHER.code)];
  const cost = rest.reduce((sum, each) => sum + each.cost, 0n) as ExactCost;
  const bills = [...new Set(rest.flatMap((each) => each.bills))].sort(compareCodePoints);
  return [...sorted.slice(0, MOST_SERVICES - 1), { ...OTHER, cost, bills }];
}
