import type { Period, PlainDate } from '../../domain/calendar/period.ts';
import type { Contract, ContractListing, ContractRevision } from '../../domain/contract/contract.ts';
import type { UsageSite } from '../../domain/contract/usage-site.ts';
import type { ContractRequest, ContractRequestType } from '../../domain/contract-request/request.ts';
import type { ContractRequestStatus } from '../../domain/contract-request/status.ts';
import type { Change } from './changes.ts';

/** A contract with all its revisions. */
export type ContractWithRevisions = { contract: Contract; revisions: ContractRevision[] };

/** Fields of a contract that lists filter and sort by. */
export type ContractRow = Pick<
  Contract,
  | 'id'
  | 'contractNumber'
  | 'businessNumber'
  | 'contractReferenceNumber'
  | 'status'
  | 'bolDate'
  | 'eolDate'
  | 'billingOrderPreference'
> &
  ContractListing & {
    /** A report of it is missing (domain.md §3 "At cutoff"). */
    isDelinquent?: true;
  };

/** Something that is due by itself; what to do is decided by the base item, read by its id. */
export type DueContract = { contractId: string; date: PlainDate };
export type DueRequest = DueContract & { requestId: string };
export type OwingRequest = Omit<DueRequest, 'date'>;

/** Shards that due work is spread over. */
export const DUE_SHARDS = 8;

export type Contracts = {
  /** Strongly consistent. */
  get(id: string): Promise<ContractWithRevisions | undefined>;
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(ids: readonly string[]): Promise<ContractWithRevisions[]>;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly ContractRow[]>;
  ofAggregator(aggregatorId: string): Promise<readonly ContractRow[]>;
  /** A number that no other contract made here gets: see contractNumbers. A gap is left where it isn't used. */
  nextNumber(): Promise<number>;
  /** Refused when its id or its contract number is taken. */
  created(contract: Contract, revisions: readonly ContractRevision[]): Change[];
  /**
   * A contract in place of the one it was read as: `version` is the version read, which the change adds one to; `now` is its
   * `lastModifiedTime`. Refused when another change came first.
   */
  changed(contract: Contract, now: Date): Change;
  /** Holds as long as nobody has changed a contract since it was read. */
  unchanged(contract: Contract): Change;
  /** Has a month of the contract compared anew with what meters say of it, as a change of the contract bears on it. */
  bearsOn(contract: Pick<Contract, 'id' | 'version'>, of: Period, now: Date): Change;
  /** The next revision of a contract; refused when there is one of that number. */
  revisionAdded(revision: ContractRevision): Change;
  /** Marks a contract delinquent or not (domain.md §3 "At cutoff"). */
  delinquencyChanged(contractId: string, delinquent: boolean): Change;
  /** Contracts of a shard to look at on a day or before it (`reviewOn`), earliest first; may lag behind by a moment. */
  due(shard: number, on: PlainDate): AsyncIterable<DueContract>;
};

/** Fields of a contract request that the vendor's queue and other lists show, filter and sort by. */
export type ContractRequestRow = Pick<
  ContractRequest,
  'id' | 'token' | 'contractId' | 'contractNumber' | 'aggregatorId' | 'status' | 'effectiveDate' | 'createdTime'
> & { type: ContractRequestType };

export type ContractRequests = {
  /** Strongly consistent. */
  get(contractId: string, requestId: string): Promise<ContractRequest | undefined>;
  /** By its id alone; one that was made this moment may not be found yet. What is found is as it stands now. */
  find(requestId: string): Promise<ContractRequest | undefined>;
  /** All of a contract, oldest first. Strongly consistent. */
  ofContract(contractId: string): Promise<ContractRequest[]>;
  created(request: ContractRequest): Change;
  /** As Contracts.changed: `version` is the version read. */
  changed(request: ContractRequest): Change;
  /** All in a state, in no particular order; may lag behind by a moment. */
  inStatus(status: ContractRequestStatus): Promise<ContractRequestRow[]>;
  /** Requests of a shard that take effect on a day or before it, earliest first; may lag behind by a moment. */
  due(shard: number, on: PlainDate): AsyncIterable<DueRequest>;
  /** Requests of a shard that have to be invoiced or credited (owedDocument), oldest first; may lag behind by a moment. */
  owingDocuments(shard: number): AsyncIterable<OwingRequest>;
};

/** Fields of a usage site that lists show, filter and sort by. */
export type UsageSiteRow = Pick<
  UsageSite,
  'id' | 'contractId' | 'contractReferenceNumber' | 'name' | 'countryRegion' | 'postCode' | 'closedTime'
>;

export type UsageSites = {
  get(contractId: string, siteId: string): Promise<UsageSite | undefined>;
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(sites: readonly Pick<UsageSite, 'contractId' | 'id'>[]): Promise<UsageSite[]>;
  /** All of a contract, closed ones too, in no particular order. Strongly consistent. */
  ofContract(contractId: string): Promise<UsageSite[]>;
  /** Over all contracts of a service provider; may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<UsageSiteRow[]>;
  created(site: UsageSite): Change;
  /** As Contracts.changed. */
  changed(site: UsageSite, now: Date): Change;
};
