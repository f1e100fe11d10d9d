import { deviates, deviationOf, type Variance } from '../billing-order/variance.ts';
import type { FamilyType } from '../catalogue/family.ts';
import { formatPercent, type MinorUnits, type Percent, percent } from '../numbers/amounts.ts';
import { type Currency, formatMoney, parseMoney } from '../numbers/currency.ts';
import { divideHalfEven } from '../numbers/decimal.ts';

/** By which an aggregator lets submitted orders be approved without looking at them. Amounts are exact decimals. */
export type ApprovalRule = {
  id: string;
  aggregatorId: string;
  name: string;
  active: boolean;
  /** Nothing that a feed had filled in was changed by hand. */
  withoutEdits: boolean;
  /** Percent that the reported points may deviate from the mean of the last months, either way. */
  maxVariance?: string;
  /** The order's total, without tax, may come to this and no more, in the contract's currency. */
  maxTotal?: { amount: string; currency: Currency };
  /** Types of product families it is for; none: all. */
  families: readonly FamilyType[];
  /** Service providers it is for; none: all. */
  serviceProviderIds: readonly string[];
  /** Purchase order it approves with; absent: the contract's own, where it is filled into its orders. */
  vendorPurchaseOrder?: string;
  version: number;
};

/** Whether a rule asks for anything of an order, beside whose it is. */
export function hasCondition({ withoutEdits, maxVariance, maxTotal }: Conditions): boolean {
  return withoutEdits || maxVariance !== undefined || maxTotal !== undefined;
}

type Conditions = Pick<ApprovalRule, 'withoutEdits' | 'maxVariance' | 'maxTotal'>;

/** What rules ask about a submitted order. */
export type SubmittedFacts = {
  family: FamilyType;
  serviceProviderId: string;
  /** Lines on which a person has changed what a feed had filled in, or has taken it away. */
  edits: number;
  /** Absent where there are too few billed months. */
  variance?: Variance;
  /** Absent where the order can't be priced yet, or carries arrears. */
  total?: { amount: MinorUnits; currency: Currency };
  /** The contract's purchase order as it is filled into the order; empty where it is not. */
  vendorPurchaseOrder: string;
};

/**
 * Why a rule does not approve an order, in sentences for its history; empty: it does. A rule that is not for such orders at
 * all says that alone.
 */
export function whyNot(rule: ApprovalRule, facts: SubmittedFacts): string[] {
  const { families, serviceProviderIds } = rule;
  if (!rule.active) return ['it is switched off'];
  if (families.length > 0 && !families.includes(facts.family)) return [`it is not for ${facts.family}`];
  if (serviceProviderIds.length > 0 && !serviceProviderIds.includes(facts.serviceProviderId)) {
    return ['it is not for this service provider'];
  }
  const reasons = [editsReason(rule, facts), varianceReason(rule, facts), totalReason(rule, facts)];
  if ((rule.vendorPurchaseOrder ?? facts.vendorPurchaseOrder) === '') {
    reasons.push("neither it nor the contract gives the vendor's purchase order");
  }
  return reasons.filter((reason) => reason !== undefined);
}

function editsReason({ withoutEdits }: ApprovalRule, { edits }: SubmittedFacts): string | undefined {
  if (!withoutEdits || edits === 0) return undefined;
  return `${edits === 1 ? '1 prefilled line was' : `${edits} prefilled lines were`} changed by hand`;
}

function varianceReason({ maxVariance }: ApprovalRule, { variance }: SubmittedFacts): string | undefined {
  if (maxVariance === undefined) return undefined;
  if (!variance) return 'there are too few billed months to compare it with';
  if (!deviates(variance, percent(maxVariance))) return undefined;
  const deviation = deviationOf(variance);
  const said = deviation === undefined ? 'nothing was reported before' : `it deviates by ${rounded(deviation)} %`;
  return `${said}, ${maxVariance} % are allowed`;
}

function totalReason({ maxTotal }: ApprovalRule, { total }: SubmittedFacts): string | undefined {
  if (maxTotal === undefined) return undefined;
  const { amount, currency } = maxTotal;
  if (!total) return 'what it comes to is not known yet';
  if (total.currency !== currency) return `it is in ${total.currency}, the rule in ${currency}`;
  const most = parseMoney(amount, currency);
  if (most !== undefined && total.amount <= most) return undefined;
  return `it comes to ${formatMoney(total.amount, total.currency)} ${currency}, ${amount} are allowed`;
}

/** With one decimal, for people. */
function rounded(deviation: Percent): string {
  return formatPercent((divideHalfEven(deviation, 1_000n) * 1_000n) as Percent);
}
