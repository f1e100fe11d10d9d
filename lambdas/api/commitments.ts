import type { Period } from '../domain/calendar/period.ts';
import type { CustomerCommitment } from '../domain/customer-commitment/customer-commitment.ts';
import { formatPoints, type Points } from '../domain/numbers/amounts.ts';
import { customerCommitmentRoutes } from '../manifest/routes/customer-commitments.ts';
import { productCommitmentRoutes } from '../manifest/routes/product-commitments.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { commitmentPorts } from '../runtime/commitment-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { Answer, ApiRequest, ResourceOf } from '../runtime/resource.ts';
import {
  askToCancelCommitment,
  type CommitmentChange,
  decideCancellation,
  renameCustomerCommitment,
} from '../use-cases/cancel-customer-commitment.ts';
import { makeCustomerCommitment } from '../use-cases/make-customer-commitment.ts';
import {
  listCancellations,
  listCustomerCommitments,
  type NamedCommitment,
  ownCommitment,
} from '../use-cases/read-customer-commitments.ts';
import { readReportingHistory } from '../use-cases/read-reporting-history.ts';
import { productCommitments } from './product-commitments.ts';

export const resource: ResourceOf<'commitmentsApi'> = {
  ...productCommitments,

  listCustomerCommitments: async (portal, { caller, params, query }) => {
    const { content, total } = await listCustomerCommitments(portal, caller, params.contractId, query);
    return { body: { content: content.map(commitmentBody), total } };
  },

  createCustomerCommitment: async (portal, { caller, params, body, now }) =>
    answer(await makeCustomerCommitment(portal, { caller, ...params, now }, body)),

  getCustomerCommitment: async (portal, { caller, params }) =>
    answer(await ownCommitment(portal, caller, 'readCommitments', params)),

  updateCustomerCommitment: async (portal, request) =>
    answer(await renameCustomerCommitment(portal, changeOf(request), request.body.name)),

  getCommitmentCancellation: async (portal, { caller, params }) =>
    cancellation((await ownCommitment(portal, caller, 'readCommitments', params)).commitment),

  getCommitmentReportingHistory: async (portal, { caller, params, now }) => {
    const months = await readReportingHistory(portal, caller, params, now);
    return {
      body: {
        months: months.map(({ usagePeriod, minimumCommit, reported, underage, orderStatus }) => ({
          usagePeriod,
          minimumCommit: formatPoints(minimumCommit),
          reported: formatPoints(reported),
          underage: formatPoints(underage),
          ...(orderStatus !== undefined && { orderStatus }),
        })),
      },
    };
  },

  cancelCustomerCommitment: async (portal, request) =>
    cancellation(await askToCancelCommitment(portal, changeOf(request, request.body.reason))),

  listCommitmentCancellations: async (portal, { query }) => ({ body: await listCancellations(portal, query) }),

  approveCommitmentCancellation: async (portal, request) =>
    cancellation(await decideCancellation(portal, 'approve', changeOf(request, request.body.comment))),

  rejectCommitmentCancellation: async (portal, request) =>
    cancellation(await decideCancellation(portal, 'reject', changeOf(request, request.body.comment))),
};

export const handler = apiHandler(
  { ...customerCommitmentRoutes, ...productCommitmentRoutes },
  resource,
  portalWith(commitmentPorts),
);

type OfCommitment = Pick<ApiRequest<'updateCustomerCommitment'>, 'caller' | 'params' | 'now' | 'ifMatch'>;

const changeOf = ({ caller, params, now, ifMatch }: OfCommitment, said?: string): CommitmentChange => ({
  caller,
  ...params,
  now,
  ifMatch,
  said,
});

const answer = (named: NamedCommitment) => ({ body: commitmentBody(named), version: named.commitment.version });

function commitmentBody({
  commitment: { id, customerId, customerNumber, from: bol, until: eol, commitment, status, minCommits, name },
  customerName,
}: NamedCommitment): Answer<'getCustomerCommitment'>['body'] {
  const entries = Object.entries(minCommits) as [Period, Points][];
  return {
    id,
    customer: { id: customerId, customerNumber, name: customerName },
    bol,
    eol,
    commitment: formatPoints(commitment),
    status,
    minCommits: Object.fromEntries(entries.sort().map(([month, entry]) => [month, formatPoints(entry)])),
    name,
  };
}

function cancellation({
  id: commitmentId,
  contractId,
  status: commitmentStatus,
  version,
  ...rest
}: CustomerCommitment) {
  const { requesterId: _by, ...told } = rest.cancellation ?? { status: 'NONE' as const, requesterId: '' };
  return { body: { commitmentId, contractId, commitmentStatus, ...told }, version };
}
