import type { BillToAccount, Organization } from '../../domain/organization/organization.ts';
import type { Change } from './changes.ts';

/** An organization as lists see it before its item is read. */
export type OrganizationRow = Pick<
  Organization,
  'id' | 'type' | 'name' | 'prmId' | 'region' | 'countryRegion' | 'status' | 'awsResell'
>;

export type Organizations = {
  getMany(ids: readonly string[]): Promise<Organization[]>;
  get(id: string): Promise<Organization | undefined>;
  /** Id of the organization that has a partner number. Strongly consistent. */
  withPartnerNumber(prmId: string): Promise<string | undefined>;
  /** The one vendor of the programme. */
  vendor(): Promise<Organization | undefined>;
  /** All of the programme, from an index that may lag behind. */
  rows(): Promise<OrganizationRow[]>;
  /** Refused when it exists, its partner number is taken, or there is a vendor already. */
  created(organization: Organization): Change[];
  /** Refused when the stored one isn't of the version before. Id, type and partner number stay. */
  changed(before: Organization, after: Organization): Change;
  billToAccounts(aggregatorId: string): Promise<BillToAccount[]>;
  billToAccount(aggregatorId: string, id: string): Promise<BillToAccount | undefined>;
  billToCreated(account: BillToAccount): Change;
  /** Refused when the stored one isn't of the version before. */
  billToChanged(before: BillToAccount, after: BillToAccount): Change;
};
