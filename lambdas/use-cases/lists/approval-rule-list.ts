import type { ApprovalRule } from '../../domain/approval-rule/approval-rule.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<ApprovalRule> = {
  name: { type: 'text', of: (rule) => rule.name },
  active: { type: 'boolean', of: (rule) => rule.active },
};

/** Approval rules of an aggregator. */
export const APPROVAL_RULE_LIST: ListDefinition<ApprovalRule> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (rule) => rule.id,
  defaultSort: 'name',
};
