import type { Contract } from '../domain/contract/contract.ts';
import type { Portal } from './ports/portal.ts';

/** The contract that something stored names: one that isn't there is no refusal but a fault. */
export async function contractOf(portal: Pick<Portal, 'contracts'>, contractId: string): Promise<Contract> {
  const found = await portal.contracts.get(contractId);
  if (!found) throw new Error(`contract ${contractId}, which something stored names, does not exist`);
  return found.contract;
}
