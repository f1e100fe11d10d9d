import type { OrganizationType, Role } from '../domain/organization/organization.ts';
import { ROLES_OF } from '../domain/organization/roles.ts';

/**
 * Who may do an action in one kind of organization, and on whose things: `ALL` of the programme, or `OWN`, those that
 * belong to the caller's organization or name it as their aggregator or service provider.
 */
export type Grant = { roles: readonly Role[]; sees: 'ALL' | 'OWN' };

export type ActionDefinition = { grants: Readonly<Partial<Record<OrganizationType, Grant>>> };

const VENDOR_READERS = ['Administrator', 'Operations', 'Read Only'] as const satisfies readonly Role[];
const PARTNER_READERS = ['Operations', 'Read Only'] as const satisfies readonly Role[];

const DEAL_READERS = ['Deal Administrator', 'Read Only'] as const satisfies readonly Role[];

const ADMINISTRATORS = ['Administrator'] as const satisfies readonly Role[];

/** The same for all kinds of organization: each runs its own users and tokens. */
const OWN_ADMINISTRATORS = {
  VENDOR: { roles: ADMINISTRATORS, sees: 'OWN' },
  AGGREGATOR: { roles: ADMINISTRATORS, sees: 'OWN' },
  SERVICE_PROVIDER: { roles: ADMINISTRATORS, sees: 'OWN' },
} as const;

/**
 * The one table of access (domain.md §8): everything that can be done through the API, and who may do it; what
 * each is, in words, is in action-descriptions.ts, which functions don't carry.
 */
