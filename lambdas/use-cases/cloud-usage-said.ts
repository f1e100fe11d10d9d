import type { Period } from '../domain/calendar/period.ts';
import { billingTermsFor } from '../domain/charging/billing-terms.ts';
import { listedLinePrice } from '../domain/charging/priced-lines.ts';
import { cloudMonth } from '../domain/cloud-usage/cloud-month.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import type { LinePrice } from '../domain/usage/usage-line.ts';
import type { ContractWithRevisions } from './ports/contracts.ts';
import type { Portal } from './ports/portal.ts';
import { readUsageRecords } from './usage-record-batches.ts';

export type CloudUsagePortal = Pick<Portal, 'catalogue' | 'contracts' | 'subscriptions' | 'usageRecords' | 'documents'>;

/** All usage of a month of an MSP contract: what its subscriptions have committed to, and what their feed has told. */
export async function cloudUsageSaid(
  portal: CloudUsagePortal,
  { id }: Pick<Contract, 'id'>,
  of: Period,
): Promise<FedUsage[]> {
  const [subscriptions, batches, { products }, priceOf] = await Promise.all([
    portal.subscriptions.ofContract(id),
    portal.usageRecords.batches(id, of),
    portal.catalogue.current(),
    contractPrices(portal, id, of),
  ]);
  const records = (await readUsageRecords(portal, batches)).map(({ record }) => record);
  const productOf = new Map(products.map((product) => [product.code, product]));
  const priced = (code: string) => {
    const price = priceOf(code);
    // It was priced when it was taken in, and price lists are never edited.
    if (!price) throw new Error(`product ${code} has no price in ${of} for contract ${id}`);
    return price;
  };
  return cloudMonth({ of, subscriptions, records, productOf: (code) => productOf.get(code), priceOf: priced });
}

async function contractPrices(portal: CloudUsagePortal, contractId: string, of: Period) {
  const found = await portal.contracts.get(contractId);
  if (!found) throw new Error(`there is no contract ${contractId}`);
  return listedPrices(portal, found, of);
}

/** What products cost a contract in a month by the price list; undefined for what has no price, or without terms. */
export async function listedPrices(
  portal: Pick<Portal, 'catalogue'>,
  { contract, revisions }: ContractWithRevisions,
  of: Period,
): Promise<(code: string) => LinePrice | undefined> {
  const priceLists = await portal.catalogue.priceLists();
  const result = billingTermsFor(contract, revisions, priceLists, of);
  if (!result.ok) return () => undefined;
  const prices = { priceLists, currency: contract.currency, of, basis: result.terms.basis };
  return (code) => listedLinePrice(prices, code);
}
