import type { ContractRequest } from '../domain/contract-request/request.ts';
import { requestQueueRoutes } from '../manifest/routes/request-queue.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { noticePorts } from '../runtime/notice-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ResourceOf } from '../runtime/resource.ts';
import { deactivateContract } from '../use-cases/deactivate-contract.ts';
import { decideRequest } from '../use-cases/decide-request.ts';
import { findQueuedRequest, listRequestQueue } from '../use-cases/read-request-queue.ts';
import { contractRequestBody } from './contract-request-body.ts';

export const resource: ResourceOf<'requestQueueApi'> = {
  listRequestQueue: async (portal, { query: { status, ...query } }) => {
    const { content, total } = await listRequestQueue(portal, status, query);
    return { body: { content: content.map(({ type: requestType, ...row }) => ({ ...row, requestType })), total } };
  },

  getQueuedRequest: async (portal, { params }) => {
    const { request, history } = await findQueuedRequest(portal, params.requestId);
    const entries = history.map(({ organizationId: _organization, subject: _subject, id: _id, ...entry }) => entry);
    return { body: { ...requestBody(request), history: entries }, version: request.version };
  },

  approveRequest: async (portal, { params, body, ...request }) =>
    answer(await decideRequest(portal, 'approve', { ...request, ...params, ...body, comment: body.comment ?? '' })),

  reviseRequest: async (portal, { params, body, ...request }) =>
    answer(await decideRequest(portal, 'askToRevise', { ...request, ...params, ...body })),

  rejectRequest: async (portal, { params, body, ...request }) =>
    answer(await decideRequest(portal, 'reject', { ...request, ...params, ...body })),

  stopRequest: async (portal, { params, body, ...request }) =>
    answer(await decideRequest(portal, 'stop', { ...request, ...params, ...body })),

  deactivateContract: async (portal, { params, body, ...request }) => {
    const { id, contractNumber, status, eolDate, version } = await deactivateContract(portal, {
      ...request,
      ...params,
      ...body,
    });
    return { body: { id, contractNumber, status, ...(eolDate && { eolDate }) }, version };
  },
};

export const handler = apiHandler(requestQueueRoutes, resource, portalWith(noticePorts));

function answer(request: ContractRequest) {
  return { body: requestBody(request), version: request.version };
}

function requestBody(request: ContractRequest): Answer<'approveRequest'>['body'] {
  const { aggregatorId, serviceProviderId, approvedOn, creditNoteNumber } = request;
  return {
    ...contractRequestBody(request),
    aggregatorId,
    serviceProviderId,
    ...(approvedOn !== undefined && { approvedOn }),
    ...(creditNoteNumber !== undefined && { creditNoteNumber }),
  };
}
