import { randomUUID } from 'node:crypto';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { formatPoints, formatPointsPerUnit, formatQuantity } from '../domain/numbers/amounts.ts';
import type { EntryField, LineFault } from '../domain/usage/check-entry.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import { usageLineRoutes } from '../manifest/routes/usage/usage-lines.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import {
  type AskedOperation,
  type CountedLine,
  codeOf,
  type EditOutcome,
  editLine,
  editUsage,
  refuseAny,
} from '../use-cases/edit-usage.ts';
import { reportZero } from '../use-cases/report-zero.ts';

export const resource: ResourceOf<'usageLinesApi'> = {
  addUsage: async (portal, { params, body, ...request }) => {
    const { order, counted } = await editLine(portal, edit(request, params), adding(body), nameOf);
    const { orderId } = params;
    return {
      ...writtenBody(order, counted),
      location: `/api/provider/v1/billingOrders/${orderId}/usages/${counted?.line.id}`,
    };
  },

  changeUsage: async (portal, { params, body, ...request }) => {
    const { order, counted } = await editLine(portal, edit(request, params), changing(params.usageId, body), nameOf);
    return writtenBody(order, counted);
  },

  removeUsage: async (portal, { params, query, ...request }) => {
    const removing: AskedOperation = { do: 'DELETE', lineId: params.usageId, ...query };
    const { order, counted } = await editLine(portal, edit(request, params), removing, nameOf);
    return writtenBody(order, counted);
  },

  writeUsageBatch: async (portal, { params, body, ...request }) => {
    const operations = body.operations.map(operationOf);
    const { order, outcomes } = await editUsage(portal, edit(request, params), operations, (found) => {
      if (body.atomic) refuseAny(found, (at, fault) => `operations[${at}].${nameOf(fault)}`);
    });
    const done = outcomes.filter(({ ok }) => ok).length;
    return {
      body: { done, refused: outcomes.length - done, results: outcomes.map(resultBody), order: totalsBody(order) },
      version: order.version,
    };
  },

  reportZeroUsage: async (portal, { caller, params, body, now, ifMatch }) => {
    const order = await reportZero(portal, { caller, orderId: params.orderId, now, ifMatch }, body.zero);
    return { body: totalsBody(order), version: order.version };
  },
};

export const handler = apiHandler(usageLineRoutes, resource);

type Request = Pick<ApiRequest<'addUsage'>, 'caller' | 'now' | 'ifMatch'>;

const edit = ({ caller, now, ifMatch }: Request, { orderId }: { orderId: string }) => ({
  caller,
  now,
  ifMatch,
  orderId,
  newId: randomUUID,
});

/** Parts of a line as requests name them. */
const FIELDS: Readonly<Record<EntryField, string>> = {
  line: 'usageId',
  usagePeriod: 'usagePeriod',
  product: 'code',
  site: 'siteId',
  customer: 'customerNumber',
  quantity: 'quantity',
  reason: 'reason',
  comment: 'comment',
};

const nameOf = ({ field }: LineFault): string => FIELDS[field];

function adding({
  code,
  siteId,
  customerNumber,
  usagePeriod,
  quantity,
  ...said
}: ApiRequest<'addUsage'>['body']): AskedOperation {
  return {
    do: 'ADD',
    entry: { product: code, site: siteId, customer: customerNumber, usagePeriod, quantity },
    ...said,
  };
}

function changing(lineId: string, { siteId, ...rest }: ApiRequest<'changeUsage'>['body']): AskedOperation {
  return { do: 'CHANGE', lineId, site: siteId, ...rest };
}

function operationOf(each: ApiRequest<'writeUsageBatch'>['body']['operations'][number]): AskedOperation {
  if (each.operation === 'ADD') {
    const { operation: _, ...line } = each;
    return adding(line);
  }
  if (each.operation === 'CHANGE') {
    const { operation: _, usageId, ...change } = each;
    return changing(usageId, change);
  }
  const { operation: _, usageId, ...said } = each;
  return { do: 'DELETE', lineId: usageId, ...said };
}

function writtenBody(order: BillingOrder, counted: CountedLine | undefined) {
  const body = { ...(counted && { usage: usageBody(counted) }), order: totalsBody(order) };
  return { body, version: order.version };
}

function resultBody(outcome: EditOutcome): Answer<'writeUsageBatch'>['body']['results'][number] {
  if (outcome.ok) return { status: 'DONE', ...(outcome.counted && { usage: usageBody(outcome.counted) }) };
  const { faults } = outcome;
  const errors = faults.map((fault) => ({ field: nameOf(fault), message: fault.message }));
  return { status: 'REFUSED', code: codeOf(faults), errors };
}

function totalsBody({ id, held, zeroReported }: BillingOrder): Answer<'reportZeroUsage'>['body'] {
  return {
    orderId: id,
    lines: held.lines,
    quantity: formatQuantity(held.quantity),
    reported: formatPoints(held.reported),
    outsideCommit: formatPoints(held.outsideCommit),
    arrearsPeriods: [...held.arrearsPeriods],
    zeroReported: zeroReported ?? false,
  };
}

function usageBody({ line, points }: CountedLine): NonNullable<Answer<'addUsage'>['body']['usage']> {
  const { id, usagePeriod, siteId, siteName, customerNumber, uom, inMinCommit, comment, origin } = line;
  return {
    id,
    usagePeriod,
    code: line.productCode,
    name: line.productName,
    customerNumber,
    ...(siteId !== undefined && { siteId }),
    siteName,
    quantity: formatQuantity(line.quantity),
    uom,
    ppu: formatPointsPerUnit(line.pointsPerUnit),
    points: formatPoints(points),
    inMinCommit,
    ...(line.minQuantity !== undefined && { minQuantity: formatQuantity(line.minQuantity) }),
    ...(comment !== undefined && { comment }),
    ...(origin && { origin }),
    ...(line.prefilled !== undefined && { prefilled: formatQuantity(line.prefilled) }),
    ...(line.edit && { edit: editBody(line.edit) }),
  };
}

function editBody({ original, ...edit }: NonNullable<UsageLine['edit']>) {
  return { ...edit, ...(original && { original: { ...original, quantity: formatQuantity(original.quantity) } }) };
}
