import { unitOf } from '../domain/catalogue/family.ts';
import { formatPoints } from '../domain/numbers/amounts.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import { aggregatorContractRoutes } from '../manifest/routes/contracts/aggregator-contracts.ts';
import { contractDetailRoutes } from '../manifest/routes/contracts/contract-details.ts';
import { contractRequestRoutes } from '../manifest/routes/contracts/contract-requests.ts';
import { providerContractRoutes } from '../manifest/routes/contracts/provider-contracts.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { adviseContract, type ContractAdvice } from '../use-cases/advise-contract.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findContractRequest, listContractRequests } from '../use-cases/read-contract-requests.ts';
import {
  findAggregatorContract,
  findProviderContract,
  listAggregatorContracts,
  listProviderContracts,
  ownContract,
} from '../use-cases/read-contracts.ts';
import { type Prepayment, readPrepayment } from '../use-cases/read-prepayment.ts';
import { readTimeline, type TimelineEntry } from '../use-cases/read-timeline.ts';
import { aggregatorContractBody, pageBody, providerContractBody } from './contract-bodies.ts';
import { contractRequestBody } from './contract-request-body.ts';

export const resource: ResourceOf<'contractsApi'> = {
  listAggregatorContracts: async (portal, { caller, query, now }) =>
    pageBody(await listAggregatorContracts(portal, caller, query, now), aggregatorContractBody),

  getAggregatorContract: async (portal, { caller, params, now }) => {
    const found = await findAggregatorContract(portal, caller, params.contractId, now);
    return { body: aggregatorContractBody(found), version: found.contract.version };
  },

  listProviderContracts: async (portal, { caller, query }) =>
    pageBody(await listProviderContracts(portal, caller, query), providerContractBody),

  getProviderContract: async (portal, { caller, params }) => {
    const found = await findProviderContract(portal, caller, params.contractId);
    return { body: providerContractBody(found), version: found.contract.version };
  },

  listContractRequests: async (portal, { caller, params, query }) =>
    pageBody(await listContractRequests(portal, caller, params.contractId, query), contractRequestBody),

  getContractRequest: async (portal, { caller, params }) => {
    const request = await findContractRequest(portal, caller, params.contractId, params.requestId);
    return { body: contractRequestBody(request), version: request.version };
  },

  readAggregatorTimeline: timelineOf,
  readProviderTimeline: timelineOf,
  getAggregatorTags: tagsOf,
  getProviderTags: tagsOf,

  getPrepayment: async (portal, { caller, params, now }) => ({
    body: prepaymentBody(await readPrepayment(portal, caller, params.contractId, now)),
  }),

  adviseCommit: async (portal, { caller, params, now }) => ({
    body: adviceBody(await adviseContract(portal, caller, params.contractId, now)),
  }),
};

export const handler = apiHandler(
  {
    ...aggregatorContractRoutes,
    ...providerContractRoutes,
    ...contractRequestRoutes,
    ...contractDetailRoutes,
  },
  resource,
);

type OfContract = Pick<ApiRequest<'getAggregatorTags'>, 'caller' | 'params'>;
type TimelineRequest = Pick<ApiRequest<'readAggregatorTimeline'>, 'caller' | 'params' | 'query'>;

async function timelineOf(portal: Portal, { caller, params, query }: TimelineRequest) {
  return pageBody(await readTimeline(portal, caller, params.contractId, query), entryBody);
}

function entryBody({ id: _id, request, ...entry }: TimelineEntry) {
  const { id: requestId, token, payload } = request ?? {};
  return {
    ...entry,
    ...(requestId !== undefined && { requestId }),
    ...(payload && { requestType: payload.type }),
    ...(token !== undefined && { token }),
  };
}

async function tagsOf(portal: Portal, { caller, params }: OfContract) {
  const { contract } = await ownContract(portal, caller, 'readContracts', params.contractId);
  return { body: { tags: [...contract.tags] }, version: contract.version };
}

function prepaymentBody({
  contract: { id, currency, listing, prepaid, triggerPoint },
  balance,
  movements,
  forecast,
}: Prepayment): Answer<'getPrepayment'>['body'] {
  return {
    contractId: id,
    unit: unitOf(listing.familyType),
    currency,
    ...(prepaid !== undefined && { prepaid: formatPoints(prepaid) }),
    ...(triggerPoint !== undefined && { triggerPoint: formatPoints(triggerPoint) }),
    balance: formatPoints(balance),
    movements: movements.map(({ sequence, kind, points, balanceAfter, usagePeriod, token }) => ({
      sequence,
      kind,
      amount: formatPoints(points),
      balanceAfter: formatPoints(balanceAfter),
      ...(usagePeriod !== undefined && { usagePeriod }),
      ...(token !== undefined && { token }),
    })),
    forecast,
  };
}

function adviceBody({
  contract: { id, currency },
  months,
  skus,
  unpriced,
}: ContractAdvice): Answer<'adviseCommit'>['body'] {
  return {
    contractId: id,
    currency,
    months: months.map(({ period, reported, outside }) => ({
      usagePeriod: period,
      reported: formatPoints(reported),
      outsideCommit: formatPoints(outside),
    })),
    skus: skus.map(({ sku, isPresent, cost }) => ({
      code: sku.code,
      contractType: sku.contractType,
      minCommit: formatPoints(sku.minimumPoints),
      isPresent,
      cost: formatMoney(cost, currency),
    })),
    unpriced: [...unpriced],
  };
}
