import { randomUUID } from 'node:crypto';
import type { Deal } from '../domain/deal/deal.ts';
import { formatPercent } from '../domain/numbers/amounts.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import type { RebateSheet } from '../domain/rebate/rebate-sheet.ts';
import { dealRoutes } from '../manifest/routes/deals/deals.ts';
import { rebateRoutes } from '../manifest/routes/deals/rebates.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { dealPorts } from '../runtime/deal-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { given } from '../use-cases/asked-change.ts';
import { changeRebateSheet, rebateSheet } from '../use-cases/keep-rebate-sheet.ts';
import type { Page } from '../use-cases/lists/definition.ts';
import { type DealVerb, moveDeal } from '../use-cases/move-deal.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { findDeal, listDealQueue, listDeals, readDealHistory, type ToldDeal, told } from '../use-cases/read-deals.ts';
import type { HistoryEntry } from '../use-cases/read-order-history.ts';
import { listRebateSheets, listRebates, type ToldRebate } from '../use-cases/read-rebates.ts';
import { editDeal, registerDeal } from '../use-cases/register-deal.ts';

export const resource: ResourceOf<'dealsApi'> = {
  listDeals: async (portal, { caller, query }) => page(await listDeals(portal, caller, query), dealBody),
  getDeal: async (portal, { caller, params }) => answer(await findDeal(portal, caller, params.dealId)),

  registerDeal: async (portal, { caller, body, now }) => {
    const { contractId, projectedDealValue: value, ...fields } = body;
    const asked = { ...given(fields), projectedDealValue: String(value) };
    const deal = await registerDeal(portal, { caller, contractId, dealId: randomUUID(), now }, asked);
    return { ...answer(await told(portal, deal)), location: `/api/aggregator/v1/deals/${deal.id}` };
  },
  changeDeal: async (portal, { params, body, ...request }) => {
    const { projectedDealValue: value, ...fields } = body;
    const edit = { ...fields, ...(value !== undefined && { projectedDealValue: String(value) }) };
    return answer(await told(portal, await editDeal(portal, { ...request, ...params }, edit)));
  },

  submitDeal: (portal, request) => moved(portal, 'submit', request),
  convertDeal: (portal, request) => moved(portal, 'convert', request),
  loseDeal: (portal, request) => moved(portal, 'lose', request),
  abandonDeal: (portal, request) => moved(portal, 'abandon', request),
  requestDealExtension: (portal, request) => moved(portal, 'requestExtension', request),
  listDealHistory: (portal, request) => history(portal, request),

  listVendorDeals: async (portal, { query: { status, ...query } }) =>
    page(await listDealQueue(portal, status, query), vendorBody),
  getVendorDeal: async (portal, { caller, params }) => vendorAnswer(await findDeal(portal, caller, params.dealId)),
  listVendorDealHistory: (portal, request) => history(portal, request),

  approveDeal: (portal, request) => decided(portal, 'approve', request),
  askToReviseDeal: (portal, request) => decided(portal, 'askToRevise', request),
  denyDeal: (portal, request) => decided(portal, 'deny', request),
  withdrawDealProduct: (portal, request) => decided(portal, 'withdrawProduct', request),
  approveDealExtension: (portal, request) => decided(portal, 'approveExtension', request),
  denyDealExtension: (portal, request) => decided(portal, 'denyExtension', request),

  listRebateSheets: async (portal, { query }) =>
    page(await listRebateSheets(portal, query), ({ rate: _rate, ...entry }) => entry),
  listRebates: async (portal, { caller, query: { fiscalQuarter, ...query } }) =>
    page(await listRebates(portal, caller.organizationId, fiscalQuarter, query), rebateBody),
  listVendorRebates: async (portal, { query: { fiscalQuarter, aggregatorId, ...query } }) =>
    page(await listRebates(portal, aggregatorId, fiscalQuarter, query), rebateBody),
  getRebateSheet: async (portal, { params }) => sheetAnswer(await rebateSheet(portal, params.fiscalQuarter)),
  changeRebateSheet: async (portal, { params, body, ...request }) => {
    const entries = body.entries.map(({ rate, ...entry }) => ({ ...entry, rate: String(rate) }));
    return sheetAnswer(await changeRebateSheet(portal, { ...request, quarter: params.fiscalQuarter }, entries));
  },
};

