import type { CatalogueContent } from '../../domain/catalogue/catalogue.ts';
import type { PriceList } from '../../domain/catalogue/price-list.ts';
import type { Change } from './changes.ts';

/** The catalogue as one load has left it. */
export type CatalogueVersion = CatalogueContent & {
  /** Id of that load; undefined before the first. */
  load: string | undefined;
};

export type Catalogue = {
  /** The version in force: all of one load, never a part of two. Strongly consistent. */
  current(): Promise<CatalogueVersion>;
  /** All versions of all price lists. Strongly consistent. */
  priceLists(): Promise<PriceList[]>;
  /** Writes a version that nobody reads before it is put in force; may be repeated. */
  stage(load: string, content: CatalogueContent): Promise<void>;
  /** Puts a staged version in force; refused when another than `previous` is. */
  putInForce(load: string, previous: string | undefined): Change;
  /** Refused when there is a list of that currency and version. */
  priceListCreated(list: PriceList): Change;
};
