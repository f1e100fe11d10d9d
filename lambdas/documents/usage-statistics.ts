import { addPoints, formatQuantity, type Quantity, quantity } from '../domain/numbers/amounts.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import type { ConsolidatedBill } from './statement.ts';

type Contract = ConsolidatedBill['contracts'][number];

/** Points of a month. */
export type MonthPoints = { usagePeriod: string; points: string };

export type UsageStatistics = {
  /** What was billed of each contract, minimums that were not reached among it. */
  contracts: { contractNumber: string; skuCode: string; points: string; months: MonthPoints[] }[];
  /** What was used of each product: late usage counts in its own month. */
  products: {
    productCode: string;
    description: string;
    uom: string;
    points: string;
    months: (MonthPoints & { quantity: string })[];
  }[];
};

/**
 * What consolidated bills come to, by contract and by product, month by month; what was taken back is counted off.
 * @param bills as settled, each once
 * @param within whether a usage period is among those that are asked for
 */
export function usageStatistics(
  bills: readonly ConsolidatedBill[],
  within: (usagePeriod: string) => boolean,
): UsageStatistics {
  const contracts = new Map<string, UsageStatistics['contracts'][number]>();
  const products = new Map<string, UsageStatistics['products'][number]>();
  for (const contract of bills.flatMap((bill) => bill.contracts)) {
    // What is counted in money is no points.
    const inPoints = contract.currency === undefined;
    if (within(contract.usagePeriod) && inPoints) addContract(contracts, contract);
    for (const line of contract.lines) {
      const usagePeriod = line.usagePeriod ?? contract.usagePeriod;
      if (line.quantity !== undefined && within(usagePeriod))
        addLine(products, { ...line, usagePeriod, points: inPoints ? line.points : '0' });
    }
  }
  return {
    contracts: sorted([...contracts.values()], ({ contractNumber }) => contractNumber),
    products: sorted([...products.values()], ({ productCode }) => productCode),
  };
}

function addContract(
  contracts: Map<string, UsageStatistics['contracts'][number]>,
  { contractNumber, skuCode, usagePeriod, total }: Contract,
): void {
  const before = contracts.get(contractNumber) ?? { contractNumber, skuCode, points: '0', months: [] };
  const month = monthOf(before.months, { usagePeriod, points: '0' });
  month.points = addPoints(month.points, total);
  contracts.set(contractNumber, { ...before, skuCode, points: addPoints(before.points, total) });
}

function addLine(
  products: Map<string, UsageStatistics['products'][number]>,
  line: Contract['lines'][number] & { usagePeriod: string },
): void {
  const { productCode, description, uom, usagePeriod, points } = line;
  const before = products.get(productCode) ?? { productCode, description, uom, points: '0', months: [] };
  const month = monthOf(before.months, { usagePeriod, points: '0', quantity: '0' });
  month.points = addPoints(month.points, points);
  const used = quantity(month.quantity) + quantity(line.quantity ?? '0');
  month.quantity = formatQuantity(used as Quantity);
  products.set(productCode, { ...before, description, uom, points: addPoints(before.points, points) });
}

/** The month's entry, put in its place where there is none. */
function monthOf<Month extends MonthPoints>(months: Month[], empty: Month): Month {
  const found = months.find(({ usagePeriod }) => usagePeriod === empty.usagePeriod);
  if (found) return found;
  months.push(empty);
  months.sort((a, b) => compareCodePoints(a.usagePeriod, b.usagePeriod));
  return empty;
}

function sorted<Row>(rows: Row[], by: (row: Row) => string): Row[] {
  return rows.sort((a, b) => compareCodePoints(by(a), by(b)));
}
