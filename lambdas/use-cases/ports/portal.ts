import type { PdfRenderer } from '../../documents/pdf-renderer.ts';
import type { ProgrammeCalendar } from '../../domain/calendar/programme-calendar.ts';
import type { ApiTokens, TokenSigner, Users } from './access.ts';
import type { BillingOrders } from './billing-orders.ts';
import type { AuditTrail, UnitOfWork } from './changes.ts';
import type { Closes, Executions } from './closes.ts';
import type { InvoiceLists, Invoices, Numbers } from './invoices.ts';
import type { EventBus, Mailer, Notifications, Outbox } from './messages.ts';
import type { Documents, WorkFiles } from './objects.ts';
import type { PartyDocuments } from './party-documents.ts';
import type { Prepayments } from './prepayments.ts';
import type { Catalogue, Contracts, Organizations } from './reference-data.ts';

/** Settings of a stage of the portal. */
export type Settings = {
  calendar: ProgrammeCalendar;
  /** Days from the invoice date to the due date. */
  paymentDays: number;
  portalUrl: string;
  senderAddress: string;
};

/** Everything a use case can ask for, joined once per function (compose.ts) or by the local portal. */
export type Portal = {
  settings: Settings;
  clock: () => Date;
  units: UnitOfWork;
  audit: AuditTrail;
  organizations: Organizations;
  catalogue: Catalogue;
  contracts: Contracts;
  billingOrders: BillingOrders;
  prepayments: Prepayments;
  invoices: Invoices & InvoiceLists;
  numbers: Numbers;
  partyDocuments: PartyDocuments;
  closes: Closes;
  executions: Executions;
  documents: Documents;
  workFiles: WorkFiles;
  outbox: Outbox;
  eventBus: EventBus;
  mailer: Mailer;
  notifications: Notifications;
  users: Users;
  apiTokens: ApiTokens;
  signer: TokenSigner;
  pdf: PdfRenderer;
};
