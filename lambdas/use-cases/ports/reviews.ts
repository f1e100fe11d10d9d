import type { ApprovalRule } from '../../domain/approval-rule/approval-rule.ts';
import type { Change } from './changes.ts';

/** How an aggregator wants submitted orders to be looked at. */
export type ReviewSettings = {
  aggregatorId: string;
  /** Deviation from the last months above which an order stands out, in percent, as an exact decimal. */
  variancePercent: string;
  version: number;
};

/** Rules and settings of aggregators' reviews. Strongly consistent. */
export type Reviews = {
  /** Everything of an aggregator; its rules in the order of their ids. */
  ofAggregator(aggregatorId: string): Promise<{ rules: ApprovalRule[]; settings: ReviewSettings | undefined }>;
  rule(aggregatorId: string, ruleId: string): Promise<ApprovalRule | undefined>;
  ruleCreated(rule: ApprovalRule): Change;
  /** Refused when the stored one isn't of the version before. */
  ruleChanged(before: ApprovalRule, after: ApprovalRule): Change;
  /** To be committed with an entry of the audit trail of the next version, which keeps two from acting at once. */
  ruleDeleted(rule: ApprovalRule): Change;
  /** Refused when there are other settings than those before; `before` is undefined for the first. */
  settingsChanged(before: ReviewSettings | undefined, after: ReviewSettings): Change;
};
