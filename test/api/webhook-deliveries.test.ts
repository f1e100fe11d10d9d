import { deliverWebhooks } from '../../lambdas/use-cases/deliver-webhooks.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { relayOutbox } from '../../lambdas/use-cases/relay-outbox.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import { HOUR_MS, openWebhookPortal, type WebhookPortal } from '../support/webhook-portal.ts';

let opened: WebhookPortal;
beforeEach(async () => {
  opened = await openWebhookPortal();
});
afterEach(() => opened.close());

test('what fails is tried again with the same id, later and later, and is a dead letter in the end', async () => {
  const { id } = (await opened.createWebhook()).body;
  await opened.happened(opened.statusOf(1));
  opened.receiver.state.answer = () => 500;
  const bodies = new Set<string>();
  for (let hours = 0; hours < 80; hours++) {
    await deliverWebhooks(opened.portal);
    for (const { body } of opened.receiver.received) bodies.add(body);
    opened.pass(HOUR_MS);
  }
  expect(opened.receiver.received).toHaveLength(10);
  expect(bodies.size).toBe(1);
  const { body } = await opened.onOne('listAggregatorDeadLetters', id);
  expect(body).toMatchObject({
    total: 1,
    content: [
      {
        eventId: opened.statusOf(1).id,
        attempts: 10,
        lastAttempt: { outcome: 'answered 500' },
        type: 'ContractStatusChanged',
      },
    ],
  });
  opened.receiver.state.answer = () => 204;
  opened.receiver.received.splice(0);
  expect((await opened.onOne('replayAggregatorDeadLetters', id, { body: {} })).body).toEqual({ replayed: 1 });
  expect(
    (await opened.onOne('replayAggregatorDeadLetters', id, { body: { eventIds: [opened.statusOf(1).id] } })).body,
  ).toEqual({
    replayed: 0,
  });
  expect(await opened.delivered()).toEqual([opened.statusOf(1).id]);
  expect((await opened.onOne('listAggregatorDeadLetters', id)).body.total).toBe(0);
});

test('dead letters are gone after 30 days, whatever the database has taken away', async () => {
  const { id } = (await opened.createWebhook()).body;
  await opened.happened(opened.statusOf(1));
  await opened.onOne('changeAggregatorWebhook', id, { body: { status: 'DISABLED' } });
  expect(await opened.delivered()).toEqual([]);
  expect((await opened.onOne('listAggregatorDeadLetters', id)).body.total).toBe(1);
  opened.pass(30 * 24 * HOUR_MS);
  expect((await opened.onOne('listAggregatorDeadLetters', id)).body.total).toBe(0);
});

test('an endpoint that fails for five days is disabled, and its organization told once', async () => {
  const { id } = (await opened.createWebhook()).body;
  opened.receiver.state.answer = () => 503;
  for (let day = 0; day < 6; day++) {
    await opened.happened(opened.statusOf(day));
    await deliverWebhooks(opened.portal);
    opened.pass(24 * HOUR_MS);
  }
  expect((await opened.onOne('getAggregatorWebhook', id)).body).toMatchObject({
    status: 'DISABLED',
    disabledReason: expect.stringContaining('answered 503'),
  });
  for (const notice of await opened.portal.notices.waiting()) await tellParties(opened.portal, notice);
  expect(opened.mails.map(({ to, subject }) => `${to[0]?.address}: ${subject}`)).toEqual([
    `mail@AGG-1.example: Webhook at ${new URL(opened.receiver.url).host} is disabled`,
  ]);
  opened.receiver.received.splice(0);
  await opened.happened(opened.statusOf(7));
  expect(await opened.delivered()).toEqual([]);
  const enabled = await opened.onOne('changeAggregatorWebhook', id, { body: { status: 'ACTIVE' } });
  expect([enabled.body.status, enabled.body.disabledReason]).toEqual(['ACTIVE', undefined]);
  expect((await opened.onOne('changeAggregatorWebhook', id, { body: { status: 'ACTIVE' } })).status).toBe(200);
  // It has five days again.
  await opened.happened(opened.statusOf(8));
  expect(await opened.delivered()).toEqual([opened.statusOf(8).id]);
  expect((await opened.onOne('getAggregatorWebhook', id)).body.status).toBe('ACTIVE');
  opened.receiver.state.answer = () => 200;
  opened.pass(HOUR_MS);
  expect(await opened.delivered()).toEqual([opened.statusOf(8).id]);
});

