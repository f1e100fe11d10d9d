import { randomUUID } from 'node:crypto';
import type { Organization } from '../domain/organization/organization.ts';
import { aggregatorSwapRoutes } from '../manifest/routes/contracts/aggregator-swaps.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { oneOffPorts } from '../runtime/one-off-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { askForSwap } from '../use-cases/ask-for-swap.ts';
import { findSwap, findTakeOver, type ToldSwap } from '../use-cases/read-swaps.ts';
import { takeOverContract } from '../use-cases/take-over-contract.ts';
import { withdrawSwap } from '../use-cases/withdraw-swap.ts';
import { contractRequestBody } from './contract-request-body.ts';

export const resource: ResourceOf<'aggregatorSwapsApi'> = {
  askForSwap: async (portal, { caller, params, body, now }) => {
    await askForSwap(portal, { caller, ...params, now, newId: randomUUID, ...body });
    return {
      body: swapBody(await findSwap(portal, caller, params.contractId)),
      location: `/api/provider/v1/contracts/${params.contractId}/aggregatorSwap`,
    };
  },
  getSwap: async (portal, { caller, params }) => ({
    body: swapBody(await findSwap(portal, caller, params.contractId)),
  }),
  withdrawSwap: async (portal, { caller, params, body, now }) => {
    const before = await findSwap(portal, caller, params.contractId);
    await withdrawSwap(portal, { caller, ...params, now, comment: body.comment });
    return { body: swapBody(await findSwap(portal, caller, before.taken.id)) };
  },

  getTakeOver: async (portal, { caller, params }) => ({
    body: takeOverBody(await findTakeOver(portal, caller, params.contractId)),
  }),
  takeOverContract: async (portal, { caller, params, body, now }) => {
    const { vmwarePurchaseOrder, fillPurchaseOrderInMBO, comment, ...asked } = body;
    await takeOverContract(
      portal,
      { caller, ...params, now, comment },
      { ...asked, vendorPurchaseOrder: vmwarePurchaseOrder, fillPurchaseOrderInMbo: fillPurchaseOrderInMBO },
    );
    return { body: takeOverBody(await findTakeOver(portal, caller, params.contractId)) };
  },
};

export const handler = apiHandler(aggregatorSwapRoutes, resource, portalWith(oneOffPorts));

const partyBody = ({ name, prmId }: Organization) => ({ name, prmId });

function swapBody({ given, taken, request, from, to }: ToldSwap): Answer<'getSwap'>['body'] {
  const { status, effectiveDate, comment, approverComment } = request;
  return {
    contractId: given.id,
    contractNumber: given.contractNumber,
    from: partyBody(from),
    newContractId: taken.id,
    newContractNumber: taken.contractNumber,
    to: partyBody(to),
    status,
    effectiveDate,
    comment,
    ...(approverComment !== undefined && { approverComment }),
  };
}

function takeOverBody({ given, request, serviceProvider }: ToldSwap): Answer<'getTakeOver'>['body'] {
  return {
    ...contractRequestBody(request),
    serviceProvider: partyBody(serviceProvider),
    currency: given.currency,
    termFrom: request.payload.type === 'CREATE' ? (request.payload.termFrom ?? given.termFrom) : given.termFrom,
  };
}
