import type { Period } from '../../lambdas/domain/calendar/period.ts';
import type { Quantity } from '../../lambdas/domain/numbers/amounts.ts';
import type { FedUsage } from '../../lambdas/domain/usage/account-usage.ts';
import { type AccountedMonth, accountMonth } from '../../lambdas/use-cases/account-month.ts';
import { committed } from '../../lambdas/use-cases/committed.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';

/** A feed that says all of a month of a contract: what came of it, as "reported" of each difference that is told. */
export async function fedMonth(
  portal: Portal,
  { contractId, of, usage }: { contractId: string; of: Period; usage: readonly FedUsage[] },
): Promise<Omit<AccountedMonth, 'told'> & { told: { metered: Quantity; reported: Quantity }[] }> {
  const { told, ...month } = await committed(portal, 'The orders', async () => {
    const found = await portal.contracts.get(contractId);
    const [order] = await portal.billingOrders.ofContract(contractId, [of]);
    if (!found || !order) throw new Error('there is no order');
    const own = { before: order, after: order };
    const move = {
      actor: 'METER-1',
      organizationId: order.serviceProviderId,
      now: portal.clock(),
      action: 'feedUsage',
    };
    return accountMonth(portal, { contract: found.contract, own, usage, toldSince: new Map(), move });
  });
  return { ...month, told: told.map(({ usage: { quantity: metered }, reported }) => ({ metered, reported })) };
}
