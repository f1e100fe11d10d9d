import type { PortalClient, RequestOf } from '../../../client/portal-client.ts';
import { NOTHING_BILLED } from '../../../lambdas/domain/billing-order/summary.ts';
import { period } from '../../../lambdas/domain/calendar/period.ts';
import { points } from '../../../lambdas/domain/numbers/amounts.ts';
import { postToLedger } from '../../../lambdas/domain/prepayment/ledger.ts';
import { EXAMPLE_INVOICE } from '../../../lambdas/manifest/routes/invoice-example.ts';
import { invoiceKey } from '../../../lambdas/use-cases/documents.ts';
import { outcomeOf, refusalOf } from '../../support/api-client.ts';
import { storedInvoice } from '../../support/billed-programme.ts';
import {
  type ContractPortal,
  contractIdOf,
  NEGOTIATED,
  openContractPortal,
  skuId,
} from '../../support/contract-portal.ts';

let portal: ContractPortal;
let aggregator: PortalClient;
let provider: PortalClient;
beforeEach(async () => {
  portal = await openContractPortal();
  aggregator = portal.as();
  provider = portal.as(PROVIDER);
});
afterEach(() => portal.close());

const PROVIDER = { organizationId: 'SP-1' };
const ADMINISTRATOR = { ...PROVIDER, roles: ['Administrator'] } as const;
const SITE = { name: 'my_site', countryRegion: 'US', address: '1 S Main St', postCode: '94105' };

async function contract(over: Partial<RequestOf<'createContract'>['body']> = {}): Promise<string> {
  return contractIdOf(await portal.create(over));
}

/** Closes the order of a month with an invoice that says what was reported. */
async function bill(contractId: string, month: string, reported: string) {
  const { billingOrders, units, invoices } = portal.portal;
  const [order] = await billingOrders.ofContract(contractId, [period(month)]);
  if (!order) throw new Error(`no order in ${month}`);
  const number = `INV-${month}`;
  const invoice = storedInvoice(number, { usagePeriod: period(month), contractId });
  await units.commit(invoices.issued(invoice));
  const commit = { ...EXAMPLE_INVOICE.commit, reported, outsideCommit: '0' };
  portal.documents.set(`${invoiceKey(invoice)}.json`, JSON.stringify({ ...EXAMPLE_INVOICE, commit }));
  await units.commit([billingOrders.cutOff({ ...order, status: order.status }, 'run', portal.portal.clock())]);
  const billed = {
    revision: 1,
    outcome: 'INVOICED',
    invoiceNumber: number,
    closedTime: '2026-11-10T02:00:00Z',
    lineSet: '1',
    summary: NOTHING_BILLED,
  } as const;
  const result = await units.commit([billingOrders.closed(order, billed)]);
  if (!result.ok) throw new Error(`the order of ${month} was not closed`);
}

test('the timeline says what has happened to a contract, who did it, when and why', async () => {
  const id = await contract({ comment: 'New customer' });
  portal.clock.time = new Date('2026-11-11T00:00:00Z');
  const params = { contractId: id };
  const comment = 'Margin is too low';
  await aggregator.terminateContract({
    params,
    body: { effectiveDate: '2027-01-01', comment, reason: 'Partner Connect Fee' },
  });
  await provider.createProviderUsageSite({ params, body: SITE });
  const { body } = await aggregator.readAggregatorTimeline({ params });
  expect(body.total).toBe(3);
  expect(body.content).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        action: 'createContract',
        reason: 'New customer',
        to: 'COMPLETED',
        requestType: 'CREATE',
      }),
      expect.objectContaining({ action: 'terminateContract', reason: comment, to: 'PENDING_APPROVAL' }),
      expect.objectContaining({ action: 'createUsageSite', to: 'my_site', actor: expect.stringContaining('SP-1') }),
    ]),
  );
  const seen = await portal.ask('readProviderTimeline', id, undefined, PROVIDER);
  expect(seen.body.total).toBe(3);
  expect(seen.text).not.toContain('Margin');
  expect(seen.text).not.toContain('PENDING_APPROVAL');
  const theirs = portal.as({ organizationId: 'SP-2' }).readProviderTimeline({ params });
  expect((await refusalOf(theirs)).status).toBe(404);
  const query = { filter: 'action==create*;time=lt=2026-11-11' };
  const part = await aggregator.readAggregatorTimeline({ params, query });
  expect(part.body).toMatchObject({ total: 1, content: [{ action: 'createContract' }] });
});

