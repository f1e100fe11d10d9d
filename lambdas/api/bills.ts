import { renderConsolidatedBillCsv } from '../documents/consolidated-bill-csv.ts';
import { renderStatementCsv } from '../documents/statement-csv.ts';
import type { Period, PlainDate } from '../domain/calendar/period.ts';
import type { OrganizationType } from '../domain/organization/organization.ts';
import type { ActionName } from '../manifest/actions.ts';
import { accountRoutes } from '../manifest/routes/bills/accounts.ts';
import { explanationRoutes } from '../manifest/routes/bills/explanations.ts';
import { monthlyBillRoutes } from '../manifest/routes/bills/monthly-bills.ts';
import type { DocumentExtension } from '../manifest/routes/common.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ResourceOf } from '../runtime/resource.ts';

import { billedOrganization } from '../use-cases/billed-organization.ts';
import type { Caller } from '../use-cases/caller.ts';
import { type ExplainedLine, explainInvoiceLine } from '../use-cases/explain-invoice-line.ts';
import type { ListQuery } from '../use-cases/lists/definition.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { listAccountEntries, readAccount } from '../use-cases/read-account.ts';
import {
  findPeriodDocument,
  listBilledMonths,
  readBillOfPeriod,
  readStatementOfPeriod,
} from '../use-cases/read-period-documents.ts';
import { commercialExplanation, providerExplanation } from './explanation-bodies.ts';

/** A request about the caller's own organization or, by the vendor, about the one in the path. */
type Request<Params = object, Query = object> = {
  caller: Caller;
  params: Params & { organizationId?: string };
  query: Query;
  now: Date;
};
type OfMonth = Request<{ period: Period }>;
type Document = Request<{ period: Period; ext: DocumentExtension }>;

/** Whose bills are asked for. */
const whose =
  (action: ActionName, type: OrganizationType) =>
  async (portal: Portal, { caller, params }: Request): Promise<string> => {
    if (params.organizationId === undefined) return caller.organizationId;
    return (await billedOrganization(portal, caller, action, params.organizationId, type)).id;
  };
const provider = whose('readConsolidatedBills', 'SERVICE_PROVIDER');
const aggregator = whose('readStatements', 'AGGREGATOR');
const accountOwner = whose('readAccounts', 'AGGREGATOR');

const listBills = async (portal: Portal, request: Request<object, ListQuery>) => ({
  body: await listBilledMonths(portal, await provider(portal, request), request.query),
});

const listStatements = async (portal: Portal, request: Request<object, ListQuery>) => {
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

const documentOf = (owner: typeof provider, name: string) => async (portal: Portal, request: Document) => {
  const { period, ext } = request.params;
  const key = await findPeriodDocument(portal, await owner(portal, request), period);
  return { body: await portal.documents.link(`${key}.${ext}`, `${name}-${period}.${ext}`, request.now) };
};
const getBillDocument = documentOf(provider, 'bill');
const getStatementDocument = documentOf(aggregator, 'statement');

const getAccount = async (portal: Portal, request: Request<object, { from?: PlainDate | undefined }>) => {
  const { from } = request.query;
  const balances = await readAccount(portal, await accountOwner(portal, request), from);
  return { body: { ...(from !== undefined && { from }), balances } };
};

const listEntries = async (portal: Portal, request: Request<object, ListQuery & { from?: PlainDate | undefined }>) => ({
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
  getProviderMonthlyBillDocument: getBillDocument,
  listAggregatorMonthlyStatements: listStatements,
  getAggregatorMonthlyStatement: getStatement,
  getAggregatorMonthlyStatementDocument: getStatementDocument,
  listVendorMonthlyBills: listBills,
  getVendorMonthlyBill: getBill,
  getVendorMonthlyBillDocument: getBillDocument,
  listVendorMonthlyStatements: listStatements,
  getVendorMonthlyStatement: getStatement,
  getVendorMonthlyStatementDocument: getStatementDocument,
  getAggregatorAccount: getAccount,
  listAggregatorAccountEntries: listEntries,
  getVendorAccount: getAccount,
  listVendorAccountEntries: listEntries,
  explainProviderLine: explain(providerExplanation),
  explainAggregatorLine: explain(commercialExplanation),
  explainVendorLine: explain(commercialExplanation),
};

export const handler = apiHandler({ ...monthlyBillRoutes, ...accountRoutes, ...explanationRoutes }, resource);
