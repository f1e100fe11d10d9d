import type { Currency } from '../numbers/currency.ts';

export type OrganizationType = 'SERVICE_PROVIDER' | 'AGGREGATOR' | 'VENDOR';

/** A partner or the vendor: one organization per partner number (domain.md §1). */
export type Organization = {
  id: string;
  type: OrganizationType;
  name: string;
  /** Partner number, unique over the programme. */
  prmId: string;
  region: string;
  /** Lines of the postal address as printed on documents. */
  address: readonly string[];
  /** VAT or other tax registration number, printed where known. */
  taxId?: string;
  /** Where documents and notices go. */
  email: string;
  /** A dedicated organization for AWS Resell contracts; a regular one otherwise. */
  awsResell: boolean;
};

/** An aggregator's account and address that the vendor invoices (domain.md §7). */
export type BillToAccount = {
  id: string;
  aggregatorId: string;
  accountNumber: string;
  location: string;
  name: string;
  address: readonly string[];
  taxId?: string;
  currency: Currency;
  /** Tax rate in percent frozen into each invoice; 0 where none applies. */
  taxRate: string;
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
  name: string;
  email: string;
  roles: readonly Role[];
  status: 'ACTIVE' | 'LOCKED';
};
