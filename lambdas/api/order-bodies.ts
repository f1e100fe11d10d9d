import { type FamilyType, isPointsFamily, showsPricesToProvider } from '../domain/catalogue/family.ts';
import type { Tier } from '../domain/catalogue/product.ts';
import type { TierPart } from '../domain/charging/line-points.ts';
import {
  costOf,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatSplit,
  formatUnitPrice,
  PERCENT_SCALE,
  type Percent,
  type Points,
} from '../domain/numbers/amounts.ts';
import { formatMoney, minorDigits } from '../domain/numbers/currency.ts';
import { divideHalfEven, formatDecimal, powerOfTen } from '../domain/numbers/decimal.ts';
import type { LinePrice, LineSource } from '../domain/usage/usage-line.ts';
import type { Answer } from '../runtime/resource.ts';
import type { OrderView } from '../use-cases/order-view.ts';
import type { OrderComment } from '../use-cases/ports/order-comments.ts';
import type { ReportedUsage } from '../use-cases/read-usages.ts';
import { skuBody } from './contract-bodies.ts';

/** Billing orders as the API answers them: the one place where published names stand for ours. */
type SummaryBody = NonNullable<Answer<'getAggregatorOrder'>['body']['summary']>;
type UsageBody = Answer<'listProviderUsages'>['body']['content'][number];
type UsageDetailBody = Answer<'listProviderUsageDetails'>['body']['content'][number];

/** Which groups of a summary somebody sees (published matrix: docs/api.md "Billing orders"). */
type Seen = { totals: boolean; prices: boolean };

export function aggregatorOrderBody(view: OrderView): Answer<'getAggregatorOrder'>['body'] {
  const { vendorPurchaseOrder, billingOrderPreference } = view.order;
  const { familyType } = view.contract.listing;
  return {
    ...orderBody(view, { totals: familyType !== 'VELO', prices: true }),
    ...(vendorPurchaseOrder !== '' && { vmwarePurchaseOrder: vendorPurchaseOrder }),
    billingOrderPreference,
  };
}

export function providerOrderBody(view: OrderView): Answer<'getProviderOrder'>['body'] {
  const { familyType } = view.contract.listing;
  return orderBody(view, { totals: familyType !== 'VELO', prices: showsPricesToProvider(familyType) });
}

export function vendorOrderBody(view: OrderView): Answer<'getVendorOrder'>['body'] {
  const { contractNumber, aggregatorId, serviceProviderId, revision } = view.order;
  return { ...aggregatorOrderBody(view), contractNumber, aggregatorId, serviceProviderId, revision };
}

function orderBody({ order, contract, summary }: OrderView, seen: Seen): Answer<'getProviderOrder'>['body'] {
  const { id, usagePeriod, autoReportType, serviceProviderPurchaseOrder, status, billed } = order;
  return {
    id,
    contract: {
      id: contract.id,
      status: contract.status,
      contractReferenceNumber: contract.contractReferenceNumber,
      contractSKU: skuBody(contract),
      currency: contract.currency,
    },
    usagePeriod,
    autoReportType,
    ...(serviceProviderPurchaseOrder !== '' && { serviceProviderPurchaseOrder }),
    status,
    ...(billed?.invoiceNumber !== undefined && { orderNumber: billed.invoiceNumber }),
    ...(summary && { summary: summaryBody(summary, contract.currency, seen) }),
    ...(billed && { closedTime: billed.closedTime }),
  };
}

function summaryBody(
  summary: NonNullable<OrderView['summary']>,
  currency: string,
  { totals, prices }: Seen,
): SummaryBody {
  return {
    ...(totals && {
      minimumCommit: formatPoints(summary.minimumCommit),
      reported: formatPoints(summary.reported),
      overage: formatPoints(summary.overage),
      underage: formatPoints(summary.underage),
      total: formatPoints(summary.total),
    }),
    ...(prices && {
      listPrice: formatMoney(summary.listPrice, currency),
      sellingPrice: formatMoney(summary.sellingPrice, currency),
      discount: twoDecimals(summary.discount),
    }),
  };
}

/** A percentage with 2 decimals at most (domain.md §9). */
const twoDecimals = (discount: Percent): string =>
  formatDecimal(divideHalfEven(discount, powerOfTen(PERCENT_SCALE - 2)), 2);

