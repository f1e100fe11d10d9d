import { type Task, taskHandler } from '../runtime/task-handler.ts';
import { bringContractsUp, type ContractsBroughtUp } from '../use-cases/bring-contracts-up.ts';
import { ShardEvent } from './events.ts';

/** Does what is due on a shard of the contracts, so that Freeze finds them as they should be (docs/decisions/0011). */
export const task: Task<ContractsBroughtUp> = (portal, event) => {
  const { run, shard } = ShardEvent.parse(event);
  return bringContractsUp(portal, run, shard);
};

export const handler = taskHandler('bring-contracts-up', task, undefined, ({ failures }) => failures);
