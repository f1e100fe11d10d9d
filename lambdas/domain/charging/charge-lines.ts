import type { Period } from '../calendar/period.ts';
import { type MinorUnits, NO_POINTS, type Points, type UnitPrice } from '../numbers/amounts.ts';
import type { LinePrice, UsageLine } from '../usage/usage-line.ts';
import type { ChargeLine } from './charge.ts';

/** Lines of a charge before they have their amounts. */
export function underageLine(period: Period, points: Points, unitPrice: UnitPrice): ChargeLine {
  return {
    ...lineOutsideUsage(period),
    kind: 'UNDERAGE',
    description: 'Minimum commit not reached',
    points,
    unitPrice,
  };
}

/** What arrears that other documents have charged make a difference of now. */
export function correctionLine(period: Period, points: Points, unitPrice: UnitPrice): ChargeLine {
  return {
    ...lineOutsideUsage(period),
    kind: 'CORRECTION',
    description: 'Correction for arrears billed elsewhere',
    points,
    unitPrice,
  };
}

/** What an early end was settled at: an amount of money, without points and price. */
export function settlementLine(period: Period, amount: MinorUnits): ChargeLine {
  return {
    ...lineOutsideUsage(period),
    kind: 'SETTLEMENT',
    description: 'Settlement of the early end',
    points: NO_POINTS,
    unitPrice: 0n as UnitPrice,
    amount,
  };
}

export function usageLine(line: UsageLine, points: Points, unitPrice: UnitPrice): ChargeLine {
  return {
    kind: 'USAGE',
    usagePeriod: line.usagePeriod,
    description: line.productName,
    siteName: line.siteName,
    productCode: line.productCode,
    customerNumber: line.customerNumber,
    uom: line.uom,
    quantity: line.quantity,
    ...(line.price ? { price: netPriceOf(line.price) } : { pointsPerUnit: line.pointsPerUnit }),
    points,
    unitPrice,
    amount: 0n as MinorUnits,
    inMinCommit: line.inMinCommit,
    usageLineId: line.id,
  };
}

const netPriceOf = ({ unitPrice, discount }: LinePrice) => ({ unitPrice, discount });

export function lineOutsideUsage(usagePeriod: Period) {
  return {
    usagePeriod,
    siteName: '',
    productCode: '',
    customerNumber: '',
    uom: '',
    amount: 0n as MinorUnits,
    inMinCommit: false,
  };
}
