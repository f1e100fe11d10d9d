import { createHmac } from 'node:crypto';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { deliverWebhooks } from '../../lambdas/use-cases/deliver-webhooks.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import { type ContractPortal, openContractPortal } from '../support/contract-portal.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';

const AGG = { organizationId: 'AGG-1' };
const SP = { organizationId: 'SP-1' };
const HOUR_MS = 3_600_000;

let opened: ContractPortal;
let receiver: Awaited<ReturnType<typeof openWebhookReceiver>>;
beforeEach(async () => {
  [opened, receiver] = await Promise.all([openContractPortal(), openWebhookReceiver()]);
  opened.portal.eventBus = { publish: async () => [] };
});
afterEach(() => Promise.all([opened.close(), receiver.close()]));

type Kind = 'Aggregator' | 'Provider' | 'Vendor';
const SENDERS = { Aggregator: AGG, Provider: SP, Vendor: { organizationId: 'VENDOR' } };
const create = (kind: Kind = 'Aggregator', over: object = {}) =>
  opened.send(
    `create${kind}Webhook`,
    { body: { url: receiver.url, description: 'Our system', ...over } },
    SENDERS[kind],
  );
const onOne = (id: RouteId, webhookId: unknown, sent: object = {}) =>
  opened.send(id, { params: { webhookId: String(webhookId) }, ...sent }, AGG);
const pass = (ms: number): void => {
  opened.clock.time = new Date(opened.clock.time.getTime() + ms);
};

const statusOf = (n: number, over: object = {}): PortalEvent => ({
  id: `ContractStatusChanged#contract#${n}`,
  type: 'ContractStatusChanged',
  time: opened.clock.time.toISOString(),
  detail: {
    contractId: 'contract',
    contractNumber: '100001',
    aggregatorId: 'AGG-1',
    serviceProviderId: 'SP-1',
    from: 'ACTIVE',
    status: 'EXPIRED',
    ...over,
  },
});
const closed: PortalEvent = {
  id: 'PeriodClosed#2026-10-1',
  type: 'PeriodClosed',
  time: '2026-11-10T02:00:00.000Z',
  detail: { period: '2026-10', run: '2026-10-1', invoices: 1, setAside: 0 },
};
const invoiced: PortalEvent = {
  id: 'InvoiceIssued#INV-2026-000001',
  type: 'InvoiceIssued',
  time: '2026-11-10T02:00:00.000Z',
  detail: {
    number: 'INV-2026-000001',
    kind: 'ORDER',
    usagePeriod: '2026-10',
    contractNumber: '100001',
    aggregatorId: 'AGG-1',
    serviceProviderId: 'SP-1',
    currency: 'USD',
    gross: '10.00',
  },
};

/** Events that have happened, on their way to endpoints. */
async function happened(...events: PortalEvent[]): Promise<void> {
  for (const event of events) await opened.portal.units.commit([opened.portal.outbox.queued(event)]);
  await relayOutbox(opened.portal);
}

/** Runs the job, which must not fail anything; answers ids and paths of what was received. */
async function delivered(portal: Portal = opened.portal): Promise<string[]> {
  const { failures } = await deliverWebhooks(portal);
  if (failures[0]) throw failures[0];
  return receiver.received.splice(0).map(({ headers }) => String(headers['webhook-id']));
}

