import { task as bringContractsUp } from '../../lambdas/close/bring-contracts-up.ts';
import { points } from '../../lambdas/domain/numbers/amounts.ts';
import { task } from '../../lambdas/jobs/contract-day.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { deactivateContract } from '../../lambdas/use-cases/deactivate-contract.ts';
import { decideRequest } from '../../lambdas/use-cases/decide-request.ts';
import { DUE_SHARDS } from '../../lambdas/use-cases/ports/contracts.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { findQueuedRequest, listRequestQueue } from '../../lambdas/use-cases/read-request-queue.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { signed, skuOf, times } from '../domain/support/contracts.ts';
import { OCTOBER } from '../support/close-portal.ts';
import { type ContractWorld, on, openContractWorld, PREPAID, VENDOR } from '../support/contract-world.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

let world: ContractWorld;
beforeEach(async () => {
  world = await openContractWorld('2026-11-12');
});
afterEach(() => world.close());

/** The portal of a function, and what rights on the table it has used. */
function portalOf(): { portal: Portal; used: Set<string> } {
  const used = new Set<string>();
  const client = openLocalClient(recordingRights(world.database.requestHandler, used));
  return { portal: { ...world.portal, ...tablePorts(openTable(client, TABLE_NAME)) }, used };
}

const allowed = (name: FunctionName): string[] => {
  const { rights }: FunctionDefinition = functions[name];
  return [...(rights.table ?? [])].sort();
};

test('what the vendor decides needs no right that its function has not', async () => {
  const { portal, used } = portalOf();
  const decision = { caller: VENDOR, requestId: 'request-1', comment: '', now: world.clock.time };
  await world.addAskedFor(PREPAID, '2026-11-12');
  await listRequestQueue(portal, 'PENDING_APPROVAL', { limit: 20, offset: 0 });
  await decideRequest(portal, 'approve', decision);
  await decideRequest(portal, 'stop', decision);
  await findQueuedRequest(portal, 'request-1');
  const { contract, revisions } = signed(skuOf('PAY-GO', '1800'), '2026-01-01', 36, undefined, {
    id: 'contract-2',
    contractNumber: '100003',
  });
  await world.addContract({ contract, revisions });
  await deactivateContract(portal, { caller: VENDOR, contractId: contract.id, reason: 'Why', now: world.clock.time });
  // The Idempotency-Key of a write.
  used.add('dynamodb:UpdateItem');
  expect([...used].sort()).toEqual(allowed('requestQueueApi'));
});

test('what is due on contracts needs the rights that its function has, and no others', async () => {
  const { portal, used } = portalOf();
  const decision = { caller: VENDOR, requestId: 'request-1', comment: '', now: world.clock.time };
  await world.addAskedFor(PREPAID, '2026-11-12');
  await decideRequest(world.portal, 'approve', decision);
  const ended = signed(skuOf('PRE-PAY'), '2026-01-01', 10, times(10, '10'), {
    id: 'contract-2',
    contractNumber: '100003',
    prepaid: points('100'),
    reviewOn: on('2026-10-01'),
  });
  await world.addContract(ended);
  const expiring = signed(skuOf('CUSTOM'), '2026-01-01', 12, times(12, '10'), {
    id: 'contract-3',
    contractNumber: '100004',
    reviewOn: on('2026-11-01'),
  });
  await world.addContract(expiring);
  const { failures, ...done } = await task(portal, {});
  expect(failures).toEqual([]);
  expect(done).toEqual({ steps: 3, documents: 1, mails: 8 });
  world.moveTo('2026-11-13');
  // The prepayment that is left, whose last order isn't billed yet.
  expect((await task(portal, {})).steps).toBe(1);
  expect([...used].sort()).toEqual(allowed('contractDay'));
});

test('bringing contracts up for a close needs the rights that its function has, and no others', async () => {
  const { portal, used } = portalOf();
  await world.addAskedFor(PREPAID, '2026-10-01', { status: 'PENDING_VENDOR', approvedOn: on('2026-09-20') });
  const setAside = { period: OCTOBER, contractId: 'contract-1', run: '2026-10-0', reason: 'out of order' };
  await world.portal.units.commit(world.portal.contractMonths.setAside(setAside));
  const run = await world.start('CLOSE');
  for (let shard = 0; shard < DUE_SHARDS; shard++) {
    expect(await bringContractsUp(portal, { run, shard })).toMatchObject({ setAside: 0, failures: [] });
  }
  expect((await world.request()).status).toBe('COMPLETED');
  expect([...used].sort()).toEqual(allowed('bringContractsUp'));
});
