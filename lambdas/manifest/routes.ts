import { accessRoutes } from './routes/access.ts';
import { apiTokenRoutes } from './routes/api-tokens.ts';
import { auditTrailRoutes } from './routes/audit-trail.ts';
import { billToAccountRoutes } from './routes/bill-to-accounts.ts';
import { adjustmentRoutes } from './routes/billing-orders/adjustments.ts';
import { estimateRoutes } from './routes/billing-orders/estimates.ts';
import { orderDetailRoutes } from './routes/billing-orders/order-details.ts';
import { publishedOrderRoutes } from './routes/billing-orders/published-orders.ts';
import { vendorOrderRoutes } from './routes/billing-orders/vendor-orders.ts';
import { accountRoutes } from './routes/bills/accounts.ts';
import { explanationRoutes } from './routes/bills/explanations.ts';
import { monthlyBillRoutes } from './routes/bills/monthly-bills.ts';
import { monthlyDocumentRoutes } from './routes/bills/monthly-documents.ts';
import { catalogueRoutes } from './routes/catalogue.ts';
import { closeRoutes } from './routes/closes.ts';
import { aggregatorContractRoutes } from './routes/contracts/aggregator-contracts.ts';
import { aggregatorSwapRoutes } from './routes/contracts/aggregator-swaps.ts';
import { contractDetailRoutes } from './routes/contracts/contract-details.ts';
import { contractRequestRoutes } from './routes/contracts/contract-requests.ts';
import { providerContractRoutes } from './routes/contracts/provider-contracts.ts';
import { usageSiteRoutes } from './routes/contracts/usage-sites.ts';
import { costReportRoutes } from './routes/cost-reports.ts';
import { customerCommitmentRoutes } from './routes/customer-commitments.ts';
import { customerRoutes } from './routes/customers.ts';
import { dashboardRoutes } from './routes/dashboards/dashboards.ts';
import { dealRoutes } from './routes/deals/deals.ts';
import { rebateRoutes } from './routes/deals/rebates.ts';
import { exportRoutes } from './routes/exports/exports.ts';
import { invoiceRoutes } from './routes/invoices.ts';
import { mailPreferenceRoutes } from './routes/mail-preferences.ts';
import { onboardingRoutes, ownOrganizationRoutes } from './routes/onboarding.ts';
import { oneOffOrderRoutes } from './routes/one-off-orders.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { partyDocumentRoutes } from './routes/party-documents.ts';
import { paymentRoutes } from './routes/payments.ts';
import { productCommitmentRoutes } from './routes/product-commitments.ts';
import { productFamilyRoutes } from './routes/product-families.ts';
import { profileRoutes } from './routes/profile.ts';
import { requestQueueRoutes } from './routes/request-queue.ts';
import { reviewRoutes } from './routes/review.ts';
import type { RouteDefinition } from './routes/route.ts';
import { serviceDeliveryRoutes } from './routes/services/service-deliveries.ts';
import { veloOrderRoutes } from './routes/services/velo-orders.ts';
import { subscriptionRoutes } from './routes/subscriptions/subscriptions.ts';
import { usageRecordRoutes } from './routes/subscriptions/usage-records.ts';
import { taskRoutes } from './routes/tasks.ts';
import { usageFileRoutes } from './routes/usage/usage-files.ts';
import { usageLineRoutes } from './routes/usage/usage-lines.ts';
import { readingRoutes } from './routes/usage-meters/readings.ts';
import { reportedUsageRoutes } from './routes/usage-meters/reported-usage.ts';
import { usageMeterRoutes } from './routes/usage-meters/usage-meters.ts';
import { userRoutes } from './routes/users.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { workGroupRoutes } from './routes/work-groups.ts';

/** The whole HTTP API: route id → what it takes, answers and needs. */
export const routes = {
  ...accessRoutes,
  ...userRoutes,
  ...workGroupRoutes,
  ...apiTokenRoutes,
  ...organizationRoutes,
  ...onboardingRoutes,
  ...ownOrganizationRoutes,
  ...billToAccountRoutes,
  ...profileRoutes,
  ...auditTrailRoutes,
  ...webhookRoutes,
  ...mailPreferenceRoutes,
  ...catalogueRoutes,
  ...productFamilyRoutes,
  ...requestQueueRoutes,
  ...aggregatorContractRoutes,
  ...providerContractRoutes,
  ...contractRequestRoutes,
  ...contractDetailRoutes,
  ...aggregatorSwapRoutes,
  ...usageSiteRoutes,
  ...publishedOrderRoutes,
  ...orderDetailRoutes,
  ...estimateRoutes,
  ...vendorOrderRoutes,
  ...reviewRoutes,
  ...adjustmentRoutes,
  ...taskRoutes,
  ...usageLineRoutes,
  ...usageFileRoutes,
  ...usageMeterRoutes,
  ...readingRoutes,
  ...reportedUsageRoutes,
  ...customerRoutes,
  ...customerCommitmentRoutes,
  ...productCommitmentRoutes,
  ...costReportRoutes,
  ...oneOffOrderRoutes,
  ...subscriptionRoutes,
  ...usageRecordRoutes,
  ...dealRoutes,
  ...rebateRoutes,
  ...serviceDeliveryRoutes,
  ...veloOrderRoutes,
  ...closeRoutes,
  ...invoiceRoutes,
  ...partyDocumentRoutes,
  ...monthlyBillRoutes,
  ...monthlyDocumentRoutes,
  ...accountRoutes,
  ...paymentRoutes,
  ...explanationRoutes,
  ...dashboardRoutes,
  ...exportRoutes,
} as const satisfies Record<string, RouteDefinition>;

export type RouteId = keyof typeof routes;
