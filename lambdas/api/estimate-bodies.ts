import { type FamilyType, isPointsFamily, unitOf } from '../domain/catalogue/family.ts';
import type { Charge, ChargeLine } from '../domain/charging/charge.ts';
import { formatPercent, formatPoints, formatQuantity, formatUnitPrice } from '../domain/numbers/amounts.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import type { Answer } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import type { Estimate } from '../use-cases/estimate-order.ts';
import type { ContractForecast } from '../use-cases/forecast-contract.ts';
import type { PageRequest } from '../use-cases/lists/definition.ts';

/** Estimates and forecasts as the API answers them; a service provider sees points only, for points families. */
const seesPrices = ({ organizationType }: Caller, family: FamilyType): boolean =>
  organizationType !== 'SERVICE_PROVIDER' || !isPointsFamily(family);

/** What stands in an estimate without prices: what is only money, or tells of the prepayment, doesn't. */
const COUNTED: readonly ChargeLine['kind'][] = ['USAGE', 'UNDERAGE'];

export function estimateBody(
  { order, contract, charge }: Estimate,
  { caller, now, limit, offset }: PageRequest & { caller: Caller; now: Date },
): Answer<'estimateAggregatorOrder'>['body'] {
  const { familyType } = contract.listing;
  const priced = seesPrices(caller, familyType);
  const lines = charge.lines.filter(({ kind }) => priced || COUNTED.includes(kind));
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
  { contract, usagePeriod, month, now: soFar, atMonthEnd }: ContractForecast,
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
  };
}

function totalsBody({ commit, net, currency }: Charge, priced: boolean) {
  return {
    minimumCommit: formatPoints(commit.minimumCommit),
    reported: formatPoints(commit.reported),
    outsideCommit: formatPoints(commit.outsideCommit),
    overage: formatPoints(commit.overage),
    underage: formatPoints(commit.underage),
    total: formatPoints(commit.total),
    ...(priced && { net: formatMoney(net, currency) }),
  };
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
