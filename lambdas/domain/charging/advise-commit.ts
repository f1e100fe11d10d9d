import type { Period } from '../calendar/period.ts';
import { isPointsFamily } from '../catalogue/family.ts';
import type { ContractSku, PriceList } from '../catalogue/price-list.ts';
import type { Contract, ContractRevision } from '../contract/contract.ts';
import { type MinorUnits, type Points, sum } from '../numbers/amounts.ts';
import { compareCodePoints } from '../usage/canonical-order.ts';
import { billingTermsFor } from './billing-terms.ts';
import { costOfPoints } from './cost-of-points.ts';

/** What was reported in a month, in points, within the commit and outside it. */
export type ReportedMonth = { period: Period; reported: Points; outside: Points };

export type AdviceInput = {
  contract: Pick<Contract, 'id' | 'currency' | 'bolDate' | 'eolDate' | 'revision'>;
  revisions: readonly ContractRevision[];
  /** The months looked at: those of the last 12 that are billed. */
  months: readonly ReportedMonth[];
  /** Every SKU of the catalogue; those the contract could move to are picked. */
  skus: readonly ContractSku[];
  priceLists: readonly PriceList[];
};

/** What the months would have cost on a SKU, in minor units of the contract's currency. */
export type AdvisedSku = { sku: ContractSku; isPresent: boolean; cost: MinorUnits };

export type Advice = {
  /** Cheapest first; the present terms among them, at what they did cost. */
  skus: readonly AdvisedSku[];
  /** Codes of SKUs that have no price in one of the months. */
  unpriced: readonly string[];
};

/**
 * What the last months would have cost on every PAY-GO SKU of the contract's family, by the rules and price lists those
 * months are charged by, rounded month by month as invoices are. A prepaid month counts what it draws, at its price. Money
 * families, which are not charged by SKU, have no advice.
 */
export function adviseCommit({ contract, revisions, months, skus, priceLists }: AdviceInput): Advice {
  const present = revisions.find(({ revision }) => revision === contract.revision)?.sku;
  if (!present || !isPointsFamily(present.family)) return { skus: [], unpriced: [] };
  const costOn = (terms: readonly ContractRevision[]): MinorUnits | undefined => {
    const costs: MinorUnits[] = [];
    for (const { period, reported, outside } of months) {
      const result = billingTermsFor(contract, terms, priceLists, period);
      if (!result.ok) return undefined;
      const { basis, minimumCommit } = result.terms;
      const { sellingPrice: price, overagePrice } = basis;
      const overage = overagePrice === undefined ? {} : { overagePrice };
      costs.push(costOfPoints(reported, outside, { currency: contract.currency, minimumCommit, price, ...overage }));
    }
    return sum(costs);
  };
  const until = contract.eolDate === undefined ? {} : { until: contract.eolDate };
  const candidates = skus
    .filter(
      (sku) =>
        sku.contractType === 'PAY-GO' &&
        sku.family === present.family &&
        sku.kind === present.kind &&
        sku.code !== present.code,
    )
    .map((sku) => ({
      sku,
      isPresent: false,
      cost: costOn([{ contractId: contract.id, revision: 1, from: contract.bolDate, ...until, sku }]),
    }));
  const all = [{ sku: present, isPresent: true, cost: costOn(revisions) }, ...candidates];
  const priced = all.flatMap((each) => (each.cost === undefined ? [] : [{ ...each, cost: each.cost }]));
  return {
    skus: priced.sort((a, b) =>
      a.cost === b.cost ? compareCodePoints(a.sku.code, b.sku.code) : a.cost < b.cost ? -1 : 1,
    ),
    unpriced: all.filter(({ cost }) => cost === undefined).map(({ sku }) => sku.code),
  };
}
