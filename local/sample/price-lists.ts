import { addMonths, type Period } from '../../lambdas/domain/calendar/period.ts';
import {
  CONTRACT_TYPES_OF,
  type ContractType,
  FAMILY_TYPES,
  type FamilyType,
  isPointsFamily,
} from '../../lambdas/domain/catalogue/family.ts';
import type { ContractSku, PriceList, SkuPrice } from '../../lambdas/domain/catalogue/price-list.ts';
import { NO_POINTS, points, type UnitPrice, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import type { SampleFamily } from './products.ts';

/** Monthly minimum of the PAY-GO SKUs, and what a point costs in USD; the more, the cheaper. */
const PAY_GO = [
  { minimum: '360', price: '0.95' },
  { minimum: '600', price: '0.93' },
  { minimum: '1200', price: '0.90' },
  { minimum: '1800', price: '0.88' },
  { minimum: '3600', price: '0.84' },
  { minimum: '10800', price: '0.79' },
] as const;
export type PayGoSize = (typeof PAY_GO)[number]['minimum'];

/** Price of a point under negotiated terms, before the discount, in USD. */
const NEGOTIATED_PRICE = '1.00';
/** The one SKU whose overage has a price of its own, in USD. */
const OVERAGE = { code: 'VSPP3-10800-C', price: '0.91' } as const;

const CODE_OF: Readonly<Record<SampleFamily, string>> = { RENTAL: 'VSPP3', ISV: 'ISV' };

/** The PAY-GO SKU of a family with that monthly minimum, e.g. VSPP3-1800-C. */
export function payGoSku(family: SampleFamily, minimum: PayGoSize): ContractSku {
  const minimumPoints = points(minimum);
  return { code: `${CODE_OF[family]}-${minimum}-C`, contractType: 'PAY-GO', family, minimumPoints };
}

/** The SKU of a family's contracts with negotiated minimums, paid monthly or up front. */
export function negotiatedSku(family: SampleFamily, contractType: 'CUSTOM' | 'PRE-PAY'): ContractSku {
  const code = `${CODE_OF[family]}-${contractType === 'CUSTOM' ? 'CUSTOM' : 'PREPAY'}-C`;
  return { code, contractType, family, minimumPoints: NO_POINTS };
}

const FAMILIES: readonly SampleFamily[] = ['RENTAL', 'ISV'];

const TYPE_CODES: Readonly<Record<ContractType, string>> = { 'PAY-GO': 'PAYGO', 'PRE-PAY': 'PREPAY', CUSTOM: 'CUSTOM' };

/** A SKU of each contract type that a family has, without a minimum: "SOV-CUSTOM-C". */
export function plainSkus(family: FamilyType): ContractSku[] {
  return CONTRACT_TYPES_OF[family].map((contractType) => ({
    code: `${family.replace('_', '-')}-${TYPE_CODES[contractType]}-C`,
    contractType,
    family,
    minimumPoints: NO_POINTS,
  }));
}

/** That of Term contracts. */
export const TERM_SKU: ContractSku = {
  ...{ code: 'TERM-PAYGO-C', contractType: 'PAY-GO', family: 'RENTAL', kind: 'TERM', minimumPoints: NO_POINTS },
};

const isSampleFamily = (family: FamilyType) => FAMILIES.some((each) => each === family);

/** Every SKU that can be ordered, those without contracts in the sample last. */
export const SKUS: readonly ContractSku[] = [
  ...FAMILIES.flatMap((family) => [
    ...PAY_GO.map(({ minimum }) => payGoSku(family, minimum)),
    negotiatedSku(family, 'CUSTOM'),
    negotiatedSku(family, 'PRE-PAY'),
  ]),
  ...FAMILY_TYPES.filter((family) => !isSampleFamily(family)).flatMap(plainSkus),
  TERM_SKU,
];
const PRICED_SKUS = SKUS.filter(({ family }) => isPointsFamily(family));

/** The SKU that next month's price lists forget, so that the estimate of the open period sets the one contract with it aside. */
export const FORGOTTEN = { family: 'ISV', size: '10800' } as const;

/** What a unit of products of money families costs, in USD. */
const PRODUCT_PRICES: Readonly<Record<string, string>> = {
  'MSP-HOST': '7.25',
  'MSP-STOR': '98',
  'MSP-EGRESS': '0.045',
  'MSP-ADDRESS': '0.005',
  'MSP-RECOVERY': '0.021',
  'LPC-HOST-S': '410',
  'LPC-HOST-M': '690',
  'LPC-HOST-L': '1180.5',
  'LPC-STOR': '27.25',
};

// One USD in each currency, in thousandths.
export const RATES = { USD: 1_000n, EUR: 920n, JPY: 152_000n } as const;
export const CURRENCIES = Object.keys(RATES) as (keyof typeof RATES)[];

/** The programme's first price lists are valid this many months before the latest period: all contracts begin later. */
export const PRICED_MONTHS = 36;

/**
 * Three versions of the list of each currency, by month of validity: the first, one that is 3 % dearer from the middle of
 * the history on, and one from the month after the latest period on that changes nothing but forgets a SKU.
 */
export function priceLists(latest: Period, months: number): PriceList[] {
  const forgotten = payGoSku(FORGOTTEN.family, FORGOTTEN.size).code;
  const versions = [
    { validFrom: addMonths(latest, -PRICED_MONTHS), level: 1_000n, skus: PRICED_SKUS },
    { validFrom: addMonths(latest, -Math.floor(months / 2)), level: 1_030n, skus: PRICED_SKUS },
    { validFrom: addMonths(latest, 1), level: 1_030n, skus: PRICED_SKUS.filter(({ code }) => code !== forgotten) },
  ];
  return CURRENCIES.flatMap((currency) =>
    versions.map(({ validFrom, level, skus }) => ({
      currency,
      version: `${currency}-${validFrom}`,
      validFrom,
      prices: Object.fromEntries(skus.map((sku) => [sku.code, priceOf(sku, RATES[currency], level)])),
      productPrices: Object.fromEntries(
        Object.entries(PRODUCT_PRICES).map(([code, usd]) => [code, inCurrency(usd, RATES[currency], level)]),
      ),
    })),
  );
}

function priceOf(sku: ContractSku, rate: bigint, level: bigint): SkuPrice {
  const payGo = PAY_GO.find(({ minimum }) => points(minimum) === sku.minimumPoints);
  const listPrice = inCurrency(payGo?.price ?? NEGOTIATED_PRICE, rate, level);
  if (sku.code !== OVERAGE.code) return { listPrice };
  return { listPrice, overagePrice: inCurrency(OVERAGE.price, rate, level) };
}

const inCurrency = (usd: string, rate: bigint, level: bigint): UnitPrice =>
  ((unitPrice(usd) * rate * level) / 1_000_000n) as UnitPrice;
