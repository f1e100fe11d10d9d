import { decideRequest } from '../../lambdas/use-cases/decide-request.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { type ContractWorld, openContractWorld, PREPAID, VENDOR } from '../support/contract-world.ts';

let world: ContractWorld;
beforeEach(async () => {
  world = await openContractWorld('2026-11-12');
});
afterEach(() => world.close());

const decide = (decision: 'approve' | 'askToRevise' | 'reject' | 'stop', portal: Portal = world.portal) =>
  decideRequest(portal, decision, {
    caller: VENDOR,
    requestId: 'request-1',
    comment: 'As agreed',
    now: world.portal.clock(),
  });

const numbers = async () => (await world.portal.invoices.ofAggregator('AGGREGATOR')).map(({ number }) => number).sort();

test('of two approvals at once one is refused', async () => {
  await world.addAskedFor(PREPAID, '2026-12-01');
  const both = await Promise.allSettled([decide('approve'), decide('approve')]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = both.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ code: expect.stringMatching(/CHANGED_MEANWHILE|TRANSITION_NOT_ALLOWED/) });
  await world.day();
  expect(await numbers()).toEqual(['INV-2026-000001']);
});

test('rejected, a request has no invoice and its contract is rejected; stopped, too', async () => {
  await world.addAskedFor(PREPAID, '2026-12-01');
  expect(await decide('reject')).toMatchObject({ status: 'REJECTED', approverComment: 'As agreed' });
  expect(await world.contract()).toMatchObject({ status: 'REJECTED' });
  await expect(decide('stop')).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
  expect(await world.day()).toMatchObject({ documents: 0, steps: 0 });
  const history = await world.portal.audit.ofSubject('CONTRACT#contract-1');
  expect(history.map(({ action, to, actor }) => `${actor} ${action} ${to}`).sort()).toEqual([
    'vendor-user rejectRequest REJECTED',
    'vendor-user rejectRequest REJECTED',
  ]);
});

test('a request to be revised is approved after it was resubmitted', async () => {
  await world.addAskedFor(PREPAID, '2026-12-01');
  const revise = await decide('askToRevise');
  expect(revise.status).toBe('PENDING_REVISE');
  await expect(decide('approve')).rejects.toMatchObject({ code: 'TRANSITION_NOT_ALLOWED' });
  await world.portal.units.commit([world.portal.contractRequests.changed({ ...revise, status: 'PENDING_APPROVAL' })]);
  expect((await decide('approve')).status).toBe('PENDING_VENDOR');
});

test('what would act in a period that is frozen by now has to be revised first', async () => {
  await world.addAskedFor(PREPAID, '2025-01-01');
  await expect(decide('approve')).rejects.toMatchObject({ code: 'REVISION_NEEDED', errors: [{ field: 'bolDate' }] });
  expect((await world.request()).status).toBe('PENDING_APPROVAL');
});

test('an approval is refused when a close is claimed while it is being decided', async () => {
  await world.addAskedFor(PREPAID, '2026-12-01');
  const { closes } = world.portal;
  const claimedThen = async () => {
    const before = await closes.periods();
    await world.start('CLOSE');
    return before;
  };
  const approval = decide('approve', { ...world.portal, closes: { ...closes, periods: claimedThen } });
  await expect(approval).rejects.toMatchObject({ code: 'CHANGED_MEANWHILE' });
  expect((await world.request()).status).toBe('PENDING_APPROVAL');
  expect((await decide('approve')).status).toBe('PENDING_VENDOR');
});
