import { addMonths, dateOf, periodOf } from '../domain/calendar/period.ts';
import { productPrice } from '../domain/catalogue/price-list.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { takesCommitments } from '../domain/customer-commitment/status.ts';
import {
  type AskedProductCommitment,
  checkProductCommitment,
} from '../domain/product-commitment/check-product-commitment.ts';
import { nextSegment, overlaps, type ProductCommitment } from '../domain/product-commitment/product-commitment.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { programmeFacts } from './contract-context.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import { begunMonths } from './make-customer-commitment.ts';
import { keptCustomers, keptProductCommitments } from './of-customers.ts';
import { refuseFamily } from './own-customer.ts';
import type { Portal } from './ports/portal.ts';
import { productCommitmentChanged } from './product-commitment-changed.ts';
import { ownContract } from './read-contracts.ts';
import { type NamedProductCommitment, ownProductCommitment } from './read-product-commitments.ts';
import { contractStatusRefusal, notValid } from './requested-change.ts';

type MakePortal = Pick<
  Portal,
  | 'settings'
  | 'units'
  | 'audit'
  | 'outbox'
  | 'catalogue'
  | 'closes'
  | 'contracts'
  | 'contractMonths'
  | 'customers'
  | 'feedHeads'
  | 'productCommitments'
  | 'meteredMonths'
  | 'newId'
>;

/**
 * Has an end customer of an LPCaaS contract commit to a quantity of a product (published-portal.md §6.13). Orders of months that
 * have begun are told of it at once, later ones as they begin.
 *
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; CONTRACT_STATUS when the contract isn't ACTIVE; BAD_REQUEST with every
 *   field that is wrong; CHANGED_MEANWHILE
 */
export function makeProductCommitment(
  portal: MakePortal,
  { caller, contractId, now }: { caller: Caller; contractId: string; now: Date },
  { name, ...asked }: AskedProductCommitment & { name: string },
): Promise<NamedProductCommitment> {
  return committed(portal, 'The contract', async () => {
    const { contract } = await ownContract(portal, caller, 'keepCommitments', contractId);
    refuseFamily(contract, 'LPCAAS');
    if (!takesCommitments(contract)) throw contractStatusRefusal(contract);
    const feed = await portal.feedHeads.version(contractId);
    const [{ frozenUntil, lastClaimed, catalogue, priceLists }, kept, commitments] = await Promise.all([
      programmeFacts(portal, now),
      keptCustomers(portal, contract),
      keptProductCommitments(portal, contract),
    ]);
    const { currency } = contract;
    const checked = checkProductCommitment(
      {
        contract,
        customers: new Map(kept.map(({ customerId, customerNumber }) => [customerId, customerNumber])),
        products: new Map(
          catalogue.products.filter(({ family }) => family === 'LPCAAS').map((product) => [product.code, product]),
        ),
        commitments,
        frozenUntil,
        isPriced: (code, of) => productPrice(priceLists, code, currency, { version: undefined, of }) !== undefined,
      },
      asked,
    );
    if (!checked.ok) throw notValid(checked.errors);
    const { customerNumber, product, segment } = checked.value;
    const running = periodOf(dateOf(now));
    const begun = begunMonths(segment, running);
    const time = now.toISOString();
    const commitment: ProductCommitment = {
      id: portal.newId(),
      contractId,
      contractNumber: contract.contractNumber,
      serviceProviderId: contract.serviceProviderId,
      aggregatorId: contract.aggregatorId,
      customerId: asked.customerId,
      customerNumber,
      product: { id: product.id, code: product.code, name: product.name },
      uom: product.uom,
      name,
      term: asked.term,
      payment: 'MONTHLY',
      segments: [segment],
      status: 'ACTIVE',
      nextMonth: begun.length > 0 ? addMonths(running, 1) : segment.from,
      createdTime: time,
      lastModifiedTime: time,
      version: 1,
    };
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action: 'makeProductCommitment' };
    const changes = [
      ...productCommitmentChanged(portal, undefined, commitment, move, begun),
      // Of two commitments made at the same moment one is looked at again: the contract's version stands for all of them.
      portal.contracts.changed(contract, now),
      portal.feedHeads.moved(contractId, feed),
      ...begun.map((of) => portal.contractMonths.still(contractId, of, 'OPEN')),
      portal.closes.noneClaimedSince(lastClaimed),
    ];
    const [customer] = await portal.customers.getMany([asked.customerId]);
    return { changes, result: { commitment, customerName: customer?.name ?? '' } };
  });
}

/** Who changes which commitment. */
export type ProductCommitmentChange = {
  caller: Caller;
  contractId: string;
  commitmentId: string;
  now: Date;
  ifMatch: IfMatch;
};

/** Renames a commitment. @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE */
export function renameProductCommitment(
  portal: MakePortal,
  change: ProductCommitmentChange,
  name: string,
): Promise<NamedProductCommitment> {
  return changed(portal, change, 'renameProductCommitment', async (before) => ({ ...before, name }));
}

/**
 * Renews a commitment for another term of the same length and quantity, right after its last month.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; TRANSITION_NOT_ALLOWED when it is over; CONTRACT_STATUS; BAD_REQUEST when
 *   another commitment follows already, or there is none so long; CHANGED_MEANWHILE
 */
export function renewProductCommitment(
  portal: MakePortal,
  change: ProductCommitmentChange,
  name?: string,
): Promise<NamedProductCommitment> {
  return changed(portal, change, 'renewProductCommitment', async (before, contract) => {
    const running = periodOf(dateOf(change.now));
    const next = nextSegment(before);
    if (before.status !== 'ACTIVE' || next.from <= running) {
      throw new PortalError('TRANSITION_NOT_ALLOWED', 'The commitment is over: make another one');
    }
    if (before.segments.length >= MOST_SEGMENTS) {
      throw notValid([{ field: 'commitmentId', message: `has ${MOST_SEGMENTS} terms, the most there can be` }]);
    }
    const after = { ...before, segments: [...before.segments, next], ...(name !== undefined && { name }) };
    const others = await keptProductCommitments(portal, contract);
    const other = others.find((each) => each.id !== before.id && overlaps(each, after));
    if (!other) return after;
    throw notValid([{ field: 'commitmentId', message: `is followed by the commitment ${other.id} for the product` }]);
  });
}

const MOST_SEGMENTS = 20;

function changed(
  portal: MakePortal,
  change: ProductCommitmentChange,
  action: string,
  make: (before: ProductCommitment, contract: Contract) => Promise<ProductCommitment>,
): Promise<NamedProductCommitment> {
  const { caller, now } = change;
  return committed(portal, 'The contract', async () => {
    const {
      contract,
      commitment: before,
      customerName,
    } = await ownProductCommitment(portal, caller, 'keepCommitments', change);
    refuseOtherVersion(before.version, change.ifMatch);
    if (action !== 'renameProductCommitment' && !takesCommitments(contract)) throw contractStatusRefusal(contract);
    const after = await make(before, contract);
    const move = { actor: caller.userId, organizationId: caller.organizationId, now, action };
    const changes = [
      ...productCommitmentChanged(portal, before, after, move),
      ...(after.segments === before.segments ? [] : [portal.contracts.changed(contract, now)]),
    ];
    const written = { ...after, version: before.version + 1, lastModifiedTime: now.toISOString() };
    return { changes, result: { commitment: written, customerName } };
  });
}
