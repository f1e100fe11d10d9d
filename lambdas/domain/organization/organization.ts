import type { PlainDate } from '../calendar/period.ts';
import type { Currency } from '../numbers/currency.ts';
import type { OrganizationStatus, UserStatus } from './status.ts';

export const ORGANIZATION_TYPES = ['SERVICE_PROVIDER', 'AGGREGATOR', 'VENDOR'] as const;
export type OrganizationType = (typeof ORGANIZATION_TYPES)[number];

/** A partner or the vendor: one organization per partner number (domain.md §1). */
export type Organization = {
  id: string;
  type: OrganizationType;
  name: string;
  /** Partner number, unique over the programme. */
  prmId: string;
  /** Sales region, e.g. "AMER". */
  region: string;
  /** ISO 3166-1 code of two letters. */
  countryRegion: string;
  /** Lines of the postal address as printed on documents. */
  address: readonly string[];
  /** VAT or other tax registration number, printed where known. */
  taxId?: string;
  /** Where documents and notices go. */
  email: string;
  /** A dedicated organization for AWS Resell contracts; a regular one otherwise. */
  awsResell: boolean;
  /**
   * First day of a service provider's first cloud subscription, once there is one: its anniversary billing date, which the
   * periods of its MSP contracts follow (domain.md §3 "ABD").
   */
  anniversary?: PlainDate;
  /** Its users see what their work groups say; otherwise all of them see all. */
  workGroups?: boolean;
  status: OrganizationStatus;
  /** Counts the changes, for optimistic locking. */
  version: number;
};

/** An aggregator's account and address that the vendor invoices (domain.md §7). */
export type BillToAccount = {
  id: string;
  aggregatorId: string;
  accountNumber: string;
  /** Number of the site within the account. */
  siteId: string;
  location: string;
  /** ISO 3166-1 code of two letters. */
  countryRegion: string;
  name: string;
  address: readonly string[];
  taxId?: string;
  currency: Currency;
  /** Tax rate in percent frozen into each invoice; 0 where none applies. */
  taxRate: string;
  /** Whether new contracts may choose it; contracts that have it keep it. */
  active: boolean;
  version: number;
};

export const ROLES = [
  'Administrator',
  'Operations',
  'Read Only',
  'Auto Report Operations',
  'Deal Administrator',
] as const;
export type Role = (typeof ROLES)[number];

/** A person or machine account of one organization. */
export type User = {
  id: string;
  organizationId: string;
  firstName: string;
  lastName: string;
  /** In small letters; one user per address and organization. */
  email: string;
  roles: readonly Role[];
  /** The work group that narrows what the user sees; absent in the group All. */
  workGroupId?: string;
  status: UserStatus;
  /** While the status is INVITED: SHA-256 (hex) of the secret in the mail, and until when it is good. */
  invitation?: { secretHash: string; expires: string };
  version: number;
};
