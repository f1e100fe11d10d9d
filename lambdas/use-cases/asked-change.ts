import type { OrderableSku } from '../domain/catalogue/catalogue.ts';
import {
  type ChangeSkuAsked,
  checkChangeSku,
  checkTerminate,
  checkThreshold,
  type TerminateAsked,
} from '../domain/contract-request/check-change.ts';
import {
  type AmendAsked,
  checkAmend,
  checkPrepayAmend,
  checkRenew,
  checkTopUp,
  type PrepayAmendAsked,
  type RenewAsked,
  type TopUpAsked,
} from '../domain/contract-request/check-term.ts';
import type { ContractContext } from './contract-context.ts';
import type { CheckedChange } from './requested-change.ts';

/** A change of a contract as it came: numbers as exact decimals, the SKU by its id. */
export type AskedChange =
  | { type: 'UPGRADE' | 'DOWNGRADE'; asked: Optional<ChangeSkuAsked> & { contractSKUId: string } }
  | { type: 'TERMINATE'; asked: Optional<TerminateAsked> }
  | { type: 'RENEW'; asked: Optional<RenewAsked> }
  | { type: 'TOPUP'; asked: Optional<TopUpAsked> }
  | { type: 'AMEND'; asked: Optional<AmendAsked> }
  | { type: 'PREPAY_AMEND'; asked: Optional<PrepayAmendAsked> }
  | { type: 'THRESHOLD_UPDATE'; asked: Optional<{ threshold: string; effectiveDate: string }> };

/** Members that weren't sent are undefined or absent; all may have a comment. */
type Optional<Asked> = { [Member in keyof Asked]?: Asked[Member] | undefined } & { comment?: string | undefined };

/** Asks the rules of the change's type, with what they need to know of the contract. */
export function checkAskedChange(change: AskedChange, context: ContractContext): CheckedChange {
  switch (change.type) {
    case 'UPGRADE':
    case 'DOWNGRADE': {
      const sku = skuOf(context, change.asked.contractSKUId);
      return checkChangeSku(change.type, given(change.asked), { ...context, sku, balance: context.balance.points });
    }
    case 'TERMINATE':
      return checkTerminate(given(change.asked), context);
    case 'RENEW':
      return checkRenew(given(change.asked), context);
    case 'TOPUP':
      return checkTopUp(given(change.asked), context);
    case 'AMEND':
      return checkAmend(given(change.asked), context);
    case 'PREPAY_AMEND':
      return checkPrepayAmend(given(change.asked), context);
    case 'THRESHOLD_UPDATE':
      return checkThreshold(given(change.asked), context);
  }
}

/** The contract SKU of an id; undefined where the catalogue has none. */
export function skuOf({ catalogue }: Pick<ContractContext, 'catalogue'>, id: string): OrderableSku | undefined {
  return catalogue.skus.find((sku) => sku.id === id);
}

/** Without the members that weren't sent. */
export function given<Asked extends object>(
  asked: Asked,
): { [Member in keyof Asked]: Exclude<Asked[Member], undefined> } {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) as never;
}
