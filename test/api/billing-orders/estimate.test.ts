import { percent, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import { usageLine } from '../../domain/support/builders.ts';
import { skuOf, times } from '../../domain/support/contracts.ts';
import {
  AGGREGATOR,
  EXAMPLE_LINES,
  type OrderPortal,
  openOrderPortal,
  PAYG_1800,
  PROVIDER,
  VENDOR,
} from '../../support/order-portal.ts';

let opened: OrderPortal;
beforeAll(async () => {
  opened = await openOrderPortal();
});
afterAll(() => opened.close());

const estimate = async (id: string, query: Record<string, string> = {}) =>
  (await opened.of('estimateAggregatorOrder', id, AGGREGATOR, { query })).body;
const forecast = (contractId: string, who: 'Aggregator' | 'Provider' = 'Aggregator') =>
  opened.send(`forecast${who}Contract`, { params: { contractId } }, who === 'Aggregator' ? AGGREGATOR : PROVIDER);

test('an open order is estimated as the close would bill it', async () => {
  const contract = await opened.addContract('payg', PAYG_1800);
  await opened.addOrder(contract, 'payg', { lines: EXAMPLE_LINES });
  expect(await estimate('payg')).toMatchObject({
    orderId: 'payg',
    asOf: '2026-11-03T09:00:00.000Z',
    unit: 'POINTS',
    currency: 'USD',
    minimumCommit: '1800',
    reported: '1830',
    overage: '30',
    underage: '0',
    total: '1830',
    net: '1610.40',
    lines: [
      { kind: 'USAGE', usageId: 'a', points: '30', unitPrice: '0.88', amount: '26.40' },
      { kind: 'USAGE', usageId: 'b', points: '1800', amount: '1584.00' },
    ],
    lineCount: 2,
  });
  expect((await estimate('payg', { offset: '1', limit: '1' })).lines).toMatchObject([{ usageId: 'b' }]);
  expect((await opened.of('estimateVendorOrder', 'payg', VENDOR)).body).toMatchObject({ net: '1610.40' });
});

test('a service provider sees points only, for families that are counted in points', async () => {
  const contract = await opened.addContract('prepaid', skuOf('PRE-PAY'), {}, times(36, '10'));
  await opened.addOrder(contract, 'prepaid', { lines: [usageLine('p', '4', '1')] });
  const balance = { contractId: 'prepaid', points: 120n * 10n ** 14n, sequence: 1 } as never;
  const entry = {
    ...(balance as object),
    kind: 'CREDIT',
    source: { id: 'r', revision: 1 },
    balanceAfter: 120n * 10n ** 14n,
  };
  await opened.portal.units.commit(opened.portal.prepayments.posted(entry as never, balance));
  expect(await estimate('prepaid')).toMatchObject({
    prepayment: { balanceBefore: '120', drawn: '10', balanceAfter: '110' },
    net: '0.00',
    lines: [
      { kind: 'USAGE', amount: '3.20' },
      { kind: 'COVER', amount: '-3.20' },
    ],
  });
  const { body } = await opened.of('estimateProviderOrder', 'prepaid', PROVIDER);
  expect(body).toMatchObject({ reported: '4', total: '10', lines: [{ kind: 'USAGE', points: '4' }], lineCount: 1 });
  for (const commercial of ['net', 'prepayment']) expect(body).not.toHaveProperty(commercial);
  expect((body.lines as object[])[0]).not.toHaveProperty('unitPrice');
  const msp = await opened.addContract('msp', { ...skuOf('PAY-GO', '0', 'MSP'), code: 'MSP-PAYG' });
  const price = { unitPrice: unitPrice('0.88'), discount: percent('5'), currency: 'USD', from: 'SOURCE' } as const;
  await opened.addOrder(msp, 'msp', { lines: [usageLine('m', '100', '0', { price })] });
  expect((await opened.of('estimateProviderOrder', 'msp', PROVIDER)).body).toMatchObject({
    unit: 'MONEY',
    net: '83.60',
    lines: [{ unitPrice: '0.88', discount: '5', amount: '83.60' }],
  });
});

test('what is closed, cancelled or has no price has no estimate', async () => {
  const contract = await opened.addContract('closed', PAYG_1800);
  await opened.addOrder(contract, 'closed', { status: 'CLOSED' });
  expect(await estimate('closed')).toMatchObject({ status: 409, code: 'TRANSITION_NOT_ALLOWED' });
  const unpriced = await opened.addContract('unpriced', skuOf('PAY-GO', '7'));
  await opened.addOrder(unpriced, 'unpriced');
  expect(await estimate('unpriced')).toMatchObject({ status: 409, code: 'NOT_PRICED' });
});

test('the running month is forecast: metered usage goes on by days, what people reported stays', async () => {
  opened.clock.time = new Date('2026-11-11T09:00:00.000Z');
  const contract = await opened.addContract('running', PAYG_1800);
  await opened.addOrder(contract, 'running', {
    month: '2026-11',
    status: 'NOT_OPEN',
    lines: [
      usageLine('metered', '700', '1', { usagePeriod: '2026-11' as never, origin: 'METER' }),
      usageLine('byHand', '100', '1', { usagePeriod: '2026-11' as never, origin: 'HAND' }),
      usageLine('late', '400', '1', { usagePeriod: '2026-10' as never, origin: 'METER' }),
    ],
  });
  expect((await forecast('running')).body).toEqual({
    contractId: 'running',
    usagePeriod: '2026-11',
    asOf: '2026-11-11T09:00:00.000Z',
    unit: 'POINTS',
    currency: 'USD',
    method: 'Metered usage × 30 ÷ 10 days; what was reported by hand as it is',
    elapsedDays: 10,
    days: 30,
    now: {
      minimumCommit: '1800',
      reported: '800',
      outsideCommit: '0',
      overage: '0',
      underage: '1000',
      total: '1800',
      net: '1584.00',
    },
    atMonthEnd: {
      minimumCommit: '1800',
      reported: '2200',
      outsideCommit: '0',
      overage: '400',
      underage: '0',
      total: '2200',
      net: '1936.00',
    },
  });
  const seen = await forecast('running', 'Provider');
  expect(seen.body).toMatchObject({ atMonthEnd: { reported: '2200' } });
  expect(seen.text).not.toContain('net');
});

test('a contract without an order in the running month has no forecast, and others’ contracts none at all', async () => {
  await opened.addContract('idle', PAYG_1800);
  expect((await forecast('idle')).body).toMatchObject({ status: 409, code: 'CONTRACT_STATUS' });
  await opened.addContract('foreign', PAYG_1800, { aggregatorId: 'AGG-2', serviceProviderId: 'SP-2' });
  expect((await forecast('foreign')).body.code).toBe('NOT_FOUND');
  expect((await forecast('foreign', 'Provider')).body.code).toBe('NOT_FOUND');
});
