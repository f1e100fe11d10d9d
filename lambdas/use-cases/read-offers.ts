import { dateOf } from '../domain/calendar/period.ts';
import { periodAt } from '../domain/contract/billing-period.ts';
import type { Caller } from './caller.ts';
import { listedPrices } from './cloud-usage-said.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { OFFER_LIST, type Offer } from './lists/offer-list.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';

/** What a contract of cloud services may subscribe to: what has a price in its currency. @throws PortalError NOT_FOUND; BAD_REQUEST */
export async function listOffers(
  portal: Pick<Portal, 'contracts' | 'catalogue'>,
  caller: Caller,
  contractId: string,
  query: ListQuery,
  now: Date,
): Promise<Page<Offer>> {
  const page = compileList(OFFER_LIST, query);
  const found = await ownContract(portal, caller, 'readSubscriptions', contractId);
  const of = periodAt(found.contract.anniversary, dateOf(now));
  const [{ products }, priceOf] = await Promise.all([portal.catalogue.current(), listedPrices(portal, found, of)]);
  const offered = products.filter(({ family }) => family === 'MSP' && found.contract.listing.familyType === 'MSP');
  return page(
    offered.flatMap((product): Offer[] => {
      const price = priceOf(product.code);
      return price ? [{ product, price }] : [];
    }),
  );
}
