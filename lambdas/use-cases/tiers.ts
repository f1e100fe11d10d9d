import type { Tiers } from '../domain/charging/line-points.ts';
import type { Portal } from './ports/portal.ts';

/** Tiers of the tiered products in force, which never change under a code (domain.md §5). */
export async function tiersOf(portal: Pick<Portal, 'catalogue'>): Promise<Tiers> {
  const tiered = (await portal.catalogue.current()).products.filter((product) => product.tiers);
  return Object.fromEntries(tiered.map((product) => [product.code, product.tiers]));
}
