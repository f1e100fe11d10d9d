import { openApiTokens } from '../stores/api-tokens.ts';
import { openBillingOrders } from '../stores/billing-orders.ts';
import { openCatalogue } from '../stores/catalogue.ts';
import { openCloses } from '../stores/closes.ts';
import { openContractRequests } from '../stores/contract-requests.ts';
import { openContracts } from '../stores/contracts.ts';
import { openIdempotencyKeys } from '../stores/idempotency.ts';
import { openInvoices } from '../stores/invoices.ts';
import { openAuditTrail, openNotifications, openOutbox, openPartyDocuments } from '../stores/messages.ts';
import { openNotices } from '../stores/notices.ts';
import { openNumbers } from '../stores/numbers.ts';
import { openOrderComments } from '../stores/order-comments.ts';
import { openOrganizations } from '../stores/organizations.ts';
import { openPrepayments } from '../stores/prepayments.ts';
import type { Table } from '../stores/table.ts';
import { openUsageSites } from '../stores/usage-sites.ts';
import { openSignInCodes, openUsers } from '../stores/users.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

type TablePorts = Omit<
  Portal,
  | 'settings'
  | 'clock'
  | 'newId'
  | 'executions'
  | 'documents'
  | 'workFiles'
  | 'eventBus'
  | 'mailer'
  | 'signer'
  | 'identities'
  | 'pdf'
>;

/** All ports that the main table stands behind. */
export function tablePorts(table: Table): TablePorts {
  return {
    units: table,
    audit: openAuditTrail(table),
    organizations: openOrganizations(table),
    catalogue: openCatalogue(table),
    contracts: openContracts(table),
    contractRequests: openContractRequests(table),
    usageSites: openUsageSites(table),
    billingOrders: openBillingOrders(table),
    orderComments: openOrderComments(table),
    prepayments: openPrepayments(table),
    invoices: openInvoices(table),
    numbers: openNumbers(table),
    partyDocuments: openPartyDocuments(table),
    closes: openCloses(table),
    idempotency: openIdempotencyKeys(table),
    outbox: openOutbox(table),
    notices: openNotices(table),
    notifications: openNotifications(table),
    users: openUsers(table),
    apiTokens: openApiTokens(table),
    signInCodes: openSignInCodes(table),
  };
}
