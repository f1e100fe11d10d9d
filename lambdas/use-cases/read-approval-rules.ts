import type { ApprovalRule } from '../domain/approval-rule/approval-rule.ts';
import type { Caller } from './caller.ts';
import { APPROVAL_RULE_LIST } from './lists/approval-rule-list.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import type { Portal } from './ports/portal.ts';

/** The rules of the caller's aggregator. @throws PortalError BAD_REQUEST */
export async function listApprovalRules(
  portal: Pick<Portal, 'reviews'>,
  { organizationId }: Caller,
  query: ListQuery,
): Promise<Page<ApprovalRule>> {
  const page = compileList(APPROVAL_RULE_LIST, query);
  return page((await portal.reviews.ofAggregator(organizationId)).rules);
}
