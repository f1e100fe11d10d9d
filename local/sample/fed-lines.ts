import type { Period } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import type { FedUsage } from '../../lambdas/domain/usage/account-usage.ts';
import { usageKeyText } from '../../lambdas/domain/usage/line-key.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import { idOf } from '../../lambdas/use-cases/new-order.ts';

/** The line that a feed makes of what it says of a month (account-month.ts). */
export function fedLine({ id }: Pick<Contract, 'id'>, of: Period, usage: FedUsage): UsageLine {
  return {
    ...usage,
    prefilled: usage.quantity,
    id: idOf(`${id}#${of}#${usageKeyText(usage)}`),
    usagePeriod: of,
  };
}
