import { addDays, addMonths, firstDay, type Period, type PlainDate } from '../../lambdas/domain/calendar/period.ts';
import { DEAL_DAYS, type Deal, newDeal } from '../../lambdas/domain/deal/deal.ts';
import { quarterOf } from '../../lambdas/domain/deal/fiscal-quarter.ts';
import { type DealStatus, isOpenDeal } from '../../lambdas/domain/deal/status.ts';
import { type MinorUnits, percent } from '../../lambdas/domain/numbers/amounts.ts';
import { parseMoney } from '../../lambdas/domain/numbers/currency.ts';
import type { User } from '../../lambdas/domain/organization/organization.ts';
import { daysOfQuarter, type RebateSheet } from '../../lambdas/domain/rebate/rebate-sheet.ts';
import type { SampleContract } from './contracts.ts';
import { idOf } from './ids.ts';
import { PRODUCTS } from './products.ts';

const DEALS = 24;
// Below those that the portal gives itself.
const FIRST_NUMBER = 10_001;
const REGIONS = ['AMER', 'EMEA', 'APJ'] as const;
const STATUSES: readonly DealStatus[] = [
  'OPPORTUNITY',
  'PENDING_APPROVE',
  'CLOSED_WON',
  'DRAFT',
  'PENDING_REVISION',
  'CLOSED_LOST',
  'OPPORTUNITY',
  'CLOSED_DENIED',
];
// In what was sold first, so that rebates are earned by what is billed most.
const RATES = ['10', '7.5', '5'] as const;

/** Deals of active contracts, registered in the latest period or the month before. */
export function sampleDeals(
  seed: number,
  contracts: readonly SampleContract[],
  users: readonly User[],
  latest: Period,
): Deal[] {
  const active = contracts.filter(({ imported: { contract } }) => contract.status === 'ACTIVE' && !contract.eolDate);
  const chosen =
    active.length >= DEALS ? active : contracts.filter(({ imported }) => imported.contract.status === 'ACTIVE');
  return chosen.slice(0, DEALS).map((contract, n) => dealOf(seed, contract, users, { n, latest }));
}

function dealOf(
  seed: number,
  { imported: { contract }, family }: SampleContract,
  users: readonly User[],
  { n, latest }: { n: number; latest: Period },
): Deal {
  const ofFamily = PRODUCTS.filter((product) => product.family === family);
  const product = ofFamily[n % RATES.length];
  const registrant = users.find(({ organizationId }) => organizationId === contract.aggregatorId);
  if (!product || !registrant) throw new Error(`the sample has no deal for contract ${contract.contractNumber}`);
  const on = addDays(firstDay(addMonths(latest, (n % 2) - 1)), n % 9);
  const deal = newDeal(
    {
      productSKU: product.code,
      productCategory: product.category,
      projectedDealValue: parseMoney(String(5_000 + n * 2_500), contract.currency) as MinorUnits,
      expectedCloseDate: addDays(on, DEAL_DAYS / 2),
      serviceProviderContact: contract.contacts.serviceProvider.email,
      aggregatorSalesContactLead: contract.contacts.aggregator.email,
      aggregatorManager: contract.contacts.aggregator.email,
      ...(n % 2 === 0 && { promotionEvent: 'SALES_CAMPAIGN' }),
    },
    {
      id: idOf(seed, `deal ${n}`),
      dealNumber: String(FIRST_NUMBER + n),
      registrantId: registrant.id,
      contract,
      on,
      now: new Date(`${on}T09:00:00.000Z`),
    },
  );
  return moved(deal, STATUSES[n % STATUSES.length] as DealStatus, addDays(on, 20));
}

function moved(deal: Deal, status: DealStatus, closeDate: PlainDate): Deal {
  return { ...deal, status, ...(isOpenDeal(status) ? {} : { closeDate }) };
}

/** Sheets of the quarters that the latest period and the month after it lie in: some products, in every region. */
export function sampleRebateSheets(latest: Period): RebateSheet[] {
  const quarters = new Set([latest, addMonths(latest, 1)].map((month) => quarterOf(firstDay(month))));
  return [...quarters].map((quarter) => {
    const { first: startDate, last: endDate } = daysOfQuarter(quarter);
    const entries = PRODUCTS.slice(0, RATES.length).flatMap(({ code, name }, n) =>
      REGIONS.map((geo) => ({
        productSKU: code,
        productDisplayName: name,
        geo,
        startDate,
        endDate,
        rate: percent(RATES[n] ?? '5'),
      })),
    );
    return { quarter, entries, version: 0 };
  });
}
