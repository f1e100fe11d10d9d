import { createHmac } from 'node:crypto';
import { EVENTS, type EventType } from '../../lambdas/manifest/events.ts';
import { deliverWebhooks } from '../../lambdas/use-cases/deliver-webhooks.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import { HOUR_MS, openWebhookPortal, type WebhookPortal } from '../support/webhook-portal.ts';

const AGG = { organizationId: 'AGG-1' };

let opened: WebhookPortal;
beforeEach(async () => {
  opened = await openWebhookPortal();
});
afterEach(() => opened.close());

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

test('an event is sent once to each endpoint that may know of it, signed, with its own id', async () => {
  const secret = String((await opened.createWebhook()).body.secret);
  await opened.happened(opened.statusOf(1));
  expect((await deliverWebhooks(opened.portal)).delivered).toBe(1);
  const [{ headers, body }] = opened.receiver.received.splice(0) as [(typeof opened.receiver.received)[0]];
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
    data: opened.statusOf(1).detail,
  });
  opened.pass(HOUR_MS);
  expect(await opened.delivered()).toEqual([]);
});

test('organizations are told what names them and they may know, by the types they have chosen', async () => {
  await opened.createWebhook('Aggregator', { url: `${opened.receiver.url}/agg` });
  await opened.createWebhook('Provider', { url: `${opened.receiver.url}/sp` });
  await opened.createWebhook('Vendor', {
    url: `${opened.receiver.url}/vendor`,
    eventTypes: ['PeriodClosed', 'InvoiceIssued'],
  });
  await opened.happened(
    opened.statusOf(1),
    opened.statusOf(2, { aggregatorId: 'AGG-2', serviceProviderId: 'SP-2' }),
    closed,
    invoiced,
  );
  await deliverWebhooks(opened.portal);
  expect(opened.receiver.received.map(({ path, headers }) => `${path} ${headers['webhook-id']}`).sort()).toEqual([
    '/hooks/agg ContractStatusChanged#contract#1',
    '/hooks/agg InvoiceIssued#INV-2026-000001',
    '/hooks/sp ContractStatusChanged#contract#1',
    '/hooks/vendor InvoiceIssued#INV-2026-000001',
    '/hooks/vendor PeriodClosed#2026-10-1',
  ]);
});

test('what is done through the API reaches an endpoint as the catalogue says', async () => {
  await opened.createWebhook();
  await opened.create();
  await opened.happened();
  await deliverWebhooks(opened.portal);
  const told = opened.receiver.received.map(({ body }) => JSON.parse(body));
  expect(told.map(({ type }) => type).sort()).toEqual(['ContractRequestChanged', 'OneOffOrderChanged']);
  for (const { type, data } of told) expect(EVENTS[type as EventType].detail.parse(data)).toEqual(data);
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
  expect((await opened.createWebhook('Aggregator', over)).body).toMatchObject({ status: 400, errors: [{ field }] });
});

test('a secret is shown once, and stored nowhere in clear; repeated with its key the answer is lost', async () => {
  const headers = { 'idempotency-key': 'once' };
  const body = { url: opened.receiver.url, description: 'Our system' };
  const first = await opened.send('createAggregatorWebhook', { body, headers }, AGG);
  expect((await opened.send('createAggregatorWebhook', { body, headers }, AGG)).body.code).toBe('ANSWER_LOST');
  const { secret, id } = first.body as { secret: string; id: string };
  const told = await opened.onOne('getAggregatorWebhook', id);
  expect(told.text).not.toContain('whsec_');
  const all = JSON.stringify(await opened.database.execute('Scan', { TableName: 'portal' }));
  expect(all).not.toContain(secret.slice(6));
});

test('no organization sees, changes or replays what is of another', async () => {
  const { id } = (await opened.createWebhook()).body;
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

test('a rotated secret signs at once, beside the one before for 24 hours', async () => {
  const { id, secret } = (await opened.createWebhook()).body;
  const rotated = await opened.onOne('rotateAggregatorWebhookSecret', id);
  expect(rotated.body).toMatchObject({ rotatedUntil: '2026-11-11T02:00:00.000Z' });
  const signatures = async (n: number) => {
    await opened.happened(opened.statusOf(n));
    await deliverWebhooks(opened.portal);
    const [{ headers, body }] = opened.receiver.received.splice(0) as [(typeof opened.receiver.received)[0]];
    return [rotated.body.secret, secret].map((text) => {
      const key = Buffer.from(String(text).slice(6), 'base64');
      const said = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
      return String(headers['webhook-signature']).includes(createHmac('sha256', key).update(said).digest('base64'));
    });
  };
  expect(await signatures(1)).toEqual([true, true]);
  opened.pass(24 * HOUR_MS);
  expect(await signatures(2)).toEqual([true, false]);
});

test('an edit names the version it was read at, and is in the trail without the secret', async () => {
  const { body } = await opened.createWebhook();
  const edit = (headers: object) =>
    opened.onOne('changeAggregatorWebhook', body.id, { body: { description: 'Renamed' }, headers });
  expect((await edit({ 'if-match': '"v9"' })).status).toBe(412);
  expect((await edit({ 'if-match': '"v1"' })).body.description).toBe('Renamed');
  const trail = await opened.portal.audit.ofSubject(`WEBHOOK#${body.id}`);
  expect(trail.map(({ action }) => action).sort()).toEqual(['changeWebhook', 'createWebhook']);
  expect(JSON.stringify(trail)).not.toContain('whsec_');
});

test('an organization has ten webhooks at most', async () => {
  for (let n = 0; n < 10; n++) expect((await opened.createWebhook()).status).toBe(201);
  expect((await opened.createWebhook()).body.code).toBe('BAD_REQUEST');
});
