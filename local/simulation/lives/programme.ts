import type { Period } from '../../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../../lambdas/domain/catalogue/catalogue.ts';
import type { PriceList } from '../../../lambdas/domain/catalogue/price-list.ts';
import type { Product } from '../../../lambdas/domain/catalogue/product.ts';
import { percent, points, pointsPerUnit, quantity, split, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import type { Caller } from '../../../lambdas/use-cases/caller.ts';
import type { Programme } from '../../../lambdas/use-cases/import-programme.ts';
import { plainId, plainProgramme } from '../plain-programme.ts';
import type { Month } from './days.ts';
import { CURRENCIES, priceVersions, SKUS, type Sku, TAX_RATES, TIERED, TIERS } from './offer.ts';

const AGGREGATORS = 4;
const CONTRACTS_A_PROVIDER = 4;
const IDS = { SKU: 8, FAMILY: 11, PRODUCT: 12 } as const;

/** The parties and the catalogue of the lives; the contracts are made on the way. */
export function livesProgramme(first: Month, contracts: number): Programme {
  const size = { period: first as Period, contracts, lines: 0, aggregators: AGGREGATORS };
  const { organizations = [], billToAccounts = [] } = plainProgramme({
    ...size,
    contractsPerProvider: CONTRACTS_A_PROVIDER,
  });
  const names = { RENTAL: 'Rental Commercial', ISV: 'Independent Software' } as const;
  return {
    organizations,
    billToAccounts: billToAccounts.map((account) => ({ ...account, taxRate: TAX_RATES[account.currency as 'USD'] })),
    families: (['RENTAL', 'ISV'] as const).map((type, n) => {
      return { id: plainId(IDS.FAMILY, n), code: type, name: names[type], description: names[type], type };
    }),
    skus: SKUS.map((sku, n) => orderable(sku, n)),
    products: [tiered()],
    priceLists: CURRENCIES.flatMap((currency) => priceListsOf(currency, first)),
  };
}

/** The parties of the n-th contract, and who asks for it. */
export function partiesOf(n: number, currency: (typeof CURRENCIES)[number]) {
  const aggregator = n % AGGREGATORS;
  const caller: Caller = {
    userId: 'aggregator-user',
    organizationId: plainId(2, aggregator),
    organizationType: 'AGGREGATOR',
    roles: ['Operations'],
  };
  return {
    caller,
    serviceProviderId: plainId(3, Math.floor(n / CONTRACTS_A_PROVIDER)),
    billToAccountId: plainId(4, aggregator * CURRENCIES.length + CURRENCIES.indexOf(currency)),
  };
}

export const skuId = (code: string): string =>
  plainId(
    IDS.SKU,
    SKUS.findIndex((sku) => sku.code === code),
  );

function orderable({ code, contractType, family, minimum, term }: Sku, n: number): OrderableSku {
  const kept = { code, contractType, family, minimumPoints: points(minimum) };
  const offered = { bolDate: '2020-01' as Period, termMonths: term, discount: percent('0') };
  return { ...kept, ...offered, id: plainId(IDS.SKU, n), commitType: 'MONTHLY', commitValue: 0 };
}

function tiered(): Product {
  const tiers = TIERS.map((tier) => ({
    from: quantity(tier.from),
    ...(tier.to !== undefined && { to: quantity(tier.to) }),
    pointsPerUnit: pointsPerUnit(tier.pointsPerUnit),
    split: split(tier.split),
  }));
  const named = { code: TIERED, name: 'Tiered product', category: 'Tiered', uom: 'GB vRAM' };
  return { id: plainId(IDS.PRODUCT, 0), ...named, family: 'RENTAL', pointsPerUnit: pointsPerUnit('3'), tiers };
}

function priceListsOf(currency: (typeof CURRENCIES)[number], first: Month): PriceList[] {
  return priceVersions(currency, first).map(({ from, prices }) => ({
    currency,
    version: `${currency}-${from}`,
    validFrom: from as Period,
    prices: Object.fromEntries(
      Object.entries(prices).map(([code, { list, overage }]) => [
        code,
        { listPrice: unitPrice(list), ...(overage !== undefined && { overagePrice: unitPrice(overage) }) },
      ]),
    ),
  }));
}
