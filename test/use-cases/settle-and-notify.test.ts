import type { MailMessage } from '../../lambdas/documents/mail/message.ts';
import { StatementSchema } from '../../lambdas/documents/statement.ts';
import type { CloseRun } from '../../lambdas/domain/close/run.ts';
import { notifyBatch } from '../../lambdas/use-cases/notify-batch.ts';
import type { RunParty } from '../../lambdas/use-cases/run-files.ts';
import { settleBatch } from '../../lambdas/use-cases/settle-batch.ts';
import { type ClosePortal, goThrough, openClosePortal, PLAIN, partiesOf } from '../support/close-portal.ts';

let opened: ClosePortal;
let run: CloseRun;
let parties: RunParty[];

beforeEach(async () => {
  opened = await openClosePortal({ ...PLAIN, unpriced: true });
  run = await opened.start('CLOSE');
  await goThrough(opened.portal, run, 'reconcile');
  parties = await partiesOf(opened.portal, run);
});
afterEach(() => opened.close());

const references = () => opened.mails.map(({ reference }) => reference).sort();

test('each aggregator gets a statement of what the run has issued to it and what was set aside', async () => {
  expect(await settleBatch(opened.portal, parties)).toEqual({ done: 5, failed: 0 });
  const { partyDocuments, invoices } = await opened.stored();
  const statements = partyDocuments.filter(({ kind }) => kind === 'STATEMENT');
  const read = (key: string) =>
    StatementSchema.parse(JSON.parse(new TextDecoder().decode(opened.documents.get(`${key}.json`))));
  const entries = statements.flatMap(({ key }) => read(key).entries.map(({ number }) => number));
  expect(entries.sort()).toEqual(invoices.map(({ number }) => number).sort());
  expect(statements.flatMap(({ key }) => read(key).setAside)).toMatchObject([{ code: 'SKU_NOT_PRICED' }]);
});

test('settled twice is settled once', async () => {
  await settleBatch(opened.portal, parties);
  const before = [await opened.stored(), new Map(opened.documents)];
  await settleBatch(opened.portal, parties);
  expect([await opened.stored(), opened.documents]).toEqual(before);
});

test('each party gets one message, however often it is told', async () => {
  await settleBatch(opened.portal, parties);
  await notifyBatch(opened.portal, parties);
  await notifyBatch(opened.portal, parties);
  const expected = ['2000000', '2000001', '2000002', '3000000', '3000001'].map((party) => `2026-10-1/${party}`);
  expect(references()).toEqual(expected);
});

test('users who have chosen bills get them beside their organization, as long as they may see them', async () => {
  const [aggregator] = parties.filter(({ kind }) => kind === 'AGGREGATOR') as [RunParty];
  const { users, mailChoices, units } = opened.portal;
  for (const [id, status, roles] of [
    ['reader', 'ACTIVE', ['Read Only']],
    ['locked', 'LOCKED', ['Read Only']],
    ['moved', 'ACTIVE', ['Deal Administrator']],
  ] as const) {
    const user = { id, organizationId: aggregator.id, firstName: 'Ada', lastName: '', email: `${id}@agg.example` };
    const choice = { organizationId: aggregator.id, userId: id, kinds: ['BILLS'], version: 0 } as const;
    const changes = users.created({ ...user, roles, status, version: 1 });
    await units.commit([...changes, mailChoices.changed(choice, { ...choice, version: 1 })]);
  }
  await settleBatch(opened.portal, parties);
  const sent: string[][] = [];
  const mailer = { send: async ({ to }: MailMessage) => void sent.push(to.map(({ address }) => address)) };
  await notifyBatch({ ...opened.portal, mailer }, parties);
  expect(sent).toHaveLength(5);
  expect(sent.filter((to) => to.length > 1)).toEqual([[expect.any(String), 'reader@agg.example']]);
});

test('a message that somebody else is sending is left to him, the others go out', async () => {
  await settleBatch(opened.portal, parties);
  const held = parties[1] as RunParty;
  const notification = { run: run.name, kind: 'RUN_SETTLED', recipientId: held.id, reference: '2026-10-1/2000001' };
  expect(await opened.portal.notifications.claim(notification, opened.clock.time)).toBe('CLAIMED');
  await expect(notifyBatch(opened.portal, parties)).rejects.toThrow('being sent by another worker: 2026-10-1/2000001');
  expect(references()).toHaveLength(4);
  opened.clock.time = new Date(opened.clock.time.getTime() + 6_000);
  await notifyBatch(opened.portal, parties);
  expect(references()).toHaveLength(5);
});

test('what was not settled is not told', async () => {
  await expect(notifyBatch(opened.portal, parties)).rejects.toThrow('has settled nothing with');
  expect(opened.mails).toEqual([]);
});
