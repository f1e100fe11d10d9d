import type { SetAside } from '../domain/close/run.ts';
import type { NumberedRow, PlannedContract, PlannedOrder } from './run-files.ts';

/** What a batch step answers: how many it did, how many it set aside; details are in the work files. */
export type BatchResult = { done: number; failed: number };

/** Why an order was set aside: a stable code, and a sentence. */
export type Cause = { code: string; reason: string };

/** How a planned order that fails is told of. */
export function plannedAside(contract: PlannedContract, planned: PlannedOrder, { code, reason }: Cause): SetAside {
  return {
    orderId: planned.orderId,
    contractNumber: contract.contractNumber,
    aggregatorId: contract.aggregatorId,
    serviceProvider: contract.serviceProviderName,
    usagePeriod: planned.usagePeriod,
    code,
    reason,
  };
}

/** How a document that can't be issued is told of. */
export function numberedAside({ order, serviceProviderName }: NumberedRow, { code, reason }: Cause): SetAside {
  const { id: orderId, contractNumber, aggregatorId, usagePeriod } = order;
  return { orderId, contractNumber, aggregatorId, serviceProvider: serviceProviderName, usagePeriod, code, reason };
}
