import type { Product } from '../domain/catalogue/product.ts';
import type { Tiers } from '../domain/charging/line-points.ts';
import type { Portal } from './ports/portal.ts';

/** Tiers of the tiered products in force, which never change under a code (domain.md §5). */
export async function tiersOf(portal: Pick<Portal, 'catalogue'>): Promise<Tiers> {
  return tiersAmong((await portal.catalogue.current()).products);
}

/** The tiers of those products that have some. */
export function tiersAmong(products: readonly Product[]): Tiers {
  return new Map(products.flatMap(({ code, tiers }) => (tiers ? [[code, tiers]] : [])));
}
