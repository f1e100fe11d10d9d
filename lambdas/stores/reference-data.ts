import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Product } from '../domain/catalogue/product.ts';
import type { Contract, ContractRevision } from '../domain/contract/contract.ts';
import { formatPoints } from '../domain/numbers/amounts.ts';
import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import type { Catalogue, Contracts, ContractWithRevisions, Organizations } from '../use-cases/ports/reference-data.ts';
import {
  BillToAccountItem,
  ContractItem,
  ContractRevisionItem,
  OrganizationItem,
  PriceListItem,
  ProductItem,
  type SkuItem,
} from './items.ts';
import { keys, ownerShard } from './keys.ts';
import {
  fromContractItem,
  fromPriceListItem,
  fromProductItem,
  fromRevisionItem,
  toContractItem,
  toPriceListItem,
  toProductItem,
  toRevisionItem,
} from './mapping.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

export function openOrganizations(table: Table): Organizations {
  const organizationOf = (item: Item) => read(OrganizationItem, item) as Organization;

  return {
    getMany: async (ids) => (await table.batchGet(ids.map(keys.organization))).map(organizationOf),

    get: async (id) => {
      const item = await table.get(keys.organization(id));
      return item && organizationOf(item);
    },

    vendor: async () => {
      const pointer = await table.get(keys.vendor());
      const item = pointer && (await table.get(keys.organization(String(pointer.organizationId))));
      return item && organizationOf(item);
    },

    billToAccounts: async (aggregatorId) => {
      const accounts: BillToAccount[] = [];
      for await (const item of table.query(keys.organization(aggregatorId).pk, { prefix: 'BILL-TO#' })) {
        accounts.push(read(BillToAccountItem, item) as BillToAccount);
      }
      return accounts;
    },

    created: (organization) => {
      const item = stored<typeof OrganizationItem>(
        'ORGANIZATION',
        keys.organization(organization.id),
        { ...organization, address: [...organization.address] },
        {
          gsi3pk: `ORGANIZATIONS#${ownerShard(organization.id)}`,
          gsi3sk: `${organization.type}#${organization.prmId}`,
          row: { id: organization.id, type: organization.type, prmId: organization.prmId, name: organization.name },
        },
      );
      const changes = [table.putNew(`organization ${organization.id}`, item)];
      if (organization.type === 'VENDOR') {
        const pointer = { ...keys.vendor(), entity: 'VENDOR', schemaVersion: 1, organizationId: organization.id };
        changes.push(table.putNew('the one vendor', pointer));
      }
      return changes;
    },

    billToCreated: (account) =>
      table.putNew(
        `bill-to account ${account.id}`,
        stored<typeof BillToAccountItem>('BILL_TO_ACCOUNT', keys.billToAccount(account.aggregatorId, account.id), {
          ...account,
          address: [...account.address],
        }),
      ),
  };
}

export function openCatalogue(table: Table): Catalogue {
  return {
    priceLists: async () => {
      const lists: PriceList[] = [];
      for await (const item of table.query('CATALOGUE', { prefix: 'PRICE-LIST#' })) {
        lists.push(fromPriceListItem(read(PriceListItem, item)));
      }
      return lists;
    },

    products: async () => {
      const products: Product[] = [];
      for await (const item of table.query('CATALOGUE', { prefix: 'PRODUCT#' })) {
        products.push(fromProductItem(read(ProductItem, item)));
      }
      return products;
    },

    productCreated: (product) =>
      table.putNew(
        `product ${product.code}`,
        stored<typeof ProductItem>('PRODUCT', keys.product(product.code), toProductItem(product)),
      ),

    skuCreated: (sku) =>
      table.putNew(
        `SKU ${sku.code}`,
        stored<typeof SkuItem>('SKU', keys.sku(sku.code), { ...sku, minimumPoints: formatPoints(sku.minimumPoints) }),
      ),

    priceListCreated: (list) =>
      table.putNew(
        `price list ${list.version}`,
        stored<typeof PriceListItem>('PRICE_LIST', keys.priceList(list.currency, list.version), toPriceListItem(list)),
      ),
  };
}

export function openContracts(table: Table): Contracts {
  async function revisionsOf(contractId: string, latest: number): Promise<ContractRevision[]> {
    const wanted = Array.from({ length: latest }, (_, index) => keys.contractRevision(contractId, index + 1));
    return (await table.batchGet(wanted)).map((item) => fromRevisionItem(read(ContractRevisionItem, item)));
  }

  /** Most contracts have one revision: those come with the contracts, in one call for each fifty. */
  async function getMany(ids: readonly string[]): Promise<ContractWithRevisions[]> {
    const found = await table.batchGet(ids.flatMap((id) => [keys.contract(id), keys.contractRevision(id, 1)]));
    const first = new Map<string, ContractRevision>();
    const contracts: Contract[] = [];
    for (const item of found) {
      if (item.entity === 'CONTRACT') contracts.push(fromContractItem(read(ContractItem, item)));
      else first.set(String(item.contractId), fromRevisionItem(read(ContractRevisionItem, item)));
    }
    return Promise.all(
      contracts.map(async (contract) => {
        const only = contract.revision === 1 ? first.get(contract.id) : undefined;
        return { contract, revisions: only ? [only] : await revisionsOf(contract.id, contract.revision) };
      }),
    );
  }

  const created = (contract: Contract, revisions: readonly ContractRevision[]) => [
    table.putNew(
      `contract ${contract.contractNumber}`,
      stored<typeof ContractItem>('CONTRACT', keys.contract(contract.id), toContractItem(contract), {
        gsi1pk: `SP#${contract.serviceProviderId}#CONTRACTS#${ownerShard(contract.id)}`,
        gsi1sk: contract.contractNumber,
        gsi2pk: `AGGREGATOR#${contract.aggregatorId}#CONTRACTS#${ownerShard(contract.id)}`,
        gsi2sk: contract.contractNumber,
        row: {
          id: contract.id,
          contractNumber: contract.contractNumber,
          contractReferenceNumber: contract.contractReferenceNumber,
          status: contract.status,
          bolDate: contract.bolDate,
          eolDate: contract.eolDate,
          billingOrderPreference: contract.billingOrderPreference,
        },
      }),
    ),
    ...revisions.map((revision) =>
      table.putNew(
        `revision ${revision.revision} of contract ${contract.contractNumber}`,
        stored<typeof ContractRevisionItem>(
          'CONTRACT_REVISION',
          keys.contractRevision(contract.id, revision.revision),
          toRevisionItem(revision),
        ),
      ),
    ),
  ];

  const delinquencyChanged = (contractId: string, delinquent: boolean) =>
    table.updated(`delinquency of contract ${contractId}`, keys.contract(contractId), {
      expression: 'SET delinquent = :delinquent',
      condition: 'attribute_exists(pk)',
      values: { ':delinquent': delinquent },
    });

  return { getMany, created, delinquencyChanged };
}
