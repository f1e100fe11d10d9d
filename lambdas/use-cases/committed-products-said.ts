import { type Period, periodOf } from '../domain/calendar/period.ts';
import { billingTermsFor } from '../domain/charging/billing-terms.ts';
import { listedLinePrice } from '../domain/charging/priced-lines.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { monthUsage } from '../domain/product-commitment/month-usage.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import { compareCodePoints } from '../domain/usage/canonical-order.ts';
import { PortalError } from './errors.ts';
import { keptProductCommitments } from './of-customers.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';

export type CommittedProductsPortal = Pick<Portal, 'contracts' | 'catalogue' | 'productCommitments'>;

/**
 * All that an LPCaaS contract's month comes to: what its end customers have committed to, and what they have used above it
 * (domain/product-commitment/README.md).
 *
 * @throws PortalError NOT_PRICED when a product has no price in a month it is charged by
 */
export async function committedProductsSaid(
  portal: CommittedProductsPortal,
  { id, currency, takenFrom = [] }: Contract,
  of: Period,
): Promise<FedUsage[]> {
  const [found, priceLists, { products }, commitments, { used }] = await Promise.all([
    portal.contracts.getMany([...takenFrom, id]),
    portal.catalogue.priceLists(),
    portal.catalogue.current(),
    keptProductCommitments(portal, { id, takenFrom }),
    portal.productCommitments.saidUse(id, of),
  ]);
  const product = new Map(products.map((each) => [each.code, each]));
  return monthUsage(of, commitments, used, {
    product: (code) => product.get(code) ?? { code, name: code, uom: '' },
    priceIn: (code, month) => {
      const { contract, revisions } = inForce(found, month);
      const terms = billingTermsFor(contract, revisions, priceLists, month);
      const price = terms.ok && listedLinePrice({ priceLists, currency, of: month, basis: terms.terms.basis }, code);
      if (price) return price;
      throw new PortalError('NOT_PRICED', `There is no price for product ${code} in ${month} yet`);
    },
  });
}

/** The contract in a month: what is committed since before it went to another aggregator costs what it did there. */
function inForce(all: readonly ContractWithRevisions[], of: Period): ContractWithRevisions {
  const latestFirst = [...all].sort((a, b) => compareCodePoints(b.contract.bolDate, a.contract.bolDate));
  const found = latestFirst.find(({ contract }) => periodOf(contract.bolDate) <= of) ?? latestFirst.at(-1);
  if (!found) throw new Error('the contract does not exist');
  return found;
}
