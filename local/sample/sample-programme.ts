import { addMonths, type Period } from '../../lambdas/domain/calendar/period.ts';
import type { BillToAccount, Organization, User } from '../../lambdas/domain/organization/organization.ts';
import type { Caller } from '../../lambdas/use-cases/caller.ts';
import type { ImportedContract, ImportedOrder, Programme } from '../../lambdas/use-cases/import-programme.ts';
import { seededRandom } from '../random.ts';
import { sampleResell } from './aws-resell.ts';
import { sampleCatalogue } from './catalogue.ts';
import { sampleContracts } from './contracts.ts';
import { sampleDeals, sampleRebateSheets } from './deals.ts';
import { ordersOf } from './orders.ts';
import {
  billToAccountOf,
  contactOf,
  type SampleProvider,
  serviceProviders,
  vendorAndAggregators,
} from './organizations.ts';
import { CURRENCIES, priceLists } from './price-lists.ts';
import { apiTokenOf, operatorOf, readerOf, TOKEN_HOLDERS, type TokenHolder, tokenTextOf } from './users.ts';

/** A programme that has all of its parts. */
export type SampleProgramme = Required<
  Pick<
    Programme,
    | 'organizations'
    | 'billToAccounts'
    | 'users'
    | 'apiTokens'
    | 'families'
    | 'skus'
    | 'products'
    | 'priceLists'
    | 'deals'
    | 'rebateSheets'
    | 'awsAccounts'
    | 'costReports'
    | 'usageSites'
  >
> & {
  contracts: readonly ImportedContract[];
  orders: readonly ImportedOrder[];
};

/**
 * An invented programme to try the portal with: its parties, catalogue, prices, contracts, and the orders of some months
 * up to `latestPeriod` and of the open one after it. The same arguments give the same programme, to the byte.
 *
 * @param options.seed a whole number
 * @param options.latestPeriod the period that is to be closed for all to see
 * @param options.months length of the history, the latest period included: 2 to 11
 */
export function sampleProgramme(options: { seed: number; latestPeriod: Period; months?: number }): SampleProgramme {
  const { seed, latestPeriod: latest, months = 6 } = options;
  const first = addMonths(latest, 1 - months);
  const { vendor, aggregators, aws } = vendorAndAggregators(seed);
  const providers = serviceProviders(seed);
  const billToAccounts = aggregators.flatMap((aggregator) =>
    CURRENCIES.map((currency): BillToAccount => billToAccountOf(seed, aggregator, currency)),
  );
  const lists = priceLists(latest, months);
  const random = seededRandom(seed);
  const contracts = sampleContracts({
    seed,
    random,
    latest,
    first,
    priceLists: lists,
    vendor,
    providers,
    aggregators,
    billToAccounts,
  });
  const resell = sampleResell(seed, { aws, vendor, first, latest });
  const operators = operatorsOf(seed, [vendor, ...aggregators, aws], providers);
  const holders = { vendor, aggregator: aggregators[0], serviceProvider: providers[0]?.organization };
  return {
    organizations: [
      vendor,
      ...aggregators,
      aws,
      ...providers.map((provider) => provider.organization),
      resell.provider,
    ],
    billToAccounts: [...billToAccounts, resell.billToAccount],
    users: [...operators, resell.user, readerOf(seed, vendor, 'Tomás Ó Briain')],
    apiTokens: TOKEN_HOLDERS.map((holder) => {
      const user = operators.find(({ organizationId }) => organizationId === holders[holder]?.id) as User;
      return apiTokenOf(seed, holder, user, latest);
    }),
    ...sampleCatalogue(seed, latest),
    priceLists: lists,
    contracts: [...contracts.map((contract) => contract.imported), resell.contract],
    usageSites: contracts.flatMap(({ sites }) => sites),
    deals: sampleDeals(seed, contracts, operators, latest),
    rebateSheets: sampleRebateSheets(latest),
    orders: [...contracts.flatMap((contract) => ordersOf(seed, contract, first, latest)), ...resell.orders],
    awsAccounts: [resell.account],
    costReports: resell.reports,
  };
}

/** Who books payments in the sample, and the aggregator whose invoices are paid: the one that has a token. */
export function samplePayers(seed: number): { caller: Caller; aggregatorId: string } {
  const { vendor, aggregators } = vendorAndAggregators(seed);
  const { id: userId, organizationId, roles } = operatorOf(seed, vendor, contactOf(vendor));
  const caller: Caller = { userId, organizationId, organizationType: 'VENDOR', roles };
  return { caller, aggregatorId: (aggregators[0] as Organization).id };
}

/** Who reports in the sample: the user of a service provider who has a token. */
export function sampleReporter(seed: number): Caller {
  const { organization, contact } = serviceProviders(seed)[0] as SampleProvider;
  const { id: userId, organizationId, roles } = operatorOf(seed, organization, contact);
  return { userId, organizationId, organizationType: 'SERVICE_PROVIDER', roles };
}

function operatorsOf(seed: number, others: readonly Organization[], providers: readonly SampleProvider[]): User[] {
  return [
    ...others.map((organization) => operatorOf(seed, organization, contactOf(organization))),
    ...providers.map(({ organization, contact }) => operatorOf(seed, organization, contact)),
  ];
}

/** API tokens of the sample's users, in clear text: made from the seed, so for a portal on one machine only. */
export function sampleTokens(seed: number): Record<TokenHolder, string> {
  return {
    vendor: tokenTextOf(seed, 'vendor'),
    aggregator: tokenTextOf(seed, 'aggregator'),
    serviceProvider: tokenTextOf(seed, 'serviceProvider'),
  };
}
