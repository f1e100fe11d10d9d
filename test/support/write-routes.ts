import { type RouteDefinition, takesIdempotencyKey } from '../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../lambdas/manifest/routes.ts';
import { type Reply, request, type Sent } from './api-requests.ts';
import { bearerOf, billOctober } from './billed-programme.ts';
import { addExampleThings, ownParams } from './example-things.ts';
import { ALL_ROLES, type ApiPortal, openApiPortal } from './portal.ts';
import { TABLE_NAME } from './portal-parts.ts';

/** Who sends the examples of routes: the organization whose things they name. */
const SENDER = { VENDOR: 'VENDOR', AGGREGATOR: 'AGG-1', SERVICE_PROVIDER: 'SP-1' } as const;

/** What stands for the ids in the paths of the vendor's routes. */
const OF_THE_PROGRAMME: Readonly<Record<string, string>> = {
  userId: 'user-of-vendor',
  tokenId: 'token-user-of-vendor',
  webhookId: 'webhook-of-vendor',
  organizationId: 'AGG-1',
  billToAccountId: 'account-of-AGG-1',
  requestId: 'request-1',
  contractId: 'C-0001',
  orderId: 'order-1',
  commitmentId: 'commitment-1',
  oneOffOrderId: 'C-0001_0',
  dealId: 'deal-1',
  deliveryNumber: 'SD-1',
  veloOrderId: 'velo-order-1',
  number: 'INV-2026-000001',
};

/** What stands for them in the paths of some, which need a thing in another state. */
const OF_ONE: { readonly [Id in RouteId]?: Readonly<Record<string, string>> } = {
  approveOrder: { orderId: 'order-2' },
  sendBackOrder: { orderId: 'order-2' },
  inviteFirstAdministrator: { organizationId: 'AGG-2' },
};

/** What stands for the ids in the bodies of examples. */
const IN_BODIES: Readonly<Record<string, string>> = {
  contractId: 'C-0001',
  customerId: 'customer-1',
  serviceProviderId: 'SP-1',
  aggregatorId: 'AGG-1',
  billToAccountId: 'account-of-AGG-1',
  siteId: 'site-1',
  usageSiteId: 'site-1',
  orderId: 'order-1',
  workGroupId: 'group-1',
};

const PAID = { paidOn: '2026-11-10' };

/** Members of bodies that are to be otherwise than in the examples: of what there is, on the clock of the tests. */
const INSTEAD: { readonly [Id in RouteId]?: object } = {
  createAggregatorWorkGroup: { items: [{ contracts: [{ contractId: 'C-0001' }] }] },
  createProviderWorkGroup: { items: [{ contracts: [{ contractId: 'C-0001' }] }] },
  createAggregatorWebhook: { url: 'http://127.0.0.1:1/hooks' },
  createProviderWebhook: { url: 'http://127.0.0.1:1/hooks' },
  createVendorWebhook: { url: 'http://127.0.0.1:1/hooks' },
  createAggregatorUsageSite: { name: 'another_site' },
  createProviderUsageSite: { name: 'another_site' },
  changeVendorMailPreferences: { kinds: [] },
  announcePayment: PAID,
  recordPayment: PAID,
  registerDeal: { productSKU: 'CORE' },
  changeDeal: { productSKU: 'CORE' },
  askForSwap: { aggregatorPrmId: 'prm-AGG-2' },
  startClose: { period: '2026-09' },
};

/** A value with those of its members that are named so replaced, however deep. */
function withMembers(value: unknown, members: Readonly<Record<string, string>>): unknown {
  return JSON.parse(JSON.stringify(value), (name, each) =>
    typeof each === 'string' && members[name] !== undefined ? members[name] : each,
  );
}

export type WriteRoute = {
  id: RouteId;
  route: RouteDefinition;
  sender: string;
  /** Its example, of things that there are in `openWritten`. */
  sent: Pick<Sent, 'params' | 'query' | 'body'>;
};

