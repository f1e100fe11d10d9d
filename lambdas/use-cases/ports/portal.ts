import type { PdfRenderer } from '../../documents/pdf-renderer.ts';
import type { VarianceRule } from '../../domain/billing-order/variance.ts';
import type { ProgrammeCalendar } from '../../domain/calendar/programme-calendar.ts';
import type { ApiTokens, IdentityProvider, SignInCodes, TokenSigner, Users } from './access.ts';
import type { BillingOrders } from './billing-orders.ts';
import type { Catalogue } from './catalogue.ts';
import type { AuditTrail, UnitOfWork } from './changes.ts';
import type { Closes, Executions } from './closes.ts';
import type { ContractMonths } from './contract-months.ts';
import type { ContractRequests, Contracts, UsageSites } from './contracts.ts';
import type { CostReports } from './cost-reports.ts';
import type { DocumentExports } from './document-exports.ts';
import type { IdempotencyKeys } from './idempotency.ts';
import type { InvoiceLists, Invoices, Numbers } from './invoices.ts';
import type { MailChoices } from './mail-choices.ts';
import type { EventBus, Mailer, Notices, Notifications, Outbox } from './messages.ts';
import type { MeteredMonths } from './metered-months.ts';
import type { MeteredOrders } from './metered-orders.ts';
import type { Documents, WorkFiles } from './objects.ts';
import type { OneOffOrders } from './one-off-orders.ts';
import type { OrderComments } from './order-comments.ts';
import type { Organizations } from './organizations.ts';
import type { PartyDocuments } from './party-documents.ts';
import type { Payments } from './payments.ts';
import type { Prepayments } from './prepayments.ts';
import type { ProgrammeDays } from './programme-days.ts';
import type { Readings } from './readings.ts';
import type { Reviews } from './reviews.ts';
import type { Secrets } from './secrets.ts';
import type { Uploads } from './uploads.ts';
import type { UsageFiles } from './usage-files.ts';
import type { UsageMeters } from './usage-meters.ts';
import type { UsageReports } from './usage-reports.ts';
import type { Deliveries, WebhookSender, Webhooks } from './webhooks.ts';
import type { WorkGroups } from './work-groups.ts';

/** Settings of a stage of the portal. */
export type Settings = {
  calendar: ProgrammeCalendar;
  /** Days from the invoice date to the due date. */
  paymentDays: number;
  /** When an order stands out from its contract's last months, where its aggregator has not said so. */
  variance: VarianceRule;
  portalUrl: string;
  senderAddress: string;
  /** Whether people may sign in with codes mailed to them, where there is no trusted issuer. */
  mailedCodes: boolean;
};

/** Everything a use case can ask for, joined once per function (compose.ts) or by the local portal. */
export type Portal = {
  settings: Settings;
  clock: () => Date;
  /** A name never used before. */
  newId: () => string;
  units: UnitOfWork;
  audit: AuditTrail;
  organizations: Organizations;
  workGroups: WorkGroups;
  catalogue: Catalogue;
  contracts: Contracts;
  contractMonths: ContractMonths;
  contractRequests: ContractRequests;
  usageSites: UsageSites;
  usageFiles: UsageFiles;
  usageMeters: UsageMeters;
  meteredOrders: MeteredOrders;
  meteredMonths: MeteredMonths;
  readings: Readings;
  usageReports: UsageReports;
  costReports: CostReports;
  billingOrders: BillingOrders;
  programmeDays: ProgrammeDays;
  orderComments: OrderComments;
  oneOffOrders: OneOffOrders;
  payments: Payments;
  prepayments: Prepayments;
  reviews: Reviews;
  invoices: Invoices & InvoiceLists;
  numbers: Numbers;
  partyDocuments: PartyDocuments;
  documentExports: DocumentExports;
  closes: Closes;
  executions: Executions;
  documents: Documents;
  workFiles: WorkFiles;
  uploads: Uploads;
  idempotency: IdempotencyKeys;
  outbox: Outbox;
  eventBus: EventBus;
  webhooks: Webhooks;
  deliveries: Deliveries;
  webhookSender: WebhookSender;
  mailer: Mailer;
  notices: Notices;
  mailChoices: MailChoices;
  notifications: Notifications;
  users: Users;
  apiTokens: ApiTokens;
  signInCodes: SignInCodes;
  identities: IdentityProvider;
  signer: TokenSigner;
  secrets: Secrets;
  pdf: PdfRenderer;
};
