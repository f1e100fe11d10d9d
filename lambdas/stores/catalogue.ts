import type { CatalogueContent } from '../domain/catalogue/catalogue.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Catalogue, CatalogueVersion } from '../use-cases/ports/catalogue.ts';
import {
  fromOrderableSkuItem,
  fromPriceListItem,
  fromProductItem,
  toOrderableSkuItem,
  toPriceListItem,
  toProductItem,
} from './catalogue-mapping.ts';
import { CatalogueHeadItem, OrderableSkuItem, PriceListItem, ProductFamilyItem, ProductItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** The catalogue: each load is a partition of its own, and one item says which is in force. */
export function openCatalogue(table: Table): Catalogue {
  // A version never changes once it is in force, so it is read once for as long as it is.
  let known: CatalogueVersion | undefined;

  async function versionOf(load: string): Promise<CatalogueVersion> {
    const content = { families: [], skus: [], products: [] } as {
      -readonly [Kind in keyof CatalogueContent]: CatalogueContent[Kind][number][];
    };
    for await (const item of table.query(keys.catalogueVersion(load))) {
      if (item.entity === 'PRODUCT') content.products.push(fromProductItem(read(ProductItem, item)));
      else if (item.entity === 'SKU') content.skus.push(fromOrderableSkuItem(read(OrderableSkuItem, item)));
      else content.families.push(read(ProductFamilyItem, item));
    }
    return { load, ...content };
  }

  return {
    current: async () => {
      const head = await table.get(keys.catalogueHead());
      if (!head) return { load: undefined, families: [], skus: [], products: [] };
      const { load } = read(CatalogueHeadItem, head);
      if (known?.load !== load) known = await versionOf(load);
      return known;
    },

    priceLists: async () => {
      const lists: PriceList[] = [];
      for await (const item of table.query(keys.catalogueHead().pk, { prefix: 'PRICE-LIST#' })) {
        lists.push(fromPriceListItem(read(PriceListItem, item)));
      }
      return lists;
    },

    stage: (load, { families, skus, products }) =>
      table.putAll([
        ...families.map((family) =>
          stored<typeof ProductFamilyItem>('PRODUCT_FAMILY', keys.productFamily(load, family.code), family),
        ),
        ...skus.map((sku) => stored<typeof OrderableSkuItem>('SKU', keys.sku(load, sku.code), toOrderableSkuItem(sku))),
        ...products.map((product) =>
          stored<typeof ProductItem>('PRODUCT', keys.product(load, product.code), toProductItem(product)),
        ),
      ]),

    putInForce: (load, previous) =>
      table.put(
        `catalogue of load ${load}`,
        stored<typeof CatalogueHeadItem>('CATALOGUE', keys.catalogueHead(), { load }),
        previous === undefined
          ? { condition: 'attribute_not_exists(pk)' }
          : { condition: '#load = :previous', names: { '#load': 'load' }, values: { ':previous': previous } },
      ),

    priceListCreated: (list) =>
      table.putNew(
        `price list ${list.version}`,
        stored<typeof PriceListItem>('PRICE_LIST', keys.priceList(list.currency, list.version), toPriceListItem(list)),
      ),
  };
}
