import type { Period } from '../../../lambdas/domain/calendar/period.ts';
import { pointsPerUnit, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import type { AskedChange } from '../../../lambdas/use-cases/asked-change.ts';
import type { AskedContract } from '../../../lambdas/use-cases/create-contract.ts';
import { partiesOf, skuId } from './programme.ts';
import type { Story, Usage, Wish } from './story.ts';

const CONTACT = 'person@contact.example';

/** What is reported, as an order holds it. */
export function lineOf(usage: Usage, usagePeriod: Period): UsageLine {
  const { id, site, product, customer, minQuantity, inMinCommit } = usage;
  return {
    id,
    usagePeriod,
    siteName: site,
    productCode: product,
    productName: product,
    customerNumber: customer,
    uom: 'GB vRAM',
    quantity: quantity(usage.quantity),
    pointsPerUnit: pointsPerUnit(usage.pointsPerUnit),
    ...(minQuantity !== undefined && { minQuantity: quantity(minQuantity) }),
    inMinCommit,
  };
}

/** A contract as the aggregator asks for it. */
export function askedContract(story: Story, wish: Extract<Wish, { type: 'CREATE' }>): AskedContract {
  const { caller: _caller, ...parties } = partiesOf(story.n, story.currency);
  return {
    ...parties,
    contractSKUId: skuId(wish.sku),
    serviceProviderContact: CONTACT,
    licenseContact: CONTACT,
    aggregatorContact: CONTACT,
    systemContact: CONTACT,
    bolDate: wish.from,
    currency: story.currency,
    billingOrderPreference: 'ONLINE',
    vendorPurchaseOrder: `PO-${story.n}`,
    term: wish.term,
    minCommits: wish.schedule,
    prepayment: wish.prepayment,
    triggerPoint: '100',
    discount: wish.discount,
    spf: 'SPF-1',
  };
}

/** A change as the aggregator asks for it. */
export function askedChange(wish: Exclude<Wish, { type: 'CREATE' }>): AskedChange {
  switch (wish.type) {
    case 'UPGRADE':
    case 'DOWNGRADE':
      return {
        type: wish.type,
        asked: { contractSKUId: skuId(wish.sku), effectiveDate: wish.from, comment: 'As agreed' },
      };
    case 'TERMINATE': {
      const reason = 'Competitor Offering';
      return { type: wish.type, asked: { effectiveDate: wish.from, comment: 'As agreed', reason } };
    }
    case 'RENEW': {
      const { from, term, schedule, prepayment, discount } = wish;
      return {
        type: 'RENEW',
        asked: { effectiveDate: from, term, minCommits: schedule, prepayment, discount, spf: 'SPF-2' },
      };
    }
    case 'TOPUP': {
      const { term, schedule, prepayment } = wish;
      return {
        type: 'TOPUP',
        asked: { term, burnDownSchedule: schedule, prepayment, vendorPurchaseOrder: 'PO-TOPUP' },
      };
    }
    case 'AMEND':
    case 'PREPAY_AMEND': {
      const { from, term, schedule } = wish;
      const asked = { effectiveDate: from, term, burnDownSchedule: schedule };
      return wish.type === 'AMEND'
        ? { type: 'AMEND', asked: { ...asked, discount: wish.discount } }
        : { type: 'PREPAY_AMEND', asked };
    }
  }
}
