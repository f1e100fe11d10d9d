import { openApiTokens } from '../stores/api-tokens.ts';
import { openBillingOrders } from '../stores/billing-orders.ts';
import { openCatalogue } from '../stores/catalogue.ts';
import { openCloses } from '../stores/closes.ts';
import { openContractMonths } from '../stores/contract-months.ts';
import { openContractRequests } from '../stores/contract-requests.ts';
import { openContracts } from '../stores/contracts.ts';
import { openCustomerCommitments } from '../stores/customer-commitments.ts';
import { openCustomers } from '../stores/customers.ts';
import { openIdempotencyKeys } from '../stores/idempotency.ts';
import { openInvoices } from '../stores/invoices.ts';
import { openAuditTrail, openOutbox, openPartyDocuments } from '../stores/messages.ts';
import { openOrganizations } from '../stores/organizations.ts';
import { openPrepayments } from '../stores/prepayments.ts';
import type { Table } from '../stores/table.ts';
import { openUsageSites } from '../stores/usage-sites.ts';
import { openSignInCodes, openUsers } from '../stores/users.ts';
import { openWorkGroups } from '../stores/work-groups.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import type { commitmentPorts } from './commitment-ports.ts';
import type { costReportPorts } from './cost-report-ports.ts';
import type { dealPorts } from './deal-ports.ts';
import type { exportPorts } from './export-ports.ts';
import type { filePorts } from './file-ports.ts';
import type { jobPorts } from './job-ports.ts';
import type { mailPorts } from './mail-ports.ts';
import type { meterPorts } from './meter-ports.ts';
import type { oneOffPorts } from './one-off-ports.ts';
import type { paymentPorts } from './payment-ports.ts';
import type { reviewPorts } from './review-ports.ts';
import type { servicePorts } from './service-ports.ts';
import type { subscriptionPorts } from './subscription-ports.ts';
import type { webhookPorts } from './webhook-ports.ts';

/** Ports that the main table stands behind. */
export type TablePorts = Omit<
  Portal,
  | 'settings'
  | 'clock'
  | 'newId'
  | 'executions'
  | 'documents'
  | 'documentWriter'
  | 'workFiles'
  | 'uploads'
  | 'eventBus'
  | 'mailer'
  | 'signer'
  | 'secrets'
  | 'webhookSender'
  | 'identities'
>;

/** Those that some functions have beside. */
type FurtherPorts = ReturnType<
  | typeof dealPorts
  | typeof commitmentPorts
  | typeof costReportPorts
  | typeof exportPorts
  | typeof filePorts
  | typeof jobPorts
  | typeof mailPorts
  | typeof meterPorts
  | typeof oneOffPorts
  | typeof paymentPorts
  | typeof reviewPorts
  | typeof subscriptionPorts
  | typeof servicePorts
  | typeof webhookPorts
>;

/** Those that every function of the API carries. */
export function apiPorts(table: Table): Omit<TablePorts, KeysOf<FurtherPorts>> {
  return {
    units: table,
    audit: openAuditTrail(table),
    organizations: openOrganizations(table),
    catalogue: openCatalogue(table),
    contracts: openContracts(table),
    contractMonths: openContractMonths(table),
    contractRequests: openContractRequests(table),
    usageSites: openUsageSites(table),
    customers: openCustomers(table),
    customerCommitments: openCustomerCommitments(table),
    billingOrders: openBillingOrders(table),
    prepayments: openPrepayments(table),
    invoices: openInvoices(table),
    partyDocuments: openPartyDocuments(table),
    closes: openCloses(table),
    idempotency: openIdempotencyKeys(table),
    outbox: openOutbox(table),
    users: openUsers(table),
    workGroups: openWorkGroups(table),
    apiTokens: openApiTokens(table),
    signInCodes: openSignInCodes(table),
  };
}

type KeysOf<Union> = Union extends unknown ? keyof Union : never;
