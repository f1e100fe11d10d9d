import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { tellParties } from '../../../lambdas/use-cases/tell-parties.ts';
import {
  AGGREGATOR,
  CLOSED_EMPTY,
  type OrderPortal,
  openOrderPortal,
  PAYG_1800,
  PROVIDER,
  PURCHASE_ORDERS,
  VENDOR,
} from '../../support/order-portal.ts';

let opened: OrderPortal;
beforeEach(async () => {
  opened = await openOrderPortal();
});
afterEach(() => opened.close());

/** Sends what waits to be mailed: to whom it goes and what it says. */
async function mailed(): Promise<string[]> {
  for (const notice of await opened.portal.notices.waiting()) await tellParties(opened.portal, notice);
  return opened.mails
    .splice(0)
    .flatMap(({ subject, text, to }) =>
      to.map(({ address }) => `${address}: ${subject}${/said: (.*)/.exec(text)?.[1] ?? ''}`),
    )
    .sort();
}

const done = async (id: RouteId, sender: object, body: object) => {
  const { status } = await opened.of(id, 'order', sender as typeof PROVIDER, { body });
  expect(status).toBeLessThan(300);
  return mailed();
};
const submit = () => done('submitOrder', PROVIDER, PURCHASE_ORDERS);
const approve = () => done('approveOrder', AGGREGATOR, PURCHASE_ORDERS);
const OCTOBER = 'The order of 2026-10 of contract number-of-contract';
const SEPTEMBER = 'The adjustment of 2026-09 of contract number-of-contract';

test('what comes back to somebody, or to nothing, is mailed with what was said; what is reminded of is not', async () => {
  const contract = await opened.addContract('contract', PAYG_1800);
  await opened.addOrder(contract, 'order');
  await mailed();
  expect(await submit()).toEqual([]);
  expect(await done('sendBackOrder', AGGREGATOR, { comment: 'Site West?' })).toEqual([
    `mail@SP-1.example: ${OCTOBER} was sent backSite West?`,
  ]);
  await submit();
  expect(await approve()).toEqual([]);
  const comment = 'Wrong purchase order';
  expect(await done('rejectOrder', VENDOR, { comment })).toEqual([
    `mail@AGG-1.example: ${OCTOBER} was rejected by the vendor${comment}`,
  ]);
  expect(await done('cancelOrder', VENDOR, { comment: 'Made in error' })).toEqual(
    ['AGG-1', 'SP-1'].map((id) => `mail@${id}.example: ${OCTOBER} was cancelled by the vendorMade in error`),
  );
});

test('each who has to decide of an adjustment is mailed, and then who waits for it', async () => {
  const contract = await opened.addContract('contract', PAYG_1800);
  const adjusted = { month: '2026-09', revision: 2, billed: CLOSED_EMPTY };
  await opened.addOrder(contract, 'order', adjusted);
  await mailed();
  expect(await submit()).toEqual([`mail@AGG-1.example: ${SEPTEMBER} waits for your reviewNo usage was reported`]);
  expect(await done('sendBackOrder', AGGREGATOR, { comment: 'Why?' })).toEqual([
    `mail@SP-1.example: ${SEPTEMBER} was sent backWhy?`,
  ]);
  await submit();
  expect(await approve()).toEqual([`mail@VENDOR.example: ${SEPTEMBER} waits for your decision`]);
  expect(await done('approveAdjustment', VENDOR, { comment: 'Agreed' })).toEqual(
    ['AGG-1', 'SP-1'].map((id) => `mail@${id}.example: ${SEPTEMBER} is approvedAgreed`),
  );
});

test('that an adjustment came to nothing is mailed: rejected by the vendor, or touched by nobody', async () => {
  const contract = await opened.addContract('contract', PAYG_1800);
  await opened.addOrder(contract, 'order', {
    month: '2026-09',
    revision: 2,
    billed: CLOSED_EMPTY,
    status: 'PENDING_APPROVAL',
  });
  await opened.addOrder(contract, 'other', { month: '2026-08', revision: 2, billed: CLOSED_EMPTY });
  await mailed();
  expect(await done('rejectAdjustment', VENDOR, { comment: 'As billed' })).toEqual(
    ['AGG-1', 'SP-1'].map((id) => `mail@${id}.example: ${SEPTEMBER} was rejected by the vendorAs billed`),
  );
  opened.clock.time = new Date('2026-12-03T09:00:00.000Z');
  expect((await runContractDay(opened.portal)).failures).toEqual([]);
  expect(await mailed()).toEqual(
    ['AGG-1', 'SP-1'].map((id) =>
      expect.stringContaining(
        `mail@${id}.example: The adjustment of 2026-08 of contract number-of-contract has lapsed`,
      ),
    ),
  );
});

test('a mail names the contract as both parties know it, and to its aggregator whose it is', async () => {
  const contract = await opened.addContract('contract', PAYG_1800);
  await opened.addOrder(contract, 'order');
  await mailed();
  expect((await opened.of('cancelOrder', 'order', VENDOR, { body: { comment: 'Made in error' } })).status).toBe(200);
  for (const notice of await opened.portal.notices.waiting()) await tellParties(opened.portal, notice);
  const about = 'Contract number-of-contract is EMEA-contract';
  expect(opened.mails.map(({ to, text }) => `${to[0]?.address}: ${/^Contract .*$/m.exec(text)?.[0]}`).sort()).toEqual([
    `mail@AGG-1.example: ${about} of Ångström SP-1`,
    `mail@SP-1.example: ${about}`,
  ]);
});
