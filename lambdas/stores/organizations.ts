import { plainDate } from '../domain/calendar/period.ts';
import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import type { OrganizationRow, Organizations } from '../use-cases/ports/organizations.ts';
import { BillToAccountItem, OrganizationItem } from './items.ts';
import { keys, ownerShard } from './keys.ts';
import { ownerEntries } from './owner-rows.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** Organizations, the partner numbers they hold, and the accounts of aggregators. */
export function openOrganizations(table: Table): Organizations {
  const get: Organizations['get'] = async (id) => {
    const item = await table.get(keys.organization(id));
    return item && organizationOf(item);
  };

  return {
    get,
    getMany: async (ids) => (await table.batchGet(ids.map(keys.organization))).map(organizationOf),

    vendor: async () => {
      const pointer = await table.get(keys.vendor());
      return pointer && get(String(pointer.organizationId));
    },

    rows: async () => (await ownerEntries(table, 'gsi3', 'ORGANIZATIONS')).map((item) => item.row as OrganizationRow),

    withPartnerNumber: async (prmId) => {
      const pointer = await table.get(keys.partnerNumber(prmId));
      return pointer && String(pointer.organizationId);
    },

    created: (organization) => {
      const pointer = { schemaVersion: 1, organizationId: organization.id };
      const number = { ...keys.partnerNumber(organization.prmId), entity: 'PARTNER_NUMBER', ...pointer };
      const changes = [
        table.putNew(`organization ${organization.id}`, organizationItem(organization)),
        table.putNew(`partner number ${organization.prmId}`, number),
      ];
      if (organization.type === 'VENDOR') {
        changes.push(table.putNew('the one vendor', { ...keys.vendor(), entity: 'VENDOR', ...pointer }));
      }
      return changes;
    },

    changed: (before, after) => table.putOver(`organization ${after.id}`, organizationItem(after), before.version),

    billToAccounts: async (aggregatorId) => {
      const accounts: BillToAccount[] = [];
      for await (const item of table.query(keys.organization(aggregatorId).pk, { prefix: 'BILL-TO#' })) {
        accounts.push(accountOf(item));
      }
      return accounts;
    },

    billToAccount: async (aggregatorId, id) => {
      const item = await table.get(keys.billToAccount(aggregatorId, id));
      return item && accountOf(item);
    },

    billToCreated: (account) => table.putNew(`bill-to account ${account.id}`, accountItem(account)),

    billToChanged: (before, after) => table.putOver(`bill-to account ${after.id}`, accountItem(after), before.version),
  };
}

function organizationOf(item: Item): Organization {
  const { anniversary, ...organization } = read(OrganizationItem, item);
  return { ...organization, ...(anniversary !== undefined && { anniversary: plainDate(anniversary) }) } as Organization;
}

const accountOf = (item: Item) => read(BillToAccountItem, item) as BillToAccount;

function organizationItem(organization: Organization) {
  const { id, type, name, prmId, region, countryRegion, status, awsResell } = organization;
  const row: OrganizationRow = { id, type, name, prmId, region, countryRegion, status, awsResell };
  return stored<typeof OrganizationItem>(
    'ORGANIZATION',
    keys.organization(id),
    { ...organization, address: [...organization.address] },
    { gsi3pk: `ORGANIZATIONS#${ownerShard(id)}`, gsi3sk: `${type}#${prmId}`, row },
  );
}

function accountItem(account: BillToAccount) {
  return stored<typeof BillToAccountItem>('BILL_TO_ACCOUNT', keys.billToAccount(account.aggregatorId, account.id), {
    ...account,
    address: [...account.address],
  });
}
