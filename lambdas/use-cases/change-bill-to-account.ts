import type { BillToAccount } from '../domain/organization/organization.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedFields, type Edit } from './changed-fields.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import { findAggregator } from './read-organizations.ts';

/**
 * Gives an aggregator an account that it can be invoiced at; `id` is new.
 * @throws PortalError NOT_FOUND
 */
export async function createBillToAccount(
  portal: Portal,
  caller: Caller,
  wanted: Omit<BillToAccount, 'active' | 'version'>,
  now: Date,
): Promise<BillToAccount> {
  await findAggregator(portal, wanted.aggregatorId);
  const account: BillToAccount = { ...wanted, active: true, version: 1 };
  const { accountNumber, location, currency } = account;
  const said = { action: 'createBillToAccount', to: `${accountNumber} ${location} ${currency}` };
  const result = await portal.units.commit([
    portal.organizations.billToCreated(account),
    entryOf(portal, caller, account, now, said),
  ]);
  if (!result.ok) throw new Error('the id of a new bill-to account is taken');
  return account;
}

/** Who changes which account. */
type BillToAccountChange = {
  caller: Caller;
  aggregatorId: string;
  id: string;
  now: Date;
  ifMatch?: IfMatch;
};

/**
 * Changes an account of an aggregator. Its currency stays: contracts in it have chosen the account.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export async function editBillToAccount(
  portal: Portal,
  { caller, aggregatorId, id, now, ifMatch }: BillToAccountChange,
  edit: Edit<Omit<BillToAccount, 'id' | 'aggregatorId' | 'currency' | 'version'>>,
): Promise<BillToAccount> {
  const before = await portal.organizations.billToAccount(aggregatorId, id);
  if (!before) throw new PortalError('NOT_FOUND', `There is no bill-to account ${id} of this aggregator`);
  refuseOtherVersion(before.version, ifMatch);
  const { after: changed, from, to } = changedFields(before, edit);
  const after = { ...changed, version: before.version + 1 };
  const result = await portal.units.commit([
    portal.organizations.billToChanged(before, after),
    entryOf(portal, caller, after, now, { action: 'changeBillToAccount', from, to }),
  ]);
  if (result.ok) return after;
  throw changedMeanwhile('The account');
}

function entryOf(
  portal: Portal,
  caller: Caller,
  { id, aggregatorId, version }: BillToAccount,
  now: Date,
  said: { action: string; from?: string; to: string },
) {
  const subject = `BILL-TO#${id}`;
  return audited(portal, { organizationId: aggregatorId, subject, version, now, actor: caller.userId, ...said });
}
