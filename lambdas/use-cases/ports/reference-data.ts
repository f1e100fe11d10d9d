import type { ContractSku, PriceList } from '../../domain/catalogue/price-list.ts';
import type { Product } from '../../domain/catalogue/product.ts';
import type { Contract, ContractRevision } from '../../domain/contract/contract.ts';
import type { BillToAccount, Organization } from '../../domain/organization/organization.ts';
import type { Change } from './changes.ts';

export type Organizations = {
  getMany(ids: readonly string[]): Promise<Organization[]>;
  get(id: string): Promise<Organization | undefined>;
  /** The one vendor of the programme. */
  vendor(): Promise<Organization | undefined>;
  billToAccounts(aggregatorId: string): Promise<BillToAccount[]>;
  /** Refused when it exists, or when there is a vendor already. */
  created(organization: Organization): Change[];
  billToCreated(account: BillToAccount): Change;
};

export type Catalogue = {
  priceLists(): Promise<PriceList[]>;
  products(): Promise<Product[]>;
  productCreated(product: Product): Change;
  skuCreated(sku: ContractSku): Change;
  priceListCreated(priceList: PriceList): Change;
};

/** A contract with all its revisions. */
export type ContractWithRevisions = { contract: Contract; revisions: ContractRevision[] };

export type Contracts = {
  getMany(ids: readonly string[]): Promise<ContractWithRevisions[]>;
  created(contract: Contract, revisions: readonly ContractRevision[]): Change[];
  /** Marks a contract delinquent or not (domain.md §3 "At cutoff"). */
  delinquencyChanged(contractId: string, delinquent: boolean): Change;
};
