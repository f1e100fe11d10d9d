import type { ActionName } from './actions.ts';

/**
 * What members of a work group may do, who see a part of their organization (domain.md §8 "Work groups"); whatever isn't here is
 * for those who see all. `ANY`: it is about no contract. `PART`: about what is in view of a contract, and absent beside that.
 * `WHOLE`: about a whole contract, all of which has to be in view.
 */
export const WORK_GROUP_ACTIONS: Readonly<Partial<Record<ActionName, 'ANY' | 'PART' | 'WHOLE'>>> = {
  readProfile: 'ANY',
  readProductFamilies: 'ANY',
  readBillToAccounts: 'ANY',
  chooseMail: 'ANY',
  readContracts: 'PART',
  readContractProducts: 'PART',
  readUsageSites: 'PART',
  readOrders: 'PART',
  readTasks: 'PART',
  reportUsage: 'PART',
  readInvoices: 'WHOLE',
  explainLines: 'WHOLE',
  readContractTerms: 'WHOLE',
  changeContracts: 'WHOLE',
  keepUsageSites: 'WHOLE',
  submitOrders: 'WHOLE',
  reviewOrders: 'WHOLE',
  commentOrders: 'WHOLE',
  forecastContracts: 'WHOLE',
  readUsageMeters: 'WHOLE',
  manageUsageMeters: 'WHOLE',
  readAutoReportedData: 'WHOLE',
  adjustBillingOrder: 'WHOLE',
  withdrawAdjustment: 'WHOLE',
  readAdjustments: 'WHOLE',
  readCostReports: 'WHOLE',
  readOneOffOrders: 'WHOLE',
  orderLicenses: 'WHOLE',
  readLicenseKeys: 'WHOLE',
};