test('both parties set the tags of a contract, one after the other', async () => {
  const id = await contract();
  const params = { contractId: id };
  const put = (...tags: string[]) => ({ params, body: { tags } });
  const first = await aggregator.setAggregatorTags(put('gold', 'שלום 🚀'));
  expect(first).toMatchObject({ status: 200, etag: '"v2"' });
  const { body: read, etag } = await provider.getProviderTags({ params });
  expect([read, etag]).toEqual([{ tags: ['gold', 'שלום 🚀'] }, '"v2"']);
  expect(await provider.setProviderTags({ ...put('silver'), ifMatch: etag })).toMatchObject({ status: 200 });
  const late = aggregator.setAggregatorTags({ ...put('bronze'), ifMatch: etag });
  expect((await refusalOf(late)).status).toBe(412);
  for (const wrong of [
    ['a', 'a'],
    [''],
    ['x'.repeat(41)],
    Array.from({ length: 21 }, (_, n) => `t${n}`),
    'gold',
    null,
  ]) {
    expect((await portal.ask('setAggregatorTags', id, { tags: wrong })).status).toBe(400);
  }
  const { body } = await aggregator.readAggregatorTimeline({ params });
  expect(body.content).toEqual(
    expect.arrayContaining([expect.objectContaining({ action: 'tagContract', from: 'gold, שלום 🚀', to: 'silver' })]),
  );
});

test('usage sites are created, changed and closed by either party', async () => {
  const id = await contract();
  const params = { contractId: id };
  const created = await aggregator.createAggregatorUsageSite({ params, body: SITE });
  expect(created).toMatchObject({ status: 201, etag: '"v1"', body: SITE });
  const one = { params: { ...params, usageSiteId: created.body.id } };
  const change = (name: string, ifMatch: string) =>
    provider.changeProviderUsageSite({ ...one, body: { name }, ifMatch });
  expect(await change('Köln 🏭', '"v1"')).toMatchObject({
    status: 200,
    etag: '"v2"',
    body: { ...SITE, name: 'Köln 🏭' },
  });
  expect((await refusalOf(change('x', '"v1"'))).status).toBe(412);
  const query = { filter: 'name==K*;countryRegion==US;postCode==94105' };
  const listed = await aggregator.listAggregatorUsageSites({ params, query });
  expect(listed.body).toMatchObject({ total: 1, content: [{ name: 'Köln 🏭' }] });
  const all = await portal.as(ADMINISTRATOR).listAllUsageSites();
  expect(all.body).toMatchObject({
    total: 1,
    content: [{ contractReferenceNumber: 'EMEA500001RENTAL', ...SITE, name: 'Köln 🏭' }],
  });
  expect((await portal.as({ organizationId: 'SP-2' }).listAllUsageSites()).body.total).toBe(0);
  const closed = await provider.closeProviderUsageSite({ ...one, ifMatch: '"v2"' });
  expect(closed).toMatchObject({ status: 200, body: { closedTime: '2026-11-10T02:00:00.000Z' } });
  const again = provider.closeProviderUsageSite({ ...one, ifMatch: '"v3"' });
  expect((await refusalOf(again)).status).toBe(409);
  expect((await aggregator.listAggregatorUsageSites({ params })).body.total).toBe(0);
  expect((await provider.listAllUsageSites()).body.total).toBe(0);
  expect((await aggregator.getAggregatorUsageSite(one)).body.closedTime).toBeDefined();
  const second = await aggregator.createAggregatorUsageSite({ params, body: { ...SITE, name: 'Köln 🏭' } });
  expect(second.status).toBe(201);
});

test('a site has all of its fields, and a name that no other open one has', async () => {
  const id = await contract();
  const fields = async (body: object) => {
    const reply = await portal.ask('createAggregatorUsageSite', id, body);
    return [reply.status, ...((reply.body.errors ?? []) as { field: string }[]).map(({ field }) => field)].join(' ');
  };
  expect(await fields({})).toBe('400 name countryRegion address postCode');
  expect(await fields({ ...SITE, name: ' ' })).toBe('400 name');
  expect(await fields({ ...SITE, name: 'x'.repeat(101) })).toBe('400 name');
  expect(await fields({ ...SITE, countryRegion: 'USA' })).toBe('400 countryRegion');
  expect(await fields({ ...SITE, postCode: null })).toBe('400 postCode');
  expect(await fields({ ...SITE, colour: 'red' })).toBe('400 colour');
  expect(await fields(SITE)).toBe('201');
  expect(await fields(SITE)).toBe('400 name');
  const other = portal.as({ organizationId: 'AGG-2' });
  const theirs = other.createAggregatorUsageSite({ params: { contractId: id }, body: SITE });
  expect((await refusalOf(theirs)).status).toBe(404);
});