/** Every route that changes something and is asked by somebody. */
export const writeRoutes: readonly WriteRoute[] = (Object.entries(routes) as [RouteId, RouteDefinition][]).flatMap(
  ([id, route]) => {
    const { access, example } = route;
    if (access === 'PUBLIC' || !takesIdempotencyKey(route)) return [];
    const { params = {}, query, body } = example;
    const named =
      access.organizationType === 'VENDOR'
        ? Object.fromEntries(Object.entries(params).map(([name, value]) => [name, OF_THE_PROGRAMME[name] ?? value]))
        : ownParams(access, params);
    const sent = {
      params: { ...named, ...OF_ONE[id] },
      ...(query && { query }),
      ...(body !== undefined && { body: withMembers(INSTEAD[id] ? { ...body, ...INSTEAD[id] } : body, IN_BODIES) }),
    };
    return [{ id, route, sender: SENDER[access.organizationType], sent }];
  },
);

/** Writes that have to be done before one can be. */
const FIRST: { readonly [Id in RouteId]?: readonly RouteId[] } = {
  unlockAggregatorUser: ['lockAggregatorUser'],
  unlockProviderUser: ['lockProviderUser'],
  unlockVendorUser: ['lockVendorUser'],
  activateOrganization: ['deactivateOrganization'],
  terminateContract: ['withdrawContractRequest'],
  askForSwap: ['withdrawContractRequest'],
  rejectOrder: ['submitOrder'],
  approveCommitmentCancellation: ['cancelCustomerCommitment'],
  rejectCommitmentCancellation: ['cancelCustomerCommitment'],
  registerUsageMeter: ['chooseAutomaticReporting'],
  approveDeal: ['submitDeal'],
  askToReviseDeal: ['submitDeal'],
  denyDeal: ['submitDeal'],
  withdrawDealProduct: ['submitDeal', 'approveDeal'],
  loseDeal: ['submitDeal', 'approveDeal'],
  requestDealExtension: ['submitDeal', 'approveDeal'],
  approveDealExtension: ['submitDeal', 'approveDeal', 'requestDealExtension'],
  denyDealExtension: ['submitDeal', 'approveDeal', 'requestDealExtension'],
  confirmServiceDelivery: ['disputeServiceDelivery'],
  bookPayment: ['announcePayment'],
  rejectPayment: ['announcePayment'],
  reversePayment: ['announcePayment', 'bookPayment'],
};

export type WrittenPortal = ApiPortal & {
  /** Sends a write as its sender, who has every role. */
  write(to: WriteRoute, sent?: Sent): Promise<Reply>;
  /** Rows of the table, without what is kept of Idempotency-Keys: those of the audit trail, and all others. */
  rows(): Promise<{ audit: string[]; others: string[] }>;
};

/** A portal in which there is what the examples name, where this write can be done. */
export async function openWritten({ id }: WriteRoute): Promise<WrittenPortal> {
  const opened = await openApiPortal();
  await billOctober(opened);
  await addExampleThings(opened);
  await opened.addUser({ id: 'user-of-vendor', organizationId: 'VENDOR', roles: ['Operations'] });
  const tokens = new Map<string, string>();
  for (const sender of Object.values(SENDER)) tokens.set(sender, await bearerOf(opened, sender, ALL_ROLES));
  const write: WrittenPortal['write'] = (to, sent = {}) =>
    request(opened.portal, to.id, { ...to.sent, ...sent, token: tokens.get(to.sender) });
  for (const first of FIRST[id] ?? []) {
    const { status, body } = await write(writeRoutes.find((each) => each.id === first) as WriteRoute);
    if (status >= 300) throw new Error(`${first}, which comes before ${id}, was refused: ${JSON.stringify(body)}`);
  }
  return { ...opened, write, rows: () => rowsOf(opened) };
}

/** Rows of its table, without what is kept of Idempotency-Keys: those of the audit trail, and all others. */
export async function rowsOf({ database }: Pick<ApiPortal, 'database'>) {
  const { body } = await database.execute('Scan', { TableName: TABLE_NAME });
  const items = (body as { Items: { pk: { S: string } }[] }).Items;
  const startsWith = (text: string) => items.filter(({ pk }) => pk.S.startsWith(text));
  const audit = startsWith('AUDIT#');
  const apart = new Set([...audit, ...startsWith('IDEMPOTENCY#')]);
  const others = items.filter((each) => !apart.has(each));
  return { audit: audit.map((each) => JSON.stringify(each)), others: others.map((each) => JSON.stringify(each)) };
}
