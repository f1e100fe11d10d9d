import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { openWritten, type WriteRoute, type WrittenPortal, writeRoutes } from '../../support/write-routes.ts';

/**
 * Writes that can't be done to what there is in the programme of the examples (a rental contract, one thing of each kind).
 * Their nouns have programmes of their own: test/api/<noun>, where each of them is done.
 */
const NOT_DONE_HERE: ReadonlySet<RouteId> = new Set<RouteId>([
  'inviteAggregatorUserAgain',
  'inviteProviderUserAgain',
  'inviteVendorUserAgain',
  'createContract',
  'upgradeContract',
  'downgradeContract',
  'topUpContract',
  'renewContract',
  'amendContract',
  'amendPrepayment',
  'updateThreshold',
  'resubmitContractRequest',
  'withdrawSwap',
  'takeOverContract',
  'adjustOrder',
  'withdrawAdjustment',
  'approveAdjustment',
  'rejectAdjustment',
  'addUsage',
  'changeUsage',
  'removeUsage',
  'sendUsageFile',
  'applyUsageFile',
  'createCustomer',
  'updateCustomer',
  'updateCustomerLabels',
  'updateCustomerSiso',
  'registerEndCustomer',
  'addEndCustomer',
  'updateEndCustomer',
  'createCustomerCommitment',
  'createProductCommitment',
  'sayCustomerUse',
  'bindAwsAccount',
  'takeCostReport',
  'announceCostReport',
  'orderLicenses',
  'approveOneOffOrder',
  'rejectOneOffOrder',
  'fulfilOneOffOrder',
  'keepServiceContract',
  'orderSubscription',
  'renewSubscription',
  'registerDeal',
  'changeDeal',
  'convertDeal',
  'changeRebateSheet',
  'enterServiceDelivery',
  'correctServiceDelivery',
  'enterVeloOrder',
  'redriveClose',
  'settleCredit',
]);

/** Writes whose example finds nothing to do: what it says of things that there aren't is refused row by row. */
const NOTHING_TO_DO: ReadonlySet<RouteId> = new Set<RouteId>([
  'approveOrders',
  'writeUsageBatch',
  'requestUsageReport',
  'sendUsageRecords',
  'enterServiceDeliveries',
  'enterVeloOrders',
  // It remembers when the meter was last heard of, which is no change of anybody's.
  'uploadReadings',
]);

const isDone = ({ id }: WriteRoute): boolean => !NOT_DONE_HERE.has(id);
const KEYED = { 'idempotency-key': 'one' };

test.each(writeRoutes.filter((to) => !isDone(to)))('$id is refused, and changes nothing', async (to) => {
  const portal = await openWritten(to);
  const before = await portal.rows();
  const { status } = await portal.write(to, { headers: KEYED });
  expect([400, 404, 409, 415]).toContain(status);
  expect(await portal.rows()).toEqual(before);
  await portal.close();
});

describe.each(writeRoutes.filter(isDone))('$id', (to) => {
  const { route, sent, id } = to;
  let portal: WrittenPortal;
  let entries = 0;
  beforeAll(async () => {
    portal = await openWritten(to);
  });
  afterAll(() => portal.close());

  if (route.editable) {
    test('is refused to who takes the thing to have another version, and changes nothing', async () => {
      const before = await portal.rows();
      const { status, body } = await portal.write(to, { headers: { 'if-match': '"v99"' } });
      expect([status, body.code]).toEqual([412, 'VERSION_MISMATCH']);
      expect(await portal.rows()).toEqual(before);
    });
  }

  test('leaves an entry in the audit trail, and is done once for a key', async () => {
    const before = await portal.rows();
    const first = await portal.write(to, { headers: KEYED });
    const after = await portal.rows();
    entries = after.audit.length - before.audit.length;
    expect(first.status).toBe(route.answer.status);
    expect(entries > 0).toBe(!NOTHING_TO_DO.has(id));

    const again = await portal.write(to, { headers: KEYED });
    if (route.answer.secret) expect([again.status, again.body.code]).toEqual([409, 'ANSWER_LOST']);
    else expect([again.status, again.text, again.headers.etag]).toEqual([first.status, first.text, first.headers.etag]);
    const otherBody = route.body ? `${JSON.stringify(sent.body)} ` : '{}';
    const other = await portal.write(to, { headers: KEYED, body: otherBody });
    expect([other.status, other.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect(await portal.rows()).toEqual(after);
  });

  test('has one effect where it is sent several times at once with one key', async () => {
    const another = await openWritten(to);
    const { audit } = await another.rows();
    const answers = await Promise.all([1, 2, 3, 4].map(() => another.write(to, { headers: KEYED })));
    const statuses = new Set(answers.map(({ status }) => status));
    expect(statuses).toContain(route.answer.status);
    statuses.delete(409);
    expect([...statuses]).toEqual([route.answer.status]);
    expect((await another.rows()).audit.length - audit.length).toBe(entries);
    await another.close();
  });
});
