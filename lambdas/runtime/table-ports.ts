import { openApiTokens } from '../stores/api-tokens.ts';
import { openBillingOrders } from '../stores/billing-orders.ts';
import { openCloses } from '../stores/closes.ts';
import { openInvoices } from '../stores/invoices.ts';
import { openAuditTrail, openNotifications, openOutbox, openPartyDocuments } from '../stores/messages.ts';
import { openNumbers } from '../stores/numbers.ts';
import { openPrepayments } from '../stores/prepayments.ts';
import { openCatalogue, openContracts, openOrganizations } from '../stores/reference-data.ts';
import type { Table } from '../stores/table.ts';
import { openUsers } from '../stores/users.ts';
import type { Portal } from '../use-cases/ports/portal.ts';

type TablePorts = Omit<
  Portal,
  'settings' | 'clock' | 'executions' | 'documents' | 'workFiles' | 'eventBus' | 'mailer' | 'signer' | 'pdf'
>;

/** All ports that the main table stands behind. */
export function tablePorts(table: Table): TablePorts {
  return {
    units: table,
    audit: openAuditTrail(table),
    organizations: openOrganizations(table),
    catalogue: openCatalogue(table),
    contracts: openContracts(table),
    billingOrders: openBillingOrders(table),
    prepayments: openPrepayments(table),
    invoices: openInvoices(table),
    numbers: openNumbers(table),
    partyDocuments: openPartyDocuments(table),
    closes: openCloses(table),
    outbox: openOutbox(table),
    notifications: openNotifications(table),
    users: openUsers(table),
    apiTokens: openApiTokens(table),
  };
}
