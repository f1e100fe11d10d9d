import { type MinorUnits, type Percent, percentageOf } from '../numbers/amounts.ts';
import type { TaxAmount } from './invoice.ts';

/** Tax on a net sum: once per rate on the sum, never per line (domain.md §7); no entry at a rate of zero. */
export function taxOn(net: MinorUnits, rate: Percent): { taxes: TaxAmount[]; gross: MinorUnits } {
  if (rate === 0n) return { taxes: [], gross: net };
  const amount = percentageOf(net, rate);
  return { taxes: [{ rate, base: net, amount }], gross: (net + amount) as MinorUnits };
}