export const actions = {
  readCloses: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  runCloses: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readInvoices: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' }, AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readStatements: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' }, AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readConsolidatedBills: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  readAccounts: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' }, AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  recordPayments: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  announcePayments: {
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  explainLines: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  readDashboards: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  exportDocuments: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'OWN' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  readCatalogue: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  loadCatalogue: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readProductFamilies: {
    grants: {
      AGGREGATOR: { roles: ['Administrator', 'Operations', 'Read Only'], sees: 'ALL' },
      SERVICE_PROVIDER: { roles: ['Administrator'], sees: 'ALL' },
    },
  },
  readContractProducts: {
    grants: { SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readContracts: {
    grants: {
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Auto Report Operations', ...PARTNER_READERS], sees: 'OWN' },
    },
  },
  readUsageSites: {
    grants: {
      SERVICE_PROVIDER: { roles: ['Administrator', 'Auto Report Operations', ...PARTNER_READERS], sees: 'OWN' },
    },
  },
  readContractTerms: {
    grants: { AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  changeContracts: {
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  readSwaps: {
    grants: {
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  swapAggregators: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  keepUsageSites: {
    grants: {
      AGGREGATOR: { roles: ['Operations'], sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' },
    },
  },
  readOrders: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  submitOrders: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  reviewOrders: {
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  readReviews: {
    grants: { AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  manageWorkGroups: {
    grants: {
      AGGREGATOR: { roles: ADMINISTRATORS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ADMINISTRATORS, sees: 'OWN' },
    },
  },
  keepReviews: {
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  commentOrders: {
    grants: {
      AGGREGATOR: { roles: ['Operations'], sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' },
    },
  },
  decideOrders: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readTasks: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'OWN' },
      AGGREGATOR: { roles: [...PARTNER_READERS, 'Deal Administrator'], sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  forecastContracts: {
    grants: {
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  reportUsage: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  readUsageFiles: {
    grants: { SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  readUsageMeters: {
    grants: {
      AGGREGATOR: { roles: ['Read Only'], sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Auto Report Operations', 'Read Only'], sees: 'OWN' },
    },
  },
  chooseAutomaticReporting: {
    grants: { SERVICE_PROVIDER: { roles: ['Administrator', 'Auto Report Operations'], sees: 'OWN' } },
  },
  manageUsageMeters: {
    grants: { SERVICE_PROVIDER: { roles: ['Auto Report Operations'], sees: 'OWN' } },
  },
  readAutoReportedData: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ['Auto Report Operations', ...PARTNER_READERS], sees: 'OWN' },
    },
  },
  readCostReports: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  takeCostReports: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readRequestQueue: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  decideRequests: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  adjustBillingOrder: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  withdrawAdjustment: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  readAdjustments: {
    grants: {
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
    },
  },
  approveAdjustment: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  rejectAdjustment: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readOneOffOrders: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  orderLicenses: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  readLicenseKeys: {
    grants: { SERVICE_PROVIDER: { roles: ROLES_OF.SERVICE_PROVIDER, sees: 'OWN' } },
  },
  decideOneOffOrders: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readSubscriptions: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  orderSubscriptions: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  sendUsageRecords: {
    grants: { VENDOR: { roles: ['Operations'], sees: 'ALL' } },
  },
  readDeals: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: DEAL_READERS, sees: 'OWN' },
    },
  },
  registerDeals: {
    grants: { AGGREGATOR: { roles: ['Deal Administrator'], sees: 'OWN' } },
  },
  decideDeals: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readRebates: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: DEAL_READERS, sees: 'OWN' },
    },
  },
  keepRebateSheets: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  searchCustomers: {
    grants: {
      SERVICE_PROVIDER: { roles: ['Administrator', 'Auto Report Operations', ...PARTNER_READERS], sees: 'OWN' },
    },
  },
  readCustomers: {
    grants: { SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  keepCustomers: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  readCommitments: {
    grants: { SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' } },
  },
  keepCommitments: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  sayCustomerUse: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readCancellations: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  decideCancellations: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readServiceDeliveries: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  enterServiceDeliveries: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  decideServiceDeliveries: {
    grants: { SERVICE_PROVIDER: { roles: ['Operations'], sees: 'OWN' } },
  },
  readVeloOrders: {
    grants: {
      VENDOR: { roles: VENDOR_READERS, sees: 'ALL' },
      AGGREGATOR: { roles: PARTNER_READERS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: PARTNER_READERS, sees: 'OWN' },
    },
  },
  keepVeloOrders: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readUsers: { grants: OWN_ADMINISTRATORS },
  manageUsers: { grants: OWN_ADMINISTRATORS },
  manageApiTokens: { grants: OWN_ADMINISTRATORS },
  chooseMail: {
    grants: {
      VENDOR: { roles: ROLES_OF.VENDOR, sees: 'OWN' },
      AGGREGATOR: { roles: ROLES_OF.AGGREGATOR, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ROLES_OF.SERVICE_PROVIDER, sees: 'OWN' },
    },
  },
  manageWebhooks: { grants: OWN_ADMINISTRATORS },
  readAuditTrail: {
    grants: { ...OWN_ADMINISTRATORS, VENDOR: { roles: ADMINISTRATORS, sees: 'ALL' } },
  },
  readOrganizations: {
    grants: { VENDOR: { roles: VENDOR_READERS, sees: 'ALL' } },
  },
  manageOrganizations: {
    grants: { VENDOR: { roles: ['Administrator', 'Operations'], sees: 'ALL' } },
  },
  readBillToAccounts: {
    grants: { AGGREGATOR: { roles: ['Operations'], sees: 'OWN' } },
  },
  keepProfile: {
    grants: {
      AGGREGATOR: { roles: ADMINISTRATORS, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ADMINISTRATORS, sees: 'OWN' },
    },
  },
  readProfile: {
    grants: {
      AGGREGATOR: { roles: ROLES_OF.AGGREGATOR, sees: 'OWN' },
      SERVICE_PROVIDER: { roles: ROLES_OF.SERVICE_PROVIDER, sees: 'OWN' },
    },
  },
} as const satisfies Record<string, ActionDefinition>;

export type ActionName = keyof typeof actions;
