import { randomUUID } from 'node:crypto';
import type { ApprovalRule } from '../domain/approval-rule/approval-rule.ts';
import { deviationOf, meanOf, type Variance } from '../domain/billing-order/variance.ts';
import { formatPercent, formatPoints } from '../domain/numbers/amounts.ts';
import { reviewRoutes } from '../manifest/routes/review.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { noticePorts } from '../runtime/notice-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { reviewPorts } from '../runtime/review-ports.ts';
import { type ApprovalResult, approveOrders } from '../use-cases/approve-orders.ts';
import { changeReviewSettings, reviewSettings } from '../use-cases/change-review-settings.ts';
import {
  createApprovalRule,
  deleteApprovalRule,
  editApprovalRule,
  findApprovalRule,
  type WantedRule,
} from '../use-cases/keep-approval-rule.ts';
import type { ReviewSettings } from '../use-cases/ports/reviews.ts';
import { listApprovalRules } from '../use-cases/read-approval-rules.ts';
import { findOrderReview, varianceText } from '../use-cases/read-order-review.ts';

export const resource: ResourceOf<'reviewApi'> = {
  listApprovalRules: async (portal, { caller, query }) => {
    const { content, total } = await listApprovalRules(portal, caller, query);
    return { body: { content: content.map(ruleBody), total } };
  },

  getApprovalRule: async (portal, { caller, params }) => answer(await findApprovalRule(portal, caller, params.ruleId)),

  createApprovalRule: async (portal, { caller, body, now }) => {
    const rule = await createApprovalRule(portal, { caller, now, ruleId: randomUUID() }, given(body) as WantedRule);
    return { ...answer(rule), location: `/api/aggregator/v1/approvalRules/${rule.id}` };
  },

  changeApprovalRule: async (portal, { params, body, ...request }) =>
    answer(await editApprovalRule(portal, { ...request, ...params }, body)),

  deleteApprovalRule: async (portal, { params, ...request }) => {
    await deleteApprovalRule(portal, { ...request, ...params });
    return { body: undefined };
  },

  getReviewSettings: async (portal, { caller }) => settingsAnswer(await reviewSettings(portal, caller)),

  changeReviewSettings: async (portal, { body, ...request }) =>
    settingsAnswer(await changeReviewSettings(portal, request, body)),

  getOrderReview: async (portal, { caller, params }) => {
    const { variance, ruleReview } = await findOrderReview(portal, caller, params.orderId);
    const { approvedBy, reasons = [] } = ruleReview ?? {};
    return {
      body: {
        ...(variance && { variance: varianceBody(variance) }),
        ...(approvedBy && { approvedBy }),
        reasons: [...reasons],
      },
    };
  },

  approveOrders: async (portal, { caller, body, now }) => {
    const { orders, vmwarePurchaseOrder, ...common } = body;
    const asked = orders.map(({ vmwarePurchaseOrder: own, ...order }) => ({
      ...given({ ...common, vendorPurchaseOrder: vmwarePurchaseOrder }),
      ...given({ ...order, vendorPurchaseOrder: own }),
      orderId: order.orderId,
    }));
    const results = await approveOrders(portal, { caller, now, newId: randomUUID }, asked);
    const approved = results.filter(({ ok }) => ok).length;
    return { body: { approved, refused: results.length - approved, results: results.map(resultBody) } };
  },
};

export const handler = apiHandler(
  reviewRoutes,
  resource,
  portalWith((table) => ({ ...reviewPorts(table), ...noticePorts(table) })),
);

function answer(rule: ApprovalRule) {
  return { body: ruleBody(rule), version: rule.version };
}

function ruleBody({ aggregatorId: _aggregatorId, version: _version, ...rule }: ApprovalRule) {
  const { families, serviceProviderIds } = rule;
  return { ...rule, families: [...families], serviceProviderIds: [...serviceProviderIds] };
}

function settingsAnswer({ variancePercent, version }: ReviewSettings) {
  return { body: { variancePercent }, version };
}

function varianceBody(variance: Variance): NonNullable<Answer<'getOrderReview'>['body']['variance']> {
  const { reported, limit, sum: _sum, ...rest } = variance;
  const deviation = deviationOf(variance);
  return {
    ...rest,
    text: varianceText(variance),
    limit: formatPercent(limit),
    reported: formatPoints(reported),
    mean: formatPoints(meanOf(variance)),
    ...(deviation !== undefined && { deviation: formatPercent(deviation) }),
  };
}

function resultBody({ ok, ...result }: ApprovalResult) {
  return { result: ok ? ('APPROVED' as const) : ('REFUSED' as const), ...result };
}

/** Leaves out what isn't given, so that it doesn't hide what is. */
function given<Of extends object>(members: Of): { [Member in keyof Of]?: Exclude<Of[Member], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Member in keyof Of]?: Exclude<Of[Member], undefined> };
}
