import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import { veloUsage } from '../domain/velo-order/velo-order.ts';
import type { Portal } from './ports/portal.ts';

/** What the VeloCloud orders of a contract come to in a month, as they stand now. */
export async function veloSaid(
  portal: Pick<Portal, 'veloOrders'>,
  contract: Contract,
  of: Period,
): Promise<FedUsage[]> {
  const orders = await portal.veloOrders.ofContract(contract.id);
  return orders.flatMap((order) => veloUsage(order, contract, of));
}