test('an event is sent once to each endpoint that may know of it, signed, with its own id', async () => {
  const secret = String((await create()).body.secret);
  await happened(statusOf(1));
  expect((await deliverWebhooks(opened.portal)).delivered).toBe(1);
  const [{ headers, body }] = receiver.received.splice(0) as [(typeof receiver.received)[0]];
  const timestamp = String(Math.floor(opened.clock.time.getTime() / 1000));
  expect(headers).toMatchObject({
    'webhook-id': 'ContractStatusChanged#contract#1',
    'webhook-timestamp': timestamp,
    'content-type': 'application/json',
  });
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signed = createHmac('sha256', key).update(`${headers['webhook-id']}.${timestamp}.${body}`).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${signed}`);
  expect(JSON.parse(body)).toEqual({
    type: 'ContractStatusChanged',
    timestamp: '2026-11-10T02:00:00.000Z',
    data: statusOf(1).detail,
  });
  pass(HOUR_MS);
  expect(await delivered()).toEqual([]);
});

test('organizations are told what names them and they may know, by the types they have chosen', async () => {
  await create('Aggregator', { url: `${receiver.url}/agg` });
  await create('Provider', { url: `${receiver.url}/sp` });
  await create('Vendor', { url: `${receiver.url}/vendor`, eventTypes: ['PeriodClosed', 'InvoiceIssued'] });
  await happened(statusOf(1), statusOf(2, { aggregatorId: 'AGG-2', serviceProviderId: 'SP-2' }), closed, invoiced);
  await deliverWebhooks(opened.portal);
  expect(receiver.received.map(({ path, headers }) => `${path} ${headers['webhook-id']}`).sort()).toEqual([
    '/hooks/agg ContractStatusChanged#contract#1',
    '/hooks/agg InvoiceIssued#INV-2026-000001',
    '/hooks/sp ContractStatusChanged#contract#1',
    '/hooks/vendor InvoiceIssued#INV-2026-000001',
    '/hooks/vendor PeriodClosed#2026-10-1',
  ]);
});

test.each([
  [{ url: 'http://10.0.0.1/' }, 'url'],
  [{ url: 'https://169.254.169.254/' }, 'url'],
  [{ url: 'nonsense' }, 'url'],
  [{ eventTypes: ['PeriodClosed'] }, 'eventTypes'],
  [{ eventTypes: ['Other'] }, 'eventTypes[0]'],
  [{ description: '' }, 'description'],
  [{ secret: 'mine' }, 'secret'],
])('a webhook that is wrong is refused, naming %j', async (over, field) => {
  expect((await create('Aggregator', over)).body).toMatchObject({ status: 400, errors: [{ field }] });
});

test('a secret is shown once, and stored nowhere in clear; repeated with its key the answer is lost', async () => {
  const headers = { 'idempotency-key': 'once' };
  const body = { url: receiver.url, description: 'Our system' };
  const first = await opened.send('createAggregatorWebhook', { body, headers }, AGG);
  expect((await opened.send('createAggregatorWebhook', { body, headers }, AGG)).body.code).toBe('ANSWER_LOST');
  const { secret, id } = first.body as { secret: string; id: string };
  const told = await onOne('getAggregatorWebhook', id);
  expect(told.text).not.toContain('whsec_');
  const all = JSON.stringify(await opened.database.execute('Scan', { TableName: 'portal' }));
  expect(all).not.toContain(secret.slice(6));
});

test('no organization sees, changes or replays what is of another', async () => {
  const { id } = (await create()).body;
  const params = { webhookId: String(id) };
  const sender = { organizationId: 'AGG-2' };
  for (const [route, body] of [
    ['getAggregatorWebhook', undefined],
    ['changeAggregatorWebhook', { description: 'Mine' }],
    ['deleteAggregatorWebhook', undefined],
    ['rotateAggregatorWebhookSecret', undefined],
    ['listAggregatorDeadLetters', undefined],
    ['replayAggregatorDeadLetters', {}],
  ] as const) {
    expect((await opened.send(route, { params, ...(body && { body }) }, sender)).status).toBe(404);
  }
});

test('what fails is tried again with the same id, later and later, and is a dead letter in the end', async () => {
  const { id } = (await create()).body;
  await happened(statusOf(1));
  receiver.state.answer = () => 500;
  const bodies = new Set<string>();
  for (let hours = 0; hours < 80; hours++) {
    await deliverWebhooks(opened.portal);
    for (const { body } of receiver.received) bodies.add(body);
    pass(HOUR_MS);
  }
  expect(receiver.received).toHaveLength(10);
  expect(bodies.size).toBe(1);
  const { body } = await onOne('listAggregatorDeadLetters', id);
  expect(body).toMatchObject({
    total: 1,
    content: [
      {
        eventId: statusOf(1).id,
        attempts: 10,
        lastAttempt: { outcome: 'answered 500' },
        type: 'ContractStatusChanged',
      },
    ],
  });
  receiver.state.answer = () => 204;
  receiver.received.splice(0);
  expect((await onOne('replayAggregatorDeadLetters', id, { body: {} })).body).toEqual({ replayed: 1 });
  expect((await onOne('replayAggregatorDeadLetters', id, { body: { eventIds: [statusOf(1).id] } })).body).toEqual({
    replayed: 0,
  });
  expect(await delivered()).toEqual([statusOf(1).id]);
  expect((await onOne('listAggregatorDeadLetters', id)).body.total).toBe(0);
});

test('dead letters are gone after 30 days, whatever the database has taken away', async () => {
  const { id } = (await create()).body;
  await happened(statusOf(1));
  await onOne('changeAggregatorWebhook', id, { body: { status: 'DISABLED' } });
  expect(await delivered()).toEqual([]);
  expect((await onOne('listAggregatorDeadLetters', id)).body.total).toBe(1);
  pass(30 * 24 * HOUR_MS);
  expect((await onOne('listAggregatorDeadLetters', id)).body.total).toBe(0);
});

test('an endpoint that fails for five days is disabled, and its organization told once', async () => {
  const { id } = (await create()).body;
  receiver.state.answer = () => 503;
  for (let day = 0; day < 6; day++) {
    await happened(statusOf(day));
    await deliverWebhooks(opened.portal);
    pass(24 * HOUR_MS);
  }
  expect((await onOne('getAggregatorWebhook', id)).body).toMatchObject({
    status: 'DISABLED',
    disabledReason: expect.stringContaining('answered 503'),
  });
  for (const notice of await opened.portal.notices.waiting()) await tellParties(opened.portal, notice);
  expect(opened.mails.map(({ to, subject }) => `${to[0]?.address}: ${subject}`)).toEqual([
    `mail@AGG-1.example: Webhook at ${new URL(receiver.url).host} is disabled`,
  ]);
  receiver.received.splice(0);
  await happened(statusOf(7));
  expect(await delivered()).toEqual([]);
  const enabled = await onOne('changeAggregatorWebhook', id, { body: { status: 'ACTIVE' } });
  expect([enabled.body.status, enabled.body.disabledReason]).toEqual(['ACTIVE', undefined]);
  expect((await onOne('changeAggregatorWebhook', id, { body: { status: 'ACTIVE' } })).status).toBe(200);
  receiver.state.answer = () => 200;
  await happened(statusOf(8));
  expect(await delivered()).toContain(statusOf(8).id);
});

test('one that answers 410 is disabled at once', async () => {
  const { id } = (await create()).body;
  receiver.state.answer = () => 410;
  await happened(statusOf(1), statusOf(2));
  await delivered();
  expect((await onOne('getAggregatorWebhook', id)).body.status).toBe('DISABLED');
});

test('after a failure nothing more is sent to an endpoint in the round, and others are not kept waiting', async () => {
  await create('Aggregator', { url: `${receiver.url}/broken` });
  await create('Provider', { url: `${receiver.url}/well` });
  receiver.state.answer = ({ path }) => (path.endsWith('broken') ? 500 : 200);
  await happened(...Array.from({ length: 60 }, (_, n) => statusOf(n)));
  await deliverWebhooks(opened.portal);
  const to = (path: string) => receiver.received.filter((each) => each.path.endsWith(path)).length;
  expect(to('well')).toBe(60);
  // Those that were on their way when the first came back.
  expect(to('broken')).toBeLessThanOrEqual(16);
  receiver.state.answer = () => 200;
  pass(HOUR_MS);
  await deliverWebhooks(opened.portal);
  expect(new Set(receiver.received.map(({ path, headers }) => `${path} ${headers['webhook-id']}`)).size).toBe(120);
});

test('a rotated secret signs at once, beside the one before for 24 hours', async () => {
  const { id, secret } = (await create()).body;
  const rotated = await onOne('rotateAggregatorWebhookSecret', id);
  expect(rotated.body).toMatchObject({ rotatedUntil: '2026-11-11T02:00:00.000Z' });
  const signatures = async (n: number) => {
    await happened(statusOf(n));
    await deliverWebhooks(opened.portal);
    const [{ headers, body }] = receiver.received.splice(0) as [(typeof receiver.received)[0]];
    return [rotated.body.secret, secret].map((text) => {
      const key = Buffer.from(String(text).slice(6), 'base64');
      const said = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      return String(headers['webhook-signature']).includes(createHmac('sha256', key).update(said).digest('base64'));
    });
  };
  expect(await signatures(1)).toEqual([true, true]);
  pass(24 * HOUR_MS);
  expect(await signatures(2)).toEqual([true, false]);
});

test('a relay that dies between queueing and taking out queues nothing twice, and one that was sent is not sent again', async () => {
  await create();
  await opened.portal.units.commit([opened.portal.outbox.queued(statusOf(1))]);
  const dies = { ...opened.portal, eventBus: { publish: async () => Promise.reject(new Error('died')) } };
  await expect(relayOutbox(dies)).rejects.toThrow('died');
  expect(await delivered()).toEqual([statusOf(1).id]);
  expect(await relayOutbox(opened.portal)).toMatchObject({ published: 1 });
  expect(await delivered()).toEqual([]);
});

test('who dies between sending and saying so is followed by another, with the same id', async () => {
  await create();
  await happened(statusOf(1));
  const { deliveries } = opened.portal;
  const dies: Portal = {
    ...opened.portal,
    deliveries: { ...deliveries, ended: async () => Promise.reject(new Error('died')) },
  };
  expect((await deliverWebhooks(dies)).failures).toHaveLength(1);
  expect(receiver.received).toHaveLength(1);
  // Somebody may still be at it.
  expect(await delivered()).toEqual([statusOf(1).id]);
  pass(31_000);
  expect(await delivered()).toEqual([statusOf(1).id]);
  pass(HOUR_MS);
  expect(await delivered()).toEqual([]);
});

test('two jobs at once send each event once', async () => {
  await create();
  await happened(...Array.from({ length: 20 }, (_, n) => statusOf(n)));
  await Promise.all([deliverWebhooks(opened.portal), deliverWebhooks(opened.portal), deliverWebhooks(opened.portal)]);
  const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
  expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
});

test('what is due to a webhook that is deleted is given up', async () => {
  const { id } = (await create()).body;
  await happened(statusOf(1));
  expect((await onOne('deleteAggregatorWebhook', id)).status).toBe(204);
  expect(await delivered()).toEqual([]);
  expect((await onOne('getAggregatorWebhook', id)).status).toBe(404);
});

test('an edit names the version it was read at, and is in the trail without the secret', async () => {
  const { body } = await create();
  const edit = (headers: object) =>
    onOne('changeAggregatorWebhook', body.id, { body: { description: 'Renamed' }, headers });
  expect((await edit({ 'if-match': '"v9"' })).status).toBe(412);
  expect((await edit({ 'if-match': '"v1"' })).body.description).toBe('Renamed');
  const trail = await opened.portal.audit.ofSubject(`WEBHOOK#${body.id}`);
  expect(trail.map(({ action }) => action).sort()).toEqual(['changeWebhook', 'createWebhook']);
  expect(JSON.stringify(trail)).not.toContain('whsec_');
});

test('an organization has ten webhooks at most', async () => {
  for (let n = 0; n < 10; n++) expect((await create()).status).toBe(201);
  expect((await create()).body.code).toBe('BAD_REQUEST');
});
