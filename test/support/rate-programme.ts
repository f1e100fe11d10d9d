import type { BillingOrder } from '../../lambdas/domain/billing-order/billing-order.ts';
import { type BillingTerms, billingTermsFor } from '../../lambdas/domain/charging/billing-terms.ts';
import type { Tiers } from '../../lambdas/domain/charging/line-points.ts';
import { type RateResult, rateOrder } from '../../lambdas/domain/charging/rate-order.ts';
import type { Contract, ContractRevision } from '../../lambdas/domain/contract/contract.ts';
import { NO_POINTS, type Points, percent } from '../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { Programme } from '../../lambdas/use-cases/import-programme.ts';

/** An order rated as the close would have, or why it can't be. */
export type RatedOrder = {
  order: BillingOrder;
  contract: Contract;
  revisions: readonly ContractRevision[];
  lines: readonly UsageLine[];
  terms?: BillingTerms;
  result?: RateResult;
  problem?: string;
};

const PARTY = { name: 'Party', number: '1', address: [] };
const PARTIES = { vendor: PARTY, aggregator: PARTY, billTo: PARTY, serviceProvider: PARTY, taxRate: percent('0') };

/** Rates all orders of a programme month by month, with the rules of the domain alone; prepayments burn down on the way. */
export async function rateProgramme(programme: Programme): Promise<RatedOrder[]> {
  const contracts = new Map(Array.from(programme.contracts ?? [], (each) => [each.contract.id, each]));
  const balances = new Map<string, Points>();
  const tiers: Tiers = new Map((programme.products ?? []).flatMap(({ code, tiers }) => (tiers ? [[code, tiers]] : [])));
  const orders = await Array.fromAsync(programme.orders ?? []);
  orders.sort((a, b) => (a.order.usagePeriod < b.order.usagePeriod ? -1 : 1));
  return orders.map(({ order, lines }) => {
    const found = contracts.get(order.contractId);
    if (!found) throw new Error(`no contract ${order.contractId}`);
    const { contract, revisions, prepayment } = found;
    const base = { order, contract, revisions, lines };
    const terms = billingTermsFor(contract, revisions, programme.priceLists ?? [], order.usagePeriod);
    if (!terms.ok) return { ...base, problem: terms.reason };
    const balance = balances.get(contract.id) ?? prepayment?.points ?? NO_POINTS;
    const result = rateOrder({ order, contract, terms: terms.terms, parties: PARTIES, lines, tiers, balance });
    const drawn = result.ok && result.outcome === 'INVOICED' ? result.draft.commit.prepayment : undefined;
    if (drawn) balances.set(contract.id, drawn.balanceAfter);
    return { ...base, terms: terms.terms, result };
  });
}
