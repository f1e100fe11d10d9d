import type { UsageSite } from '../domain/contract/usage-site.ts';
import type { UsageSiteRow, UsageSites } from '../use-cases/ports/contracts.ts';
import { fromSiteItem } from './contract-mapping.ts';
import { UsageSiteItem } from './items.ts';
import { keys, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Key, Table } from './table.ts';

/** Usage sites, as items of their contract. */
export function openUsageSites(table: Table): UsageSites {
  const siteOf = (item: Item) => fromSiteItem(read(UsageSiteItem, item));

  return {
    get: async (contractId, siteId) => {
      const item = await table.get(keys.usageSite(contractId, siteId));
      return item && siteOf(item);
    },

    getMany: async (sites) =>
      (await table.batchGet(sites.map(({ contractId, id }) => keys.usageSite(contractId, id)))).map(siteOf),

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.contract(contractId).pk, { prefix: 'SITE#' }))).map(siteOf),

    ofServiceProvider: async (serviceProviderId) =>
      (await ownerEntries(table, 'gsi1', `SP#${serviceProviderId}#SITES`)).map((item) => item.row as UsageSiteRow),

    created: (site) => table.putNew(`usage site ${site.id}`, siteItem(site)),

    changed: (site, now) =>
      table.putOver(
        `usage site ${site.id}`,
        siteItem({ ...site, version: site.version + 1, lastModifiedTime: now.toISOString() }),
        site.version,
      ),
  };
}

function siteItem(site: UsageSite): Item & Key {
  const { id, contractId, contractReferenceNumber, name, countryRegion, postCode, closedTime } = site;
  const row: UsageSiteRow = {
    id,
    contractId,
    contractReferenceNumber,
    name,
    countryRegion,
    postCode,
    ...(closedTime === undefined ? {} : { closedTime }),
  };
  return stored<typeof UsageSiteItem>('USAGE_SITE', keys.usageSite(contractId, id), site, {
    gsi1pk: `SP#${site.serviceProviderId}#SITES#${ownerShard(id)}`,
    gsi1sk: `${name}#${id}`,
    row,
  });
}
