import { addMonths, type Period } from '../../lambdas/domain/calendar/period.ts';
import type { CatalogueContent, OrderableSku } from '../../lambdas/domain/catalogue/catalogue.ts';
import { FAMILY_TYPES } from '../../lambdas/domain/catalogue/family.ts';
import { percent } from '../../lambdas/domain/numbers/amounts.ts';
import { familyOf } from './families.ts';
import { idOf } from './ids.ts';
import { OTHER_PRODUCTS } from './other-products.ts';
import { PRICED_MONTHS, SKUS } from './price-lists.ts';
import { PRODUCTS } from './products.ts';

const TERM_MONTHS = 12;
/** The catalogue of the sample programme, all families in it; its ids are made from the seed. */
export function sampleCatalogue(seed: number, latest: Period): CatalogueContent {
  const bolDate = addMonths(latest, -PRICED_MONTHS);
  return {
    families: FAMILY_TYPES.map((type) => familyOf(seed, type)),
    skus: SKUS.map(
      (sku): OrderableSku => ({
        ...sku,
        id: idOf(seed, `SKU ${sku.code}`),
        bolDate,
        termMonths: TERM_MONTHS,
        discount: percent('0'),
        commitType: 'MONTHLY',
        commitValue: 0,
      }),
    ),
    products: [...PRODUCTS, ...OTHER_PRODUCTS].map((product) => ({
      ...product,
      id: idOf(seed, `product ${product.code}`),
    })),
  };
}
