import type { Notice } from '../../lambdas/use-cases/ports/messages.ts';
import { tellParties } from '../../lambdas/use-cases/tell-parties.ts';
import { type ContractWorld, on, openContractWorld } from '../support/contract-world.ts';

const NOTICE: Notice = {
  id: 'CONTRACT_EXPIRING#contract-1',
  kind: 'CONTRACT_EXPIRING',
  time: '2026-11-12T00:00:00.000Z',
  recipientId: 'AGGREGATOR',
  contractId: 'contract-1',
  contractNumber: '100002',
  eolDate: on('2026-12-31'),
};

let world: ContractWorld;
beforeEach(async () => {
  world = await openContractWorld('2026-11-12');
});
afterEach(() => world.close());

async function queue(notice: Notice): Promise<void> {
  await world.portal.units.commit([world.portal.notices.queued(notice)]);
}
const waiting = async () => (await world.portal.notices.waiting()).map(({ id }) => id);

test('a notice that another is mailing stays until that is done, or is mailed when the other has died', async () => {
  await queue(NOTICE);
  const { id: run, kind, recipientId } = NOTICE;
  await world.portal.notifications.claim({ run, kind, recipientId, reference: run }, world.clock.time);
  expect(await tellParties(world.portal, NOTICE)).toBe(0);
  expect([await waiting(), world.mails]).toEqual([[NOTICE.id], []]);
  world.clock.time = new Date(world.clock.time.getTime() + 60_000);
  expect(await tellParties(world.portal, NOTICE)).toBe(1);
  expect(await waiting()).toEqual([]);
  expect(world.mails).toMatchObject([{ reference: NOTICE.id, to: 'AGGREGATOR@party.example' }]);
});

test('a notice to nobody is told of and stays; the others are mailed, oldest first', async () => {
  await queue({ ...NOTICE, id: 'later', time: '2026-11-13T00:00:00.000Z' });
  await queue(NOTICE);
  await queue({ ...NOTICE, id: 'lost', recipientId: 'NOBODY' });
  await expect(tellParties(world.portal, { ...NOTICE, id: 'lost', recipientId: 'NOBODY' })).rejects.toThrow(
    'organization NOBODY does not exist',
  );
  for (const notice of await world.portal.notices.waiting()) {
    if (notice.recipientId !== 'NOBODY') await tellParties(world.portal, notice);
  }
  expect(world.mails.map(({ reference }) => reference)).toEqual([NOTICE.id, 'later']);
  expect(await waiting()).toEqual(['lost']);
});
