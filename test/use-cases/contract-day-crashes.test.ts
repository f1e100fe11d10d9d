import { points } from '../../lambdas/domain/numbers/amounts.ts';
import { decideRequest } from '../../lambdas/use-cases/decide-request.ts';
import { runContractDay } from '../../lambdas/use-cases/run-contract-day.ts';
import { openContractWorld, PREPAID, VENDOR } from '../support/contract-world.ts';
import { dyingAt } from '../support/dying-portal.ts';

const TODAY = '2026-11-12';

/** Approves a prepayment, lets the day die after its n-th write and runs it again; undefined when it has fewer writes. */
async function dieAndRunAgain(n: number, withdrawn: boolean) {
  const world = await openContractWorld(TODAY);
  try {
    await world.addAskedFor(PREPAID, TODAY);
    const decision = { caller: VENDOR, requestId: 'request-1', comment: '', now: world.clock.time };
    await decideRequest(world.portal, 'approve', decision);
    if (withdrawn) await world.withdraw();
    const { mortal, life } = dyingAt(world, n, 'AFTER');
    await runContractDay(mortal).catch(() => undefined);
    if (!life.dead) return undefined;
    // A claim on a mail is held for some seconds.
    world.clock.time = new Date(world.clock.time.getTime() + 60_000);
    await world.day();
    const ledger = await world.portal.prepayments.balance('contract-1');
    const invoices = await world.portal.invoices.ofAggregator('AGGREGATOR');
    return {
      request: (await world.request()).status,
      contract: (await world.contract()).status,
      invoices: invoices.map(({ number }) => number).sort(),
      mails: [...new Set(world.mails.map(({ reference }) => reference))].sort(),
      ledger: { points: ledger.points, sequence: ledger.sequence },
      open: (await world.portal.numbers.openReservations()).length,
      waiting: (await world.portal.notices.waiting()).length,
      left: await world.day(),
    };
  } finally {
    await world.close();
  }
}

/** The order of licences that the contract comes with, told to each party. */
const TOLD_OF_LICENSES = ['AGGREGATOR', 'SERVICE_PROVIDER', 'VENDOR'].map(
  (party) => `OneOffOrderChanged#contract-1_0#1#${party}`,
);

const QUIET = { steps: 0, documents: 0, mails: 0, failures: [] };

// Dying before a write is dying after the one before it: nothing else lies in between.
test('a day that dies after any of its writes is finished by the next: one invoice, one effect, one credit', async () => {
  let n = 0;
  for (; ; n++) {
    const end = await dieAndRunAgain(n, false);
    if (!end) break;
    expect({ n, ...end }).toEqual({
      n,
      request: 'COMPLETED',
      contract: 'ACTIVE',
      invoices: ['INV-2026-000001'],
      mails: [
        'ContractActive#contract-1',
        'DOCUMENT_ISSUED#INV-2026-000001',
        ...TOLD_OF_LICENSES,
        'RequestDecided#request-1#2',
      ],
      ledger: { points: points('120'), sequence: 1 },
      open: 0,
      waiting: 0,
      left: QUIET,
    });
  }
  // Draft, numbering, number, three forms, invoice; effect; claim, mail, sent, told of six mails.
  expect(n).toBe(32);
});

test('a day that dies after any of its writes, and a withdrawal before, leaves one invoice and one credit note', async () => {
  let n = 0;
  for (; ; n++) {
    const end = await dieAndRunAgain(n, true);
    if (!end) break;
    expect({ n, ...end }).toMatchObject({
      n,
      request: 'WITHDRAWN',
      invoices: ['CRN-2026-000001', 'INV-2026-000001'],
      mails: ['DOCUMENT_ISSUED#CRN-2026-000001', 'DOCUMENT_ISSUED#INV-2026-000001', 'RequestDecided#request-1#2'],
      ledger: { points: 0n, sequence: 0 },
      open: 0,
      waiting: 0,
      left: QUIET,
    });
  }
  expect(n).toBe(26);
});

test('two days at once do everything once', async () => {
  const world = await openContractWorld(TODAY);
  try {
    await world.addAskedFor(PREPAID, TODAY);
    const decision = { caller: VENDOR, requestId: 'request-1', comment: '', now: world.clock.time };
    await decideRequest(world.portal, 'approve', decision);
    await Promise.all([world.day(), world.day(), world.day()]);
    world.clock.time = new Date(world.clock.time.getTime() + 60_000);
    await world.day();
    expect(await world.portal.invoices.ofAggregator('AGGREGATOR')).toHaveLength(1);
    expect(await world.portal.prepayments.balance('contract-1')).toMatchObject({ points: points('120'), sequence: 1 });
    expect(world.mails).toHaveLength(6);
  } finally {
    await world.close();
  }
});
