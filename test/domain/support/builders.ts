import { type Period, type PlainDate, period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { ContractType } from '../../../lambdas/domain/catalogue/family.ts';
import type { Charge } from '../../../lambdas/domain/charging/charge.ts';
import type { PointsTerms } from '../../../lambdas/domain/charging/charge-points.ts';
import type { ContractRevision } from '../../../lambdas/domain/contract/contract.ts';
import { points, pointsPerUnit, quantity, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { formatMoney } from '../../../lambdas/domain/numbers/currency.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';

export const OCTOBER: Period = period('2026-10');

/** A usage line of `amount` units at `ppu` points each; further fields as given. */
export function usageLine(id: string, amount: string, ppu: string, more: Partial<UsageLine> = {}): UsageLine {
  return {
    id,
    usagePeriod: OCTOBER,
    siteName: 'Site',
    productCode: `P-${id}`,
    productName: `Product ${id}`,
    customerNumber: '',
    uom: 'GB vRAM',
    quantity: quantity(amount),
    pointsPerUnit: pointsPerUnit(ppu),
    inMinCommit: true,
    ...more,
  };
}

/** Terms of a month in USD without tiers; further fields as given. */
export function pointsTerms(minimum: string, price: string, more: Partial<PointsTerms> = {}): PointsTerms {
  return { currency: 'USD', minimumCommit: points(minimum), price: unitPrice(price), tiers: new Map(), ...more };
}

/** The printed amounts of a charge, line by line, in its currency's major unit. */
export function amountsOf(charge: Charge): string[] {
  return charge.lines.map((line) => formatMoney(line.amount, charge.currency));
}

type RevisionText = {
  revision?: number;
  type?: ContractType;
  minimum?: string;
  minCommits?: readonly string[];
  locked?: ContractRevision['locked'];
};

/** A contract revision from one day to another (open-ended without it). */
export function revisionOf(from: string, until: string | undefined, more: RevisionText = {}): ContractRevision {
  return {
    contractId: 'contract-1',
    revision: more.revision ?? 1,
    from: plainDate(from),
    ...(until === undefined ? {} : { until: plainDate(until) as PlainDate }),
    sku: {
      code: 'VSPP3-1800-C',
      contractType: more.type ?? (more.minCommits ? 'CUSTOM' : 'PAY-GO'),
      family: 'RENTAL',
      minimumPoints: points(more.minimum ?? '1800'),
    },
    ...(more.minCommits ? { minCommits: more.minCommits.map((entry) => points(entry)) } : {}),
    ...(more.locked ? { locked: more.locked } : {}),
  };
}
