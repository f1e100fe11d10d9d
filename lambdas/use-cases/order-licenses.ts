import type { Contract } from '../domain/contract/contract.ts';
import { hasLicenseContact } from '../domain/contract-request/check-create.ts';
import {
  type AskedLicenses,
  checkLicenses,
  INITIAL_PLACE,
  type OneOffOrder,
  oneOffOrderId,
  oneOffOrderRefusal,
  placeOfOneOffOrder,
} from '../domain/one-off-order/one-off-order.ts';
import { ONE_OFF_ORDER_TRANSITIONS } from '../domain/one-off-order/status.ts';
import { transition } from '../domain/transitions.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type OneOffOrderPortal, oneOffOrderChanged } from './one-off-order-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { notValid } from './requested-change.ts';

type OrderPortal = OneOffOrderPortal & Pick<Portal, 'units' | 'contracts' | 'catalogue' | 'organizations'>;

/** Who orders which licences for which contract. */
export type LicenseOrder = {
  caller: Caller;
  contractId: string;
  now: Date;
  description: string;
  licenses: readonly AskedLicenses[];
};

/**
 * Orders licences beside those that came with a contract; the vendor has to approve (domain.md §4 "One-off order").
 * @throws PortalError NOT_FOUND; NOT_LICENSED; CONTRACT_STATUS; CONTRACT_DELINQUENT; BAD_REQUEST; CHANGED_MEANWHILE
 */
export function orderLicenses(
  portal: OrderPortal,
  { caller, contractId, now, description, licenses: asked }: LicenseOrder,
): Promise<OneOffOrder> {
  return committed(portal, 'The contract', async () => {
    const { contract } = await ownContract(portal, caller, 'orderLicenses', contractId);
    refuseOneOffOrder(contract);
    const [{ products }, orders, vendor] = await Promise.all([
      portal.catalogue.current(),
      portal.oneOffOrders.ofContract(contractId),
      portal.organizations.vendor(),
    ]);
    const licenses = checkLicenses(asked, products, contract);
    if (!licenses.ok) throw notValid(licenses.errors);
    const taken = orders.map(({ id }) => placeOfOneOffOrder(id)?.place ?? INITIAL_PLACE);
    const order: OneOffOrder = {
      ...orderAt(contract, Math.max(INITIAL_PLACE, ...taken) + 1, now),
      kind: 'EXTRA',
      description,
      licenses: licenses.value,
      requesterId: caller.userId,
    };
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action: 'orderLicenses' };
    const changes = [
      ...oneOffOrderChanged(portal, undefined, order, { ...move, vendorId: vendor?.id }),
      portal.contracts.unchanged(contract),
    ];
    return { changes, result: order };
  });
}

/** @throws PortalError NOT_LICENSED, CONTRACT_STATUS, CONTRACT_DELINQUENT */
export function refuseOneOffOrder(contract: Contract): void {
  const refusal = oneOffOrderRefusal(contract);
  if (refusal) throw new PortalError(refusal, REFUSALS[refusal](contract));
}

const REFUSALS: Readonly<Record<NonNullable<ReturnType<typeof oneOffOrderRefusal>>, (contract: Contract) => string>> = {
  NOT_LICENSED: ({ listing }) => `Contracts of the family ${listing.familyName} come without licences`,
  CONTRACT_STATUS: ({ status }) => `The contract is ${status}: this is not possible then`,
  CONTRACT_DELINQUENT: () =>
    'A month of the contract was not reported in time: report the next one by its due date, then licences can be ordered again',
};

const INITIAL = {
  kind: 'INITIAL',
  description: 'Licences that the contract begins with',
  licenses: [],
  requesterId: 'SYSTEM',
} as const;

/**
 * The order of the licences that come with a new contract, as changes of the transaction that makes it active; none for a
 * family without a licence contact. The vendor has approved the contract, so it only has to be fulfilled.
 */
export async function initialLicenses(
  portal: OneOffOrderPortal & Pick<Portal, 'organizations'>,
  contract: Contract,
  now: Date,
): Promise<Change[]> {
  if (!hasLicenseContact(contract.listing.familyType)) return [];
  const made: OneOffOrder = { ...orderAt(contract, INITIAL_PLACE, now), ...INITIAL };
  const approved = transition(ONE_OFF_ORDER_TRANSITIONS, made.status, 'approveInitial', 'SYSTEM');
  if (!approved.ok) throw new RangeError('a new order can be approved by the system');
  const organizationId = contract.serviceProviderId;
  const vendor = await portal.organizations.vendor();
  const move = { actor: 'SYSTEM', organizationId, now, action: 'orderInitialLicenses', vendorId: vendor?.id };
  return oneOffOrderChanged(portal, undefined, { ...made, status: approved.to }, move);
}

function orderAt(
  { id: contractId, contractNumber, serviceProviderId, aggregatorId }: Contract,
  place: number,
  now: Date,
): Omit<OneOffOrder, 'kind' | 'description' | 'licenses' | 'requesterId'> {
  const time = now.toISOString();
  return {
    id: oneOffOrderId(contractId, place),
    orderNumber: `${contractNumber}-${place}`,
    contractId,
    contractNumber,
    serviceProviderId,
    aggregatorId,
    status: 'PENDING_APPROVAL',
    createdTime: time,
    lastModifiedTime: time,
    version: 1,
  };
}