test('one that answers 410 is disabled at once', async () => {
  const { id } = (await opened.createWebhook()).body;
  opened.receiver.state.answer = () => 410;
  await opened.happened(opened.statusOf(1), opened.statusOf(2));
  await opened.delivered();
  expect((await opened.onOne('getAggregatorWebhook', id)).body.status).toBe('DISABLED');
});

test('after a failure nothing more is sent to an endpoint in the round, and others are not kept waiting', async () => {
  await opened.createWebhook('Aggregator', { url: `${opened.receiver.url}/broken` });
  await opened.createWebhook('Provider', { url: `${opened.receiver.url}/well` });
  opened.receiver.state.answer = ({ path }) => (path.endsWith('broken') ? 500 : 200);
  await opened.happened(...Array.from({ length: 60 }, (_, n) => opened.statusOf(n)));
  await deliverWebhooks(opened.portal);
  const to = (path: string) => opened.receiver.received.filter((each) => each.path.endsWith(path)).length;
  expect(to('well')).toBe(60);
  // Those that were on their way when the first came back.
  expect(to('broken')).toBeLessThanOrEqual(16);
  // All others are put off with it, so that the next round begins with what can be sent.
  const shards = Array.from({ length: 8 }, (_, shard) => opened.portal.deliveries.due(shard, opened.clock.time, 100));
  expect((await Promise.all(shards)).flat()).toEqual([]);
  opened.receiver.state.answer = () => 200;
  opened.pass(HOUR_MS);
  await deliverWebhooks(opened.portal);
  expect(new Set(opened.receiver.received.map(({ path, headers }) => `${path} ${headers['webhook-id']}`)).size).toBe(
    120,
  );
});

test('a relay that dies between queueing and taking out queues nothing twice, and one that was sent is not sent again', async () => {
  await opened.createWebhook();
  await opened.portal.units.commit([opened.portal.outbox.queued(opened.statusOf(1))]);
  const dies = { ...opened.portal, eventBus: { publish: async () => Promise.reject(new Error('died')) } };
  await expect(relayOutbox(dies)).rejects.toThrow('died');
  expect(await opened.delivered()).toEqual([opened.statusOf(1).id]);
  expect(await relayOutbox(opened.portal)).toMatchObject({ published: 1 });
  expect(await opened.delivered()).toEqual([]);
});

test('who dies between sending and saying so is followed by another, with the same id', async () => {
  await opened.createWebhook();
  await opened.happened(opened.statusOf(1));
  const { deliveries } = opened.portal;
  const dies: Portal = {
    ...opened.portal,
    deliveries: { ...deliveries, ended: async () => Promise.reject(new Error('died')) },
  };
  expect((await deliverWebhooks(dies)).failures).toHaveLength(1);
  expect(opened.receiver.received).toHaveLength(1);
  // Somebody may still be at it.
  expect(await opened.delivered()).toEqual([opened.statusOf(1).id]);
  opened.pass(31_000);
  expect(await opened.delivered()).toEqual([opened.statusOf(1).id]);
  opened.pass(HOUR_MS);
  expect(await opened.delivered()).toEqual([]);
});

test('two jobs at once send each event once', async () => {
  await opened.createWebhook();
  await opened.happened(...Array.from({ length: 20 }, (_, n) => opened.statusOf(n)));
  await Promise.all([deliverWebhooks(opened.portal), deliverWebhooks(opened.portal), deliverWebhooks(opened.portal)]);
  const ids = opened.receiver.received.map(({ headers }) => headers['webhook-id']);
  expect([ids.length, new Set(ids).size]).toEqual([20, 20]);
});

test('what is due to a webhook that is deleted is given up', async () => {
  const { id } = (await opened.createWebhook()).body;
  await opened.happened(opened.statusOf(1));
  expect((await opened.onOne('deleteAggregatorWebhook', id)).status).toBe(204);
  expect(await opened.delivered()).toEqual([]);
  expect((await opened.onOne('getAggregatorWebhook', id)).status).toBe(404);
});
