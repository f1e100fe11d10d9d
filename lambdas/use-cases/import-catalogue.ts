import { createHash } from 'node:crypto';
import type { CatalogueContent } from '../domain/catalogue/catalogue.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { RetryableError } from './errors.ts';
import type { Portal } from './ports/portal.ts';

const ATTEMPTS = 3;

/**
 * Adds what isn't there yet to the catalogue, by code, and puts it in force; entries that are there stay as they are.
 * @throws RetryableError while others keep changing the catalogue
 */
export async function importCatalogue(
  { catalogue, units }: Pick<Portal, 'catalogue' | 'units'>,
  added: Partial<CatalogueContent>,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { load: previous, families, skus, products } = await catalogue.current();
    const content = {
      families: withMissing(families, added.families),
      skus: withMissing(skus, added.skus),
      products: withMissing(products, added.products),
    };
    const before = families.length + skus.length + products.length;
    if (content.families.length + content.skus.length + content.products.length === before) return;
    const load = `import-${hashOf(content)}`;
    await catalogue.stage(load, content);
    if ((await units.commit([catalogue.putInForce(load, previous)])).ok) return;
  }
  throw new RetryableError('the catalogue kept changing while it was imported');
}

function withMissing<Entry extends { code: string }>(there: readonly Entry[], added: readonly Entry[] = []): Entry[] {
  const byCode = new Map([...added, ...there].map((entry) => [entry.code, entry]));
  return [...byCode.values()].sort((a, b) => compareCodePoints(a.code, b.code));
}

/** Names an import by what it makes, so that one that is run again writes the same version. */
function hashOf(content: CatalogueContent): string {
  const text = JSON.stringify(content, (_name, value) => (typeof value === 'bigint' ? String(value) : value));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
