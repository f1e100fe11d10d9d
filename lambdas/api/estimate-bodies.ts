import type { Period } from '../domain/calendar/period.ts';
import { type FamilyType, isPointsFamily, unitOf } from '../domain/catalogue/family.ts';
import { type Charge, type ChargeLine, COUNTED_KINDS } from '../domain/charging/charge.ts';
import type { OrderCharge } from '../domain/charging/charge-order.ts';
import { formatPercent, formatPoints, formatQuantity, formatUnitPrice } from '../domain/numbers/amounts.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import type { Answer } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { Estimate } from '../use-cases/estimate-order.ts';
import type { ContractForecast } from '../use-cases/forecast-contract.ts';
import type { PageRequest } from '../use-cases/lists/definition.ts';

/** A service provider sees points only, for points families. */
export const seesPrices = ({ organizationType }: Caller, family: FamilyType): boolean =>
  organizationType !== 'SERVICE_PROVIDER' || !isPointsFamily(family);

export function estimateBody(
  { order, contract, charge, unknown }: Estimate,
  { caller, now, limit, offset }: PageRequest & { caller: Caller; now: Date },
): Answer<'estimateAggregatorOrder'>['body'] {
  const { familyType } = contract.listing;
  const priced = seesPrices(caller, familyType);
  const lines = charge.lines.filter(({ kind }) => priced || COUNTED_KINDS.has(kind));
  const { prepayment } = charge.commit;
  return {
    orderId: order.id,
    usagePeriod: order.usagePeriod,
    revision: order.revision,
    status: order.status,
    asOf: now.toISOString(),
    unit: unitOf(familyType),
    currency: charge.currency,
    ...totalsBody(charge, priced),
    lateMonths: lateMonths(charge, unknown, priced),
    ...(priced &&
      prepayment && {
        prepayment: {
          balanceBefore: formatPoints(prepayment.balanceBefore),
          drawn: formatPoints(prepayment.drawn),
          balanceAfter: formatPoints(prepayment.balanceAfter),
        },
      }),
    lines: lines.slice(offset, offset + limit).map((line) => lineBody(line, charge.currency, priced)),
    lineCount: lines.length,
  };
}

export function forecastBody(
  { contract, usagePeriod, month, now: soFar, atMonthEnd, unknown }: ContractForecast,
  { caller, now }: { caller: Caller; now: Date },
): Answer<'forecastAggregatorContract'>['body'] {
  const { familyType } = contract.listing;
  const priced = seesPrices(caller, familyType);
  const { elapsedDays, days } = month;
  const metered =
    elapsedDays === 0 ? 'Metered usage as it is on the first day' : `Metered usage × ${days} ÷ ${elapsedDays} days`;
  return {
    contractId: contract.id,
    usagePeriod,
    asOf: now.toISOString(),
    unit: unitOf(familyType),
    currency: contract.currency,
    method: `${metered}; what was reported by hand as it is`,
    elapsedDays,
    days,
    now: totalsBody(soFar, priced),
    atMonthEnd: totalsBody(atMonthEnd, priced),
    lateMonths: lateMonths(atMonthEnd, unknown, priced),
  };
}

function totalsBody({ commit, net, currency }: Charge, priced: boolean) {
  return {
    minimumCommit: formatPoints(commit.minimumCommit),
    reported: formatPoints(commit.reported),
    outsideCommit: formatPoints(commit.outsideCommit),
    overage: formatPoints(commit.overage),
    underage: formatPoints(commit.underage),
    ...(commit.arrears !== undefined && { arrears: formatPoints(commit.arrears) }),
    total: formatPoints(commit.total),
    ...(priced && { net: formatMoney(net, currency) }),
  };
}

/** What usage of earlier months adds; of a month whose own order is not billed yet, nothing can be told. */
function lateMonths({ arrears, currency }: OrderCharge, unknown: readonly Period[], priced: boolean) {
  const known = arrears.map(({ month: { period: usagePeriod }, charge: { points, net } }) => ({
    usagePeriod,
    points: formatPoints(points),
    ...(priced && { net: formatMoney(net, currency) }),
  }));
  const months = [...known, ...unknown.map((usagePeriod) => ({ usagePeriod }))];
  return months.sort((a, b) => (a.usagePeriod < b.usagePeriod ? -1 : 1));
}

function lineBody(line: ChargeLine, currency: string, priced: boolean) {
  const { kind, usagePeriod, description, siteName, productCode, customerNumber, uom, inMinCommit } = line;
  return {
    kind,
    usagePeriod,
    description,
    siteName,
    productCode,
    customerNumber,
    uom,
    ...(line.quantity !== undefined && { quantity: formatQuantity(line.quantity) }),
    points: formatPoints(line.points),
    inMinCommit,
    ...(priced && {
      unitPrice: formatUnitPrice(line.price?.unitPrice ?? line.unitPrice),
      amount: formatMoney(line.amount, currency),
    }),
    ...(priced && line.price && { discount: formatPercent(line.price.discount) }),
    ...(line.usageLineId !== undefined && { usageId: line.usageLineId }),
  };
}
