import { renderConsolidatedBillCsv } from '../documents/consolidated-bill-csv.ts';
import { renderStatementCsv } from '../documents/statement-csv.ts';
import type { Period, PlainDate } from '../domain/calendar/period.ts';
import { accountRoutes } from '../manifest/routes/bills/accounts.ts';
import { explanationRoutes } from '../manifest/routes/bills/explanations.ts';
import { monthlyBillRoutes } from '../manifest/routes/bills/monthly-bills.ts';
import { partyDocumentRoutes } from '../manifest/routes/party-documents.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import type { Caller } from '../use-cases/caller.ts';
import { type ExplainedLine, explainInvoiceLine } from '../use-cases/explain-invoice-line.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listAccountEntries, readAccount } from '../use-cases/read-account.ts';
import { findPartyDocument, listPartyDocuments, readConsolidatedBills } from '../use-cases/read-party-documents.ts';
import { listBilledMonths, readBillOfPeriod, readStatementOfPeriod } from '../use-cases/read-period-documents.ts';
import { accountOwner, aggregator, type OwnerRequest, provider } from './bill-owner.ts';
import { commercialExplanation, providerExplanation } from './explanation-bodies.ts';

type OfMonth = OwnerRequest<{ period: Period }>;

const listBills = async (portal: Portal, request: OwnerRequest<object, ListQuery>) => ({
  body: await listBilledMonths(portal, await provider(portal, request), request.query),
});

const listStatements = async (portal: Portal, request: OwnerRequest<object, ListQuery>) => {
  const { content, total } = await listBilledMonths(portal, await aggregator(portal, request), request.query);
  return { body: { content: content.map(({ totals = [], ...month }) => ({ ...month, totals: [...totals] })), total } };
};

const getBill = async (portal: Portal, request: OfMonth) => {
  const body = await readBillOfPeriod(portal, await provider(portal, request), request.params.period);
  return { body, csv: () => renderConsolidatedBillCsv(body) };
};

const getStatement = async (portal: Portal, request: OfMonth) => {
  const body = await readStatementOfPeriod(portal, await aggregator(portal, request), request.params.period);
  return { body, csv: () => renderStatementCsv(body) };
};

const getAccount = async (portal: Portal, request: OwnerRequest<object, { from?: PlainDate | undefined }>) => {
  const { from } = request.query;
  const balances = await readAccount(portal, await accountOwner(portal, request), from);
  return { body: { ...(from !== undefined && { from }), balances } };
};

const listEntries = async (
  portal: Portal,
  request: OwnerRequest<object, ListQuery & { from?: PlainDate | undefined }>,
) => ({
  body: await listAccountEntries(portal, await accountOwner(portal, request), request.query),
});

type OfLine = { caller: Caller; params: { number: string; line: number } };
const explain =
  <Body>(bodyOf: (explained: ExplainedLine) => Body) =>
  async (portal: Portal, { caller, params }: OfLine) => ({
    body: bodyOf(await explainInvoiceLine(portal, caller, params.number, params.line)),
  });

export const resource: ResourceOf<'billsApi'> = {
  listProviderMonthlyBills: listBills,
  getProviderMonthlyBill: getBill,
  listAggregatorMonthlyStatements: listStatements,
  getAggregatorMonthlyStatement: getStatement,
  listVendorMonthlyBills: listBills,
  getVendorMonthlyBill: getBill,
  listVendorMonthlyStatements: listStatements,
  getVendorMonthlyStatement: getStatement,
  getAggregatorAccount: getAccount,
  listAggregatorAccountEntries: listEntries,
  getVendorAccount: getAccount,
  listVendorAccountEntries: listEntries,
  explainProviderLine: explain(providerExplanation),
  explainAggregatorLine: explain(commercialExplanation),
  explainVendorLine: explain(commercialExplanation),

  listConsolidatedBills: async (portal, { caller, query }) => {
    const { content, total } = await listPartyDocuments(portal, caller, query);
    const rows = content.map(({ period, run, reference }) => ({ usagePeriod: period, run, reference }));
    return { body: { content: rows, total } };
  },

  getConsolidatedBills: async (portal, { caller, params }) => {
    const content = await readConsolidatedBills(portal, caller, params.period);
    return { body: { content, total: content.length } };
  },

  getConsolidatedBillDocument: async (portal, { caller, params, now }) => {
    const { key, run } = await findPartyDocument(portal, caller, params.period, params.run);
    return { body: await portal.documents.link(`${key}.${params.ext}`, `consolidated-bill-${run}.${params.ext}`, now) };
  },
};

export const handler = apiHandler(
  { ...monthlyBillRoutes, ...accountRoutes, ...explanationRoutes, ...partyDocumentRoutes },
  resource,
);
