import type { OrganizationType, Role } from '../domain/organization/organization.ts';
import { ROLES_OF } from '../domain/organization/roles.ts';

/**
 * Who may do an action in one kind of organization, and on whose things: `ALL` of the programme, or `OWN`, those that
 * belong to the caller's organization or name it as their aggregator or service provider.
 */
export type Grant = { roles: readonly Role[]; sees: 'ALL' | 'OWN' };

export type ActionDefinition = { description: string; grants: Readonly<Partial<Record<OrganizationType, Grant>>> };

const VENDOR_READERS = ['Administrator', 'Operations', 'Read Only'] as const satisfies readonly Role[];
const PARTNER_READERS = ['Operations', 'Read Only'] as const satisfies readonly Role[];

const ADMINISTRATORS = ['Administrator'] as const satisfies readonly Role[];

/** The same for all kinds of organization: each runs its own users and tokens. */
const OWN_ADMINISTRATORS = {
  VENDOR: { roles: ADMINISTRATORS, sees: 'OWN' },
  AGGREGATOR: { roles: ADMINISTRATORS, sees: 'OWN' },
  SERVICE_PROVIDER: { roles: ADMINISTRATORS, sees: 'OWN' },
} as const;

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
  readCatalogue: {
    description: 'See product families, contract SKUs, products and price lists',
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  loadCatalogue: {
    description: 'Add to the catalogue and change it',
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readProductFamilies: {
    description: 'See the product families that contracts can be made of, their SKUs and service providers',
    grants: {
      AGGREGATOR: { roles: ['Administrator', 'Operations', 'Read Only'], sees: 'ALL' },
      SERVICE_PROVIDER: { roles: ['Administrator'], sees: 'ALL' },
    },
  },
  readContractProducts: {
    description: 'See the products that can be reported on a contract',
    grants: { SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readContracts: {
    description: 'See contracts, their usage sites and what has happened to them',
    grants: {
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Auto Report Operations', ...PARTNER_READERS], sees: 'OWN' },
    },
  },
  readUsageSites: {
    description: 'See the usage sites of all contracts',
    grants: {
      SERVICE_PROVIDER: { roles: ['Administrator', 'Auto Report Operations', ...PARTNER_READERS], sees: 'OWN' },
    },
  },
  readContractTerms: {
    description: "See a contract's requests, its prepayment and what its usage would cost on other terms",
    grants: { AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  changeContracts: {
    description: 'Create contracts, ask for changes of them and take requests back',
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  keepUsageSites: {
    description: "Create, change and close a contract's usage sites, and tag it",
    grants: {
      AGGREGATOR: { roles: ['Operations'], sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' },
    },
  },
  readOrders: {
    description: 'See billing orders, their usage, comments, history and estimate',
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  submitOrders: {
    description: 'Submit billing orders and adjustments',
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  reviewOrders: {
    description: 'Approve billing orders and adjustments, or send them back',
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  readReviews: {
    description: 'See what was found in submitted orders, approval rules and the settings of reviews',
    grants: { AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  keepReviews: {
    description: 'Keep approval rules and the settings of reviews',
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  commentOrders: {
    description: 'Comment on billing orders',
    grants: {
      AGGREGATOR: { roles: ['Operations'], sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' },
    },
  },
  decideOrders: {
    description: 'Reject approved billing orders and cancel open ones',
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readTasks: {
    description: 'See what waits for the own organization',
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'OWN' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  forecastContracts: {
    description: 'See what the running month of a contract is going to come to',
    grants: {
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  reportUsage: {
    description: 'Write the usage of billing orders, by hand, by API and by file',
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  readUsageFiles: {
    description: 'See files of usage, what is wrong with them and what they would change',
    grants: { SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readUsageMeters: {
    description: 'See usage meters and how they report',
    grants: {
      AGGREGATOR: { roles: ['Read Only'], sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Auto Report Operations', 'Read Only'], sees: 'OWN' },
    },
  },
  chooseAutomaticReporting: {
    description: 'Choose automatic reporting for the organization, or give it up',
    grants: { SERVICE_PROVIDER: { roles: ['Administrator', 'Auto Report Operations'], sees: 'OWN' } },
  },
  manageUsageMeters: {
    description: 'Register, change and remove usage meters, upload their readings, ask for usage reports',
    grants: { SERVICE_PROVIDER: { roles: ['Auto Report Operations'], sees: 'OWN' } },
  },
  readAutoReportedData: {
    description: 'See what usage meters have reported for a billing order',
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Auto Report Operations', ...PARTNER_READERS], sees: 'OWN' },
    },
  },
  readRequestQueue: {
    description: 'See the contract requests of the programme and what was done with them',
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  decideRequests: {
    description: 'Approve, return, reject and stop contract requests, deactivate contracts',
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readUsers: { description: 'See users and the roles there are', grants: OWN_ADMINISTRATORS },
  manageUsers: { description: 'Invite, change, lock, unlock and delete users', grants: OWN_ADMINISTRATORS },
  manageApiTokens: { description: 'Create, see, change and revoke API tokens', grants: OWN_ADMINISTRATORS },
  readAuditTrail: {
    description: 'See who has changed what, when and why',
    grants: { ...OWN_ADMINISTRATORS, VENDOR: { roles: ADMINISTRATORS, sees: 'ALL' } },
  },
  readOrganizations: {
    description: 'See organizations and their bill-to accounts',
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  manageOrganizations: {
    description: 'Create and change organizations and bill-to accounts, invite first Administrators',
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readBillToAccounts: {
    description: 'See the bill-to accounts of the own organization',
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  readProfile: {
    description: 'See name and partner number of the own organization',
    grants: {
      AGGREGATOR: { roles: ROLES_OF.AGGREGATOR, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ROLES_OF.SERVICE_PROVIDER, sees: 'OWN' },
    },
  },
} as const satisfies Record<string, ActionDefinition>;

export type ActionName = keyof typeof actions;
