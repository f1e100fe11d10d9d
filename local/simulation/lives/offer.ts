import type { ContractType } from '../../../lambdas/domain/catalogue/family.ts';
import { type Month, monthsLater } from './days.ts';

/** What the programme of the lives sells: plain data, read by who sets the portal up and by who calculates beside it. */
export type Sku = { code: string; family: 'RENTAL' | 'ISV'; contractType: ContractType; minimum: string; term: number };
export type Price = { list: string; overage?: string };
export type PriceVersion = { from: Month; prices: Readonly<Record<string, Price>> };
export type Tier = { from: string; to?: string; pointsPerUnit: string; split: string };

export const CURRENCIES = ['USD', 'EUR', 'JPY'] as const;
export const DIGITS = { USD: 2, EUR: 2, JPY: 0 } as const;
export const TAX_RATES = { USD: '0', EUR: '19', JPY: '10' } as const;

// Of a family's PAY-GO SKUs the next has the higher minimum.
const PAY_GO: readonly (readonly [minimum: string, term: number])[] = [
  ['360', 5],
  ['1800', 4],
  ['3600.55', 9],
  ['7200', 12],
];

const FAMILIES = ['RENTAL', 'ISV'] as const;

export const SKUS: readonly Sku[] = FAMILIES.flatMap((family) => [
  ...PAY_GO.map(
    ([minimum, term], n): Sku => ({ code: `${family}-${n}`, family, contractType: 'PAY-GO', minimum, term }),
  ),
  { code: `${family}-CUSTOM`, family, contractType: 'CUSTOM', minimum: '0', term: 12 },
  { code: `${family}-PREPAY`, family, contractType: 'PRE-PAY', minimum: '0', term: 12 },
]);

export const TIERED = 'TIERED';
export const TIERS: readonly Tier[] = [
  { from: '0', to: '100', pointsPerUnit: '3', split: '0.5' },
  { from: '100', to: '250.5', pointsPerUnit: '2.25', split: '1' },
  { from: '250.5', pointsPerUnit: '1.1', split: '0.75' },
];

const IN_CURRENCY = { USD: '0.88', EUR: '0.8131', JPY: '132.5' } as const;
// Months after the first from which a version of the prices holds, and what it asks for a SKU more than the first.
const VERSIONS = [-12, 8, 20] as const;

/** The versions of a currency's prices, earliest first. RENTAL has a price of its own for overage. */
export function priceVersions(currency: (typeof CURRENCIES)[number], first: Month): PriceVersion[] {
  return VERSIONS.map((months, version) => ({
    from: monthsLater(first, months),
    prices: Object.fromEntries(SKUS.map((sku, n) => [sku.code, priceOf(sku, IN_CURRENCY[currency], version, n)])),
  }));
}

function priceOf({ family }: Sku, base: string, version: number, n: number): Price {
  const list = `${base}${base.includes('.') ? '' : '.'}${version}${n % 10}`;
  return { list, ...(family === 'RENTAL' && { overage: `${Number.parseInt(base, 10) + 1}.0${version}` }) };
}
