import { randomUUID } from 'node:crypto';
import { aggregatorContractRoutes } from '../manifest/routes/contracts/aggregator-contracts.ts';
import { contractDetailRoutes } from '../manifest/routes/contracts/contract-details.ts';
import { contractRequestRoutes } from '../manifest/routes/contracts/contract-requests.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { oneOffPorts } from '../runtime/one-off-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { type AskedChange, checkAskedChange } from '../use-cases/asked-change.ts';
import { type AskedContract, createContract } from '../use-cases/create-contract.ts';
import { editContract } from '../use-cases/edit-contract.ts';
import { type AskedAnew, resubmitRequest, withdrawRequest } from '../use-cases/move-request.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findAggregatorContract } from '../use-cases/read-contracts.ts';
import { requestChange } from '../use-cases/requested-change.ts';
import { tagContract } from '../use-cases/tag-contract.ts';
import { aggregatorContractBody, briefBody, topUpBody } from './contract-bodies.ts';
import { contractRequestBody } from './contract-request-body.ts';

export const resource: ResourceOf<'contractChangesApi'> = {
  createContract: async (portal, { caller, body, now }) => {
    const { contract, request } = await createContract(
      portal,
      { caller, now, newId: randomUUID, comment: body.comment },
      askedContract(body),
    );
    return { body: briefBody(contract, request), location: `/api/aggregator/v1/contracts/${contract.id}` };
  },

  changeContract: async (portal, { caller, params, body, ifMatch, now }) => {
    const { vmwarePurchaseOrder, fillPurchaseOrderInMBO, ...edit } = body;
    await editContract(
      portal,
      { caller, ...params, now, newId: randomUUID, ifMatch },
      { ...edit, vendorPurchaseOrder: vmwarePurchaseOrder, fillPurchaseOrderInMbo: fillPurchaseOrderInMBO },
    );
    const found = await findAggregatorContract(portal, caller, params.contractId, now);
    return { body: aggregatorContractBody(found), version: found.contract.version };
  },

  upgradeContract: (portal, { body, ...request }) => brief(portal, request, { type: 'UPGRADE', asked: body }),
  downgradeContract: (portal, { body, ...request }) => brief(portal, request, { type: 'DOWNGRADE', asked: body }),
  terminateContract: (portal, { body, ...request }) => brief(portal, request, { type: 'TERMINATE', asked: body }),
  renewContract: (portal, { body, ...request }) => brief(portal, request, { type: 'RENEW', asked: body }),
  amendContract: (portal, { body, ...request }) => brief(portal, request, { type: 'AMEND', asked: body }),
  amendPrepayment: (portal, { body, ...request }) => brief(portal, request, { type: 'PREPAY_AMEND', asked: body }),
  updateThreshold: (portal, { body, ...request }) => brief(portal, request, { type: 'THRESHOLD_UPDATE', asked: body }),

  topUpContract: async (portal, { body, ...request }) => {
    const asked = await ask(portal, request, { type: 'TOPUP', asked: askedTopUp(body) });
    return { body: topUpBody(asked.contract, asked.request) };
  },

  withdrawContractRequest: async (portal, { caller, params, body, now }) => ({
    body: contractRequestBody(await withdrawRequest(portal, { caller, ...params, now, comment: body.comment })),
  }),

  resubmitContractRequest: async (portal, { caller, params, body, now }) => {
    const change = { caller, ...params, now, comment: body.comment };
    return { body: contractRequestBody(await resubmitRequest(portal, change, askedAnew(body))) };
  },

  setAggregatorTags: setTags,
  setProviderTags: setTags,
};

export const handler = apiHandler(
  { ...aggregatorContractRoutes, ...contractRequestRoutes, ...contractDetailRoutes },
  resource,
  portalWith(oneOffPorts),
);

type ContractRequestOf = Pick<ApiRequest<'upgradeContract'>, 'caller' | 'params' | 'now'>;

function ask(portal: Portal, { caller, params, now }: ContractRequestOf, change: AskedChange) {
  const { comment } = change.asked;
  return requestChange(portal, { caller, ...params, now, newId: randomUUID, comment }, change.type, (context) =>
    checkAskedChange(change, context),
  );
}

async function brief(portal: Portal, request: ContractRequestOf, change: AskedChange) {
  const asked = await ask(portal, request, change);
  return { body: briefBody(asked.contract, asked.request) };
}

function askedContract(body: Omit<ApiRequest<'createContract'>['body'], 'comment'>): AskedContract {
  const { vmwarePurchaseOrder, fillPurchaseOrderInMBO, ...asked } = body;
  return { ...asked, vendorPurchaseOrder: vmwarePurchaseOrder, fillPurchaseOrderInMbo: fillPurchaseOrderInMBO };
}

function askedTopUp({ vmwarePurchaseOrder, ...asked }: ApiRequest<'topUpContract'>['body']) {
  return { ...asked, vendorPurchaseOrder: vmwarePurchaseOrder };
}

function askedAnew({ ...body }: ApiRequest<'resubmitContractRequest'>['body']): AskedAnew {
  switch (body.requestType) {
    case 'CREATE':
      return { type: 'CREATE', asked: askedContract(body) };
    case 'TOPUP':
      return { type: 'TOPUP', asked: askedTopUp(body) };
    case 'UPGRADE':
    case 'DOWNGRADE':
      return { type: body.requestType, asked: body };
    case 'TERMINATE':
      return { type: 'TERMINATE', asked: body };
    case 'RENEW':
      return { type: 'RENEW', asked: body };
    case 'AMEND':
      return { type: 'AMEND', asked: body };
    case 'PREPAY_AMEND':
      return { type: 'PREPAY_AMEND', asked: body };
    case 'THRESHOLD_UPDATE':
      return { type: 'THRESHOLD_UPDATE', asked: body };
  }
}

type TagsRequest = Pick<ApiRequest<'setAggregatorTags'>, 'caller' | 'params' | 'body' | 'ifMatch' | 'now'>;

async function setTags(portal: Portal, { caller, params, body, ifMatch, now }: TagsRequest) {
  const { tags, version } = await tagContract(portal, { caller, ...params, now, ifMatch }, body.tags);
  return { body: { tags: [...tags] }, version };
}
