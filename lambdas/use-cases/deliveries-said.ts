import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { deliveredUsage } from '../domain/service-delivery/service-delivery.ts';
import type { FedUsage } from '../domain/usage/account-usage.ts';
import type { Portal } from './ports/portal.ts';

/** What the deliveries of a contract say of a month, as they stand now. */
export async function deliveriesSaid(
  portal: Pick<Portal, 'serviceDeliveries'>,
  { id }: Contract,
  of: Period,
): Promise<FedUsage[]> {
  return deliveredUsage(await portal.serviceDeliveries.ofMonth(id, of));
}