test('of two who take a name for a site at the same moment one is refused', async () => {
  const id = await contract();
  const { usageSites } = portal.portal;
  const { ofContract } = usageSites;
  let reading = 0;
  const { promise: bothHaveRead, resolve } = Promise.withResolvers<void>();
  usageSites.ofContract = async (contractId) => {
    const sites = await ofContract(contractId);
    if (++reading === 2) resolve();
    await bothHaveRead;
    return sites;
  };
  const site = { params: { contractId: id }, body: SITE };
  const outcomes = [1, 2].map(() => outcomeOf(aggregator.createAggregatorUsageSite(site)));
  expect((await Promise.all(outcomes)).map(({ status }) => status).sort()).toEqual([201, 400]);
});

test('the prepayment shows balance, movements and the month it runs out in', async () => {
  const over = { contractSKUId: skuId('RENTAL-PREPAY'), ...NEGOTIATED, prepayment: 120, triggerPoint: 30 };
  const id = await contract({ ...over, bolDate: '2026-09-01' });
  const { contractRequests, prepayments, units, billingOrders } = portal.portal;
  const [request] = await contractRequests.ofContract(id);
  await units.commit([
    contractRequests.changed({ ...(request as NonNullable<typeof request>), status: 'PENDING_EFFECTIVE_DATE' }),
  ]);
  const { runContractDay } = await import('../../../lambdas/use-cases/run-contract-day.ts');
  expect((await runContractDay(portal.portal)).failures).toEqual([]);
  const [order] = await billingOrders.ofContract(id, [period('2026-09')]);
  const source = { id: order?.id ?? '', revision: 1 };
  const post = postToLedger(await prepayments.balance(id), { kind: 'DRAW', source, points: points('-25.5') });
  if (post.ok) await units.commit(prepayments.posted(post.entry, post.balance));
  const { body } = await aggregator.getPrepayment({ params: { contractId: id } });
  expect(body).toEqual({
    contractId: id,
    unit: 'POINTS',
    currency: 'USD',
    prepaid: '120',
    triggerPoint: '30',
    balance: '94.5',
    movements: [
      { sequence: 1, kind: 'CREDIT', amount: '120', balanceAfter: '120', token: request?.token },
      { sequence: 2, kind: 'DRAW', amount: '-25.5', balanceAfter: '94.5', usagePeriod: '2026-09' },
    ],
    forecast: { bySchedule: '2027-07', byMean: '2027-07' },
  });
  const none = await aggregator.getPrepayment({ params: { contractId: await contract() } });
  expect(none.body).toMatchObject({ balance: '0', movements: [], forecast: {} });
  const theirs = provider.getPrepayment({ params: { contractId: id } });
  expect((await refusalOf(theirs)).status).toBe(403);
});

test('the commit advice compares what was billed on every SKU of the family', async () => {
  // A year back is looked at, what is before it is not.
  const id = await contract({ bolDate: '2025-11-01' });
  await bill(id, '2025-11', '300');
  await bill(id, '2026-10', '500');
  const { body } = await aggregator.adviseCommit({ params: { contractId: id } });
  expect(body).toEqual({
    contractId: id,
    currency: 'USD',
    months: [
      { usagePeriod: '2025-11', reported: '300', outsideCommit: '0' },
      { usagePeriod: '2026-10', reported: '500', outsideCommit: '0' },
    ],
    skus: [
      { code: 'RENTAL-360', contractType: 'PAY-GO', minCommit: '360', isPresent: false, cost: '756.80' },
      { code: 'RENTAL-1800', contractType: 'PAY-GO', minCommit: '1800', isPresent: true, cost: '3168.00' },
      { code: 'RENTAL-3600', contractType: 'PAY-GO', minCommit: '3600', isPresent: false, cost: '6336.00' },
    ],
    unpriced: [],
  });
});
