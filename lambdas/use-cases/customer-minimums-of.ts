import type { Period } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { type CustomerMinimum, customerMinimums } from '../domain/customer-commitment/customer-minimums.ts';
import { keptCommitments } from './of-customers.ts';
import type { Portal } from './ports/portal.ts';

export type MinimumsPortal = Pick<Portal, 'customerCommitments'>;

/** What end customers of a contract have committed to in a month; of most contracts nothing has to be read. */
export async function customerMinimumsOf(
  portal: MinimumsPortal,
  contract: Contract,
  of: Period,
): Promise<CustomerMinimum[]> {
  if (!contract.hasCommitments) return [];
  return customerMinimums(await keptCommitments(portal, contract), contract, of);
}
