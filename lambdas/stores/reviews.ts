import type { ApprovalRule } from '../domain/approval-rule/approval-rule.ts';
import type { ReviewSettings, Reviews } from '../use-cases/ports/reviews.ts';
import { ApprovalRuleItem, ReviewSettingsItem } from './items.ts';
import { keys } from './keys.ts';
import { defined } from './mapping.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

const RULE = 'APPROVAL_RULE';

/** Rules and settings of aggregators' reviews, all in the aggregator's own partition. */
export function openReviews(table: Table): Reviews {
  const ruleOf = (item: Item): ApprovalRule => defined(read(ApprovalRuleItem, item)) as ApprovalRule;
  const ruleItem = (rule: ApprovalRule) =>
    stored<typeof ApprovalRuleItem>(RULE, keys.approvalRule(rule.aggregatorId, rule.id), rule);
  const settingsItem = (settings: ReviewSettings) =>
    stored<typeof ReviewSettingsItem>('REVIEW_SETTINGS', keys.reviewSettings(settings.aggregatorId), settings);

  return {
    ofAggregator: async (aggregatorId) => {
      const { pk } = keys.reviewSettings(aggregatorId);
      const items = await Array.fromAsync(table.query(pk, { prefix: 'REVIEW#' }));
      const settings = items.find(({ entity }) => entity !== RULE);
      return {
        rules: items.filter(({ entity }) => entity === RULE).map(ruleOf),
        settings: settings && read(ReviewSettingsItem, settings),
      };
    },

    rule: async (aggregatorId, ruleId) => {
      const item = await table.get(keys.approvalRule(aggregatorId, ruleId));
      return item && ruleOf(item);
    },

    ruleCreated: (rule) => table.putNew(`approval rule ${rule.id}`, ruleItem(rule)),
    ruleChanged: (before, after) => table.putOver(`approval rule ${after.id}`, ruleItem(after), before.version),
    ruleDeleted: ({ aggregatorId, id }) => table.deleted(`approval rule ${id}`, keys.approvalRule(aggregatorId, id)),

    settingsChanged: (before, after) =>
      before
        ? table.putOver('review settings', settingsItem(after), before.version)
        : table.putNew('review settings', settingsItem(after)),
  };
}
