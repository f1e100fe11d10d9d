import type { OrganizationType, Role } from '../domain/organization/organization.ts';

/**
 * Who may do an action in one kind of organization, and on whose things: `ALL` of the programme, or `OWN`, those that
 * name the caller's organization as their aggregator or service provider.
 */
export type Grant = { roles: readonly Role[]; sees: 'ALL' | 'OWN' };

export type ActionDefinition = { description: string; grants: Readonly<Partial<Record<OrganizationType, Grant>>> };

const VENDOR_READERS = ['Administrator', 'Operations', 'Read Only'] as const satisfies readonly Role[];
const PARTNER_READERS = ['Operations', 'Read Only'] as const satisfies readonly Role[];

/** The one table of access (domain.md §8): everything that can be done through the API, and who may do it. */
export const actions = {
  readCloses: {
    description: 'See the closes of periods, their progress and their reports',
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  runCloses: {
    description: 'Start a close, a dry run or a redrive',
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readInvoices: {
    description: 'See invoices and credit notes and download their documents',
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' }, AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readStatements: {
    description: 'See aggregator statements and download their documents',
    grants: { AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readConsolidatedBills: {
    description: 'See consolidated bills and download their documents',
    grants: { SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
} as const satisfies Record<string, ActionDefinition>;

export type ActionName = keyof typeof actions;