/** The fields that a family's lines have (published matrix: docs/api.md "Billing orders"). */
export function usageBody({ line, family, category, points, parts, readOnly }: ReportedUsage): UsageBody {
  const { siteId, siteName, customerNumber, minQuantity, comment, clusterUsages } = line;
  const isOther = family !== 'MSP' && family !== 'VELO';
  return {
    id: line.id,
    code: line.productCode,
    ...(category !== undefined && { category }),
    name: line.productName,
    ...(isOther && siteId !== undefined && { siteId }),
    ...(isOther && siteName !== '' && { siteName }),
    ...(customerNumber !== '' && { customerNumber }),
    quantity: formatQuantity(line.quantity),
    ...(isOther && {
      ppu: formatPointsPerUnit(line.pointsPerUnit),
      points: isPointsFamily(family) ? formatPoints(points) : '0',
      uom: line.uom,
    }),
    ...(!isOther && line.price && priceBody(line, points, line.price)),
    metadata: {
      ...(family !== 'VELO' && { inMinCommit: line.inMinCommit }),
      ...sourceBody(family, line.source),
      ...(isOther && {
        ...(minQuantity !== undefined && { minQuantity: formatQuantity(minQuantity) }),
        ...(comment !== undefined && { comment }),
        readOnly,
        ...(clusterUsages && {
          clusterUsages: clusterUsages.map(({ clusterId, quantity }) => ({
            clusterId,
            quantity: formatQuantity(quantity),
          })),
        }),
        ...(parts.length > 0 && { priceDetail: { tieredPriceDetails: parts.map(tierBody) } }),
      }),
    },
  };
}

/** List and selling price are those of the whole quantity, as in an order's summary. */
function priceBody({ quantity }: ReportedUsage['line'], cost: Points, { unitPrice, discount, currency }: LinePrice) {
  const digits = minorDigits(currency);
  return {
    unitPrice: formatUnitPrice(unitPrice),
    listPrice: formatMoney(costOf(quantity, unitPrice, NO_DISCOUNT, digits), currency),
    discount: twoDecimals(discount),
    sellingPrice: formatPoints(cost),
  };
}

const NO_DISCOUNT = 0n as Percent;

/** What a line is of: subscriptions of MSP, VeloCloud orders of VELO. */
function sourceBody(family: FamilyType, source: LineSource = {}) {
  const { subscriptionId, proformaNumber, invoiceNumber, sid, orderNumber } = source;
  if (family === 'MSP') {
    return {
      ...(subscriptionId !== undefined && { subscriptionId }),
      ...(proformaNumber !== undefined && { proformaNumber }),
      ...(invoiceNumber !== undefined && { invoiceNumber }),
    };
  }
  if (family !== 'VELO') return {};
  return { ...(sid !== undefined && { sid }), ...(orderNumber !== undefined && { orderNumber }) };
}

function tierBody({ tier, quantity, points }: TierPart) {
  return {
    unitRange: rangeText(tier),
    ppu: formatPointsPerUnit(tier.pointsPerUnit),
    quantity: formatQuantity(quantity),
    split: formatSplit(tier.split),
    points: formatPoints(points),
  };
}

/** "0-100"; the last, open range is "100-". */
const rangeText = ({ from, to }: Tier): string =>
  `${formatQuantity(from)}-${to === undefined ? '' : formatQuantity(to)}`;

export function usageDetailBody({ line, category, points, readOnly, arrears }: ReportedUsage): UsageDetailBody {
  const { siteId, siteName, customerNumber, prefilled, edit, comment } = line;
  return {
    id: line.id,
    usagePeriod: line.usagePeriod,
    arrears,
    code: line.productCode,
    ...(category !== undefined && { category }),
    name: line.productName,
    ...(siteId !== undefined && { siteId }),
    ...(siteName !== '' && { siteName }),
    ...(customerNumber !== '' && { customerNumber }),
    quantity: formatQuantity(line.quantity),
    uom: line.uom,
    ppu: formatPointsPerUnit(line.pointsPerUnit),
    points: formatPoints(points),
    inMinCommit: line.inMinCommit,
    readOnly,
    origin: line.origin ?? 'HAND',
    ...(prefilled !== undefined && { prefilled: formatQuantity(prefilled) }),
    ...(edit && { edit: editBody(edit) }),
    ...(comment !== undefined && { comment }),
  };
}

function editBody({ reason, time, original }: NonNullable<ReportedUsage['line']['edit']>) {
  return {
    reason,
    time,
    ...(original && { original: { ...original, quantity: formatQuantity(original.quantity) } }),
  };
}

export function commentBody({ firstName, lastName, email, createdTime, content }: OrderComment) {
  return { user: { firstName, lastName, email }, createdTime, content };
}