export const handler = apiHandler({ ...dealRoutes, ...rebateRoutes }, resource, portalWith(dealPorts));

type OfDeal = Pick<ApiRequest<'submitDeal'>, 'caller' | 'params' | 'now' | 'ifMatch' | 'body'>;

async function moveOf(portal: Portal, verb: DealVerb, { params, body, ...request }: OfDeal): Promise<ToldDeal> {
  return told(portal, await moveDeal(portal, verb, { ...request, ...params, ...body }));
}

const moved = async (portal: Portal, verb: DealVerb, request: OfDeal) => answer(await moveOf(portal, verb, request));
const decided = async (portal: Portal, verb: DealVerb, request: OfDeal) =>
  vendorAnswer(await moveOf(portal, verb, request));

async function history(
  portal: Portal,
  { caller, params, query }: Pick<ApiRequest<'listDealHistory'>, 'caller' | 'params' | 'query'>,
) {
  const entryBody = ({ id: _id, ...entry }: HistoryEntry) => entry;
  return page(await readDealHistory(portal, caller, params.dealId, query), entryBody);
}

const page = <Row, Body>({ content, total }: Page<Row>, bodyOf: (row: Row) => Body) => ({
  body: { content: content.map(bodyOf), total },
});
const answer = (of: ToldDeal) => ({ body: dealBody(of), version: of.deal.version });
const vendorAnswer = (of: ToldDeal) => ({ body: vendorBody(of), version: of.deal.version });

/** What several structures say of a deal's contract and service provider. */
function partiesBody({ deal, serviceProvider }: ToldDeal) {
  const { contractNumber, contractReferenceNumber, currency } = deal;
  const { name, prmId, countryRegion } = serviceProvider;
  return {
    contract: { contractNumber, contractReferenceNumber, currency },
    serviceProvider: { name, prmId, countryRegion },
  };
}

function dealBody(of: ToldDeal): Answer<'getDeal'>['body'] {
  const { deal } = of;
  return {
    ...partiesBody(of),
    id: deal.id,
    dealNumber: deal.dealNumber,
    productSKU: deal.productSKU,
    productCategory: deal.productCategory,
    projectedDealValue: formatMoney(deal.projectedDealValue, deal.currency),
    status: deal.status,
    extendStatus: deal.extendStatus,
    creationDate: deal.creationDate,
    expirationDate: deal.expirationDate,
    expectedCloseDate: deal.expectedCloseDate,
    fiscalQuarter: deal.fiscalQuarter,
    serviceProviderContact: deal.serviceProviderContact,
    aggregatorSalesContactLead: deal.aggregatorSalesContactLead,
    aggregatorManager: deal.aggregatorManager,
    ...optional(deal),
  };
}

const optional = ({ closeDate, promotionEvent }: Pick<Deal, 'closeDate' | 'promotionEvent'>) => ({
  ...(closeDate !== undefined && { closeDate }),
  ...(promotionEvent !== undefined && { promotionEvent }),
});

function vendorBody(of: ToldDeal): Answer<'getVendorDeal'>['body'] {
  const { name, prmId } = of.aggregator;
  return { ...dealBody(of), contractId: of.deal.contractId, aggregator: { name, prmId } };
}

function rebateBody(of: ToldRebate): Answer<'listRebates'>['body']['content'][number] {
  const { deal, months, rebate } = of;
  const { id: dealId, dealNumber, productSKU, closeDate = '', currency } = deal;
  return {
    ...partiesBody(of),
    dealId,
    dealNumber,
    productSKU,
    closeDate,
    usagePeriods: [...months],
    billed: formatMoney(rebate.billed, currency),
    rate: formatPercent(rebate.rate),
    rebate: formatMoney(rebate.amount, currency),
  };
}

function sheetAnswer({ quarter, entries, version }: RebateSheet) {
  const told = entries.map((entry) => ({ ...entry, rate: formatPercent(entry.rate) }));
  return { body: { fiscalQuarter: quarter, entries: told }, version };
}
