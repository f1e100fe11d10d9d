import { type ApprovalRule, hasCondition } from '../domain/approval-rule/approval-rule.ts';
import { parseMoney } from '../domain/numbers/currency.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedFields, type Edit } from './changed-fields.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type RulePortal = Pick<Portal, 'units' | 'audit' | 'reviews' | 'organizations' | 'contracts'>;

// Every rule is asked at every submission.
const MOST_RULES = 50;

/** What of a rule is asked for. */
export type WantedRule = Omit<ApprovalRule, 'id' | 'aggregatorId' | 'version'>;
/** An edit; null takes a condition away. */
export type RuleEdit = Edit<Omit<WantedRule, Optional>> & { [Name in Optional]?: WantedRule[Name] | null | undefined };
type Optional = 'maxVariance' | 'maxTotal' | 'vendorPurchaseOrder';

/** Who keeps which rule. */
export type RuleChange = { caller: Caller; ruleId: string; now: Date; ifMatch?: IfMatch };

/**
 * Gives the caller's aggregator a rule; `ruleId` is new.
 * @throws PortalError BAD_REQUEST naming every field that is wrong
 */
export async function createApprovalRule(
  portal: RulePortal,
  { caller, ruleId, now }: RuleChange,
  wanted: WantedRule,
): Promise<ApprovalRule> {
  const rule: ApprovalRule = { ...wanted, id: ruleId, aggregatorId: caller.organizationId, version: 1 };
  await refuseFaults(portal, rule);
  const { rules } = await portal.reviews.ofAggregator(rule.aggregatorId);
  if (rules.length >= MOST_RULES) {
    throw new PortalError('BAD_REQUEST', `There are ${MOST_RULES} rules, and no more can be: delete one first`);
  }
  const said = { action: 'createApprovalRule', to: rule.name };
  await commit(portal, [portal.reviews.ruleCreated(rule), entryOf(portal, caller, rule, now, said)]);
  return rule;
}

/**
 * Changes a rule: from the next submission on.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; BAD_REQUEST; CHANGED_MEANWHILE
 */
export async function editApprovalRule(
  portal: RulePortal,
  change: RuleChange,
  { maxVariance, maxTotal, vendorPurchaseOrder, ...edit }: RuleEdit,
): Promise<ApprovalRule> {
  const before = await findApprovalRule(portal, change.caller, change.ruleId);
  refuseOtherVersion(before.version, change.ifMatch);
  const edited = { ...edit, ...given({ maxVariance, maxTotal, vendorPurchaseOrder }) };
  const { after: changed, from, to } = changedFields(before, edited as Edit<ApprovalRule>);
  const after = { ...withoutNulls(changed), version: before.version + 1 };
  await refuseFaults(portal, after);
  const said = { action: 'changeApprovalRule', from, to };
  await commit(portal, [
    portal.reviews.ruleChanged(before, after),
    entryOf(portal, change.caller, after, change.now, said),
  ]);
  return after;
}

/**
 * Deletes a rule; what it has approved stays approved.
 * @throws PortalError NOT_FOUND; VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export async function deleteApprovalRule(portal: RulePortal, { caller, ruleId, now, ifMatch }: RuleChange) {
  const rule = await findApprovalRule(portal, caller, ruleId);
  refuseOtherVersion(rule.version, ifMatch);
  const said = { action: 'deleteApprovalRule', from: rule.name };
  const deleted = { ...rule, version: rule.version + 1 };
  await commit(portal, [portal.reviews.ruleDeleted(rule), entryOf(portal, caller, deleted, now, said)]);
}

/** @throws PortalError NOT_FOUND */
export async function findApprovalRule(
  portal: Pick<Portal, 'reviews'>,
  { organizationId }: Caller,
  ruleId: string,
): Promise<ApprovalRule> {
  const rule = await portal.reviews.rule(organizationId, ruleId);
  if (!rule) throw new PortalError('NOT_FOUND', `There is no approval rule ${ruleId}`);
  return rule;
}

async function refuseFaults(portal: RulePortal, rule: ApprovalRule): Promise<void> {
  const errors = [];
  if (!hasCondition(rule)) {
    errors.push({ field: 'withoutEdits', message: 'must be true where there is neither maxVariance nor maxTotal' });
  }
  if (rule.maxTotal && parseMoney(rule.maxTotal.amount, rule.maxTotal.currency) === undefined) {
    errors.push({ field: 'maxTotal.amount', message: `has more decimals than ${rule.maxTotal.currency}` });
  }
  const providers = await ownProviders(portal, rule);
  rule.serviceProviderIds.forEach((id, index) => {
    if (providers.has(id)) return;
    const message = 'is no service provider that your organization has had a contract with';
    errors.push({ field: `serviceProviderIds[${index}]`, message });
  });
  if (errors.length > 0) throw new PortalError('BAD_REQUEST', 'The rule is not valid', errors);
}

/** Which of the service providers it names the aggregator has had a contract with: of others it may not know that they exist. */
async function ownProviders(
  portal: RulePortal,
  { aggregatorId, serviceProviderIds }: ApprovalRule,
): Promise<Set<string>> {
  if (serviceProviderIds.length === 0) return new Set();
  const [named, contracts] = await Promise.all([
    portal.organizations.getMany(serviceProviderIds),
    portal.contracts.ofAggregator(aggregatorId),
  ]);
  const numbers = new Set(contracts.map(({ serviceProviderPrmId }) => serviceProviderPrmId));
  return new Set(named.filter(({ prmId }) => numbers.has(prmId)).map(({ id }) => id));
}

async function commit(portal: RulePortal, changes: readonly Change[]): Promise<void> {
  if (!(await portal.units.commit(changes)).ok) throw changedMeanwhile('The rule');
}

function entryOf(
  portal: RulePortal,
  { userId: actor }: Caller,
  { id, aggregatorId: organizationId, version }: ApprovalRule,
  now: Date,
  said: { action: string; from?: string; to?: string },
): Change {
  return audited(portal, { organizationId, subject: `APPROVAL-RULE#${id}`, version, now, actor, ...said });
}

function given<Of extends object>(members: Of): Partial<Of> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Of>;
}

function withoutNulls<Of extends object>(members: Of): Of {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as Of;
}
