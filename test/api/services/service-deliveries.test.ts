import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { tellParties } from '../../../lambdas/use-cases/tell-parties.ts';
import { NOVEMBER, OCTOBER, openServicePortal, type ServicePortal } from '../../support/service-portal.ts';

const SP = { organizationId: 'SP-1', roles: ['Operations'] } as const;
const VENDOR = { organizationId: 'VENDOR', roles: ['Operations'] } as const;
const AGGREGATOR = { organizationId: 'AGG-1', roles: ['Read Only'] } as const;

let opened: ServicePortal;
beforeEach(async () => {
  opened = await openServicePortal();
  await opened.addContract('SRV');
});
afterEach(() => opened.close());

const POINTS = { measure: 'POINTS', code: 'CONSULTING', quantity: '120.5' };
const HOURS = { measure: 'HOURS', code: 'CONSULTING', quantity: 7.5 };
const FIXED = { measure: 'FIXED_FEE', code: 'REVIEW' };

const delivery = (number: string, over: object = HOURS) => ({
  number,
  contractId: 'SRV',
  deliveryDate: '2026-10-14',
  description: 'Network workshop',
  ...over,
});
const enter = (number: string, over: object = HOURS) =>
  opened.send('enterServiceDelivery', { body: delivery(number, over) }, VENDOR);
const batch = async (...deliveries: object[]) =>
  (await opened.send('enterServiceDeliveries', { body: { deliveries } }, VENDOR)).body;
const of = (id: RouteId, number: string, body?: object, sender: object = SP, headers = {}) =>
  opened.send(id, { params: { deliveryNumber: number }, ...(body && { body }), headers }, sender);
const accept = (number: string) => of('acceptServiceDelivery', number);
const dispute = (number: string) => of('disputeServiceDelivery', number, { comment: 'It was shorter' });
const withdraw = (number: string) => of('withdrawServiceDelivery', number, { comment: 'Entered twice' }, VENDOR);
const confirm = (number: string) => of('confirmServiceDelivery', number, { comment: 'Signed for' }, VENDOR);
const correct = (number: string, over: object) => {
  const { number: _number, contractId: _contract, ...said } = delivery(number, over);
  return of('correctServiceDelivery', number, said, VENDOR);
};

async function mailed(): Promise<string[]> {
  for (const notice of await opened.portal.notices.waiting()) await tellParties(opened.portal, notice);
  return opened.mails.splice(0).flatMap(({ subject, to }) => to.map(({ address }) => `${address}: ${subject}`));
}

const submit = async (month = OCTOBER) => {
  const { id } = await opened.orderOf('SRV', month);
  return opened.of('submitOrder', id, SP, { body: { serviceProviderPurchaseOrder: 'PO-1' } });
};

test('what the vendor enters is on the order of its month, by each measure', async () => {
  const { status, body, headers } = await enter('SD-2');
  expect([status, headers.location]).toEqual([201, '/api/vendor/v1/serviceDeliveries/SD-2']);
  expect(body).toMatchObject({
    status: 'PENDING_ACCEPTANCE',
    quantity: '7.5',
    uom: 'Hour',
    ppu: '180',
    points: '1350',
  });
  expect((await enter('SD-1', POINTS)).body).toMatchObject({ uom: 'Point', ppu: '1', points: '120.5' });
  expect((await enter('SD-3', FIXED)).body).toMatchObject({ quantity: '1', uom: 'Review', points: '3200' });
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual(['CONSULTING 120.5', 'CONSULTING 7.5', 'REVIEW 1']);
  const order = await opened.orderOf('SRV', OCTOBER);
  const { body: shown } = await opened.of('getProviderOrder', order.id, SP);
  expect(shown).toMatchObject({ autoReportType: 'FIXED', summary: { reported: 4670.5, underage: 329.5, total: 5000 } });
  const usages = await opened.of('listProviderUsages', order.id, SP);
  expect(usages.body.content).toContainEqual(
    expect.objectContaining({
      code: 'REVIEW',
      ppu: 3200,
      points: 3200,
      metadata: expect.objectContaining({ readOnly: true }),
    }),
  );
  expect(await mailed()).toContain(
    'mail@SP-1.example: Services delivered on contract number-of-SRV wait for acceptance',
  );
});

test('the service provider can dispute the record, not change its line', async () => {
  await enter('SD-1');
  const { id } = await opened.orderOf('SRV', OCTOBER);
  const refused = await opened.of('addUsage', id, SP, { body: { code: 'CONSULTING', quantity: '1' } });
  expect(refused.body.code).toBe('USAGE_NOT_EDITABLE');
});

test('sent again a record changes nothing; of another content it is refused', async () => {
  await enter('SD-1');
  const before = await opened.orderOf('SRV', OCTOBER);
  expect((await enter('SD-1')).status).toBe(201);
  expect(await opened.orderOf('SRV', OCTOBER)).toEqual(before);
  expect((await enter('SD-1', { ...HOURS, quantity: '8' })).body).toMatchObject({
    status: 409,
    code: 'DELIVERY_EXISTS',
  });
  await opened.addContract('OTHER');
  expect((await enter('SD-1', { ...HOURS, contractId: 'OTHER' })).body.code).toBe('DELIVERY_EXISTS');
});

test('a batch enters what is valid and tells of each other what is wrong', async () => {
  await enter('SD-1');
  const answer = await batch(
    delivery('SD-1'),
    delivery('SD-2', POINTS),
    delivery('SD-3', { ...HOURS, code: 'REVIEW' }),
    delivery('SD-4', { contractId: 'NONE', ...FIXED }),
    delivery('SD-2', POINTS),
    delivery('SD-5', { ...FIXED, deliveryDate: '2026-06-30' }),
  );
  expect(answer).toMatchObject({ entered: 1, unchanged: 1, refused: 4 });
  expect(answer.results).toMatchObject([
    { name: 'SD-1', result: 'UNCHANGED' },
    { name: 'SD-2', result: 'ENTERED' },
    { name: 'SD-3', code: 'BAD_REQUEST', errors: [{ field: 'measure' }] },
    { name: 'SD-4', code: 'NOT_FOUND' },
    { name: 'SD-2', code: 'DELIVERY_EXISTS' },
    { name: 'SD-5', code: 'USAGE_TOO_OLD' },
  ]);
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual(['CONSULTING 120.5', 'CONSULTING 7.5']);
});

test('a large batch is taken whole, and again without effect', async () => {
  const many = Array.from({ length: 45 }, (_, n) => delivery(`SD-${n}`, { ...POINTS, quantity: String(n + 1) }));
  expect(await batch(...many)).toMatchObject({ entered: 45, refused: 0 });
  expect((await opened.orderOf('SRV', OCTOBER)).held.lines).toBe(45);
  expect(await batch(...many)).toMatchObject({ unchanged: 45 });
  expect((await opened.orderOf('SRV', OCTOBER)).held.lines).toBe(45);
});

test.each([
  [{ ...FIXED, measure: 'DAYS' }, 'measure'],
  [{ ...HOURS, quantity: '0' }, 'quantity'],
  [{ ...HOURS, quantity: '-1' }, 'quantity'],
  [{ ...HOURS, quantity: '0.0000001' }, 'quantity'],
  [{ ...HOURS, quantity: undefined }, 'quantity'],
  [{ ...FIXED, quantity: '1' }, 'quantity'],
  [{ ...FIXED, code: 'CONSULTING' }, 'measure'],
  [{ measure: 'HOURS', code: 'REVIEW', quantity: '1' }, 'measure'],
  [{ measure: 'POINTS', code: 'TIERED', quantity: '1' }, 'measure'],
  [{ ...FIXED, code: 'ADVISOR' }, 'code'],
  [{ ...FIXED, code: 'NONE' }, 'code'],
  [{ ...FIXED, deliveryDate: '2026-02-30' }, 'deliveryDate'],
  [{ ...FIXED, deliveryDate: '2026-11-04' }, 'deliveryDate'],
  [{ ...FIXED, deliveryDate: '2025-12-31' }, 'deliveryDate'],
  [{ ...FIXED, description: ' ' }, 'description'],
  [{ ...FIXED, other: 1 }, 'other'],
])('a record of %j is refused, naming %s', async (over, field) => {
  expect((await enter('SD-1', over)).body).toMatchObject({ status: 400, errors: [{ field }] });
});

test('nothing is delivered on contracts of other families, nor after the contract has ended', async () => {
  const rental = await opened.addContract('RENTAL', { ...(await rentalSku()) });
  expect((await enter('SD-1', { ...FIXED, contractId: rental.id })).body).toMatchObject({
    errors: [{ field: 'code' }],
  });
  await opened.addContract('ENDED', undefined, { eolDate: '2026-10-10' as never, status: 'TERMINATED' });
  const late = await enter('SD-1', { ...FIXED, contractId: 'ENDED' });
  expect(late.body).toMatchObject({
    errors: [{ field: 'deliveryDate', message: expect.stringContaining('2026-10-10') }],
  });
});

const rentalSku = async () => (await import('../../support/order-portal.ts')).PAYG_1800;

test('what is disputed is on no order until it is settled', async () => {
  await enter('SD-1');
  await enter('SD-2', POINTS);
  await mailed();
  expect((await dispute('SD-1')).body).toMatchObject({ status: 'DISPUTED', comment: 'It was shorter' });
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual(['CONSULTING 120.5']);
  expect(await mailed()).toEqual(['mail@VENDOR.example: Service delivery SD-1 is disputed']);
  const { body: queue } = await opened.send('listVendorServiceDeliveries', {}, VENDOR);
  expect(queue).toMatchObject({ total: 1, content: [{ number: 'SD-1' }] });
  expect((await correct('SD-1', { ...HOURS, quantity: '6' })).body).toMatchObject({
    status: 'PENDING_ACCEPTANCE',
    points: '1080',
  });
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual(['CONSULTING 120.5', 'CONSULTING 6']);
  expect(await mailed()).toEqual(['mail@SP-1.example: Service delivery SD-1 is corrected']);
  await dispute('SD-1');
  await confirm('SD-1');
  await dispute('SD-2');
  await withdraw('SD-2');
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual(['CONSULTING 6']);
  expect((await dispute('SD-1')).body.code).toBe('TRANSITION_NOT_ALLOWED');
});

test('a correction stays within its month', async () => {
  await enter('SD-1');
  const moved = await correct('SD-1', { ...HOURS, deliveryDate: '2026-11-02' });
  expect(moved.body).toMatchObject({ status: 400, errors: [{ field: 'deliveryDate' }] });
  expect((await correct('SD-1', { ...FIXED, deliveryDate: '2026-10-20' })).body).toMatchObject({ points: '3200' });
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual(['REVIEW 1']);
});

test('what stands on a submitted order is disputed no more, unless that is sent back', async () => {
  await enter('SD-1');
  expect((await submit()).status).toBe(204);
  for (const reply of [await dispute('SD-1'), await withdraw('SD-1'), await correct('SD-1', POINTS)]) {
    expect(reply.body).toMatchObject({ status: 409, code: 'USAGE_SUBMITTED' });
  }
  const { id } = await opened.orderOf('SRV', OCTOBER);
  await opened.of('sendBackOrder', id, { organizationId: 'AGG-1' }, { body: { comment: 'Look again' } });
  expect((await dispute('SD-1')).status).toBe(200);
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual([]);
});

test('what comes after its order was submitted is arrears, and comes home when that is sent back', async () => {
  await submit();
  await enter('SD-1');
  expect(await opened.linesOn('SRV', NOVEMBER)).toEqual(['2026-10: CONSULTING 7.5']);
  await enter('SD-2', POINTS);
  await dispute('SD-2');
  expect(await opened.linesOn('SRV', NOVEMBER)).toEqual(['2026-10: CONSULTING 7.5']);
  const { id } = await opened.orderOf('SRV', OCTOBER);
  await opened.of('sendBackOrder', id, { organizationId: 'AGG-1' }, { body: { comment: 'Look again' } });
  await opened.meterDay();
  expect([await opened.linesOn('SRV', OCTOBER), await opened.linesOn('SRV', NOVEMBER)]).toEqual([
    ['CONSULTING 7.5'],
    [],
  ]);
});

test('nothing is delivered in a month whose order was cancelled', async () => {
  const order = await opened.orderOf('SRV', OCTOBER);
  await enter('SD-1');
  await opened.of('cancelOrder', order.id, VENDOR, { body: { comment: 'Not used' } });
  expect((await enter('SD-2')).body.code).toBe('USAGE_NOT_HERE');
  opened.clock.time = new Date('2026-11-10T03:00:00Z');
  await opened.meterDay();
  expect((await of('getProviderServiceDelivery', 'SD-1')).body.status).toBe('WITHDRAWN');
});

test('of two who decide at once one is told, and a version that was read is kept to', async () => {
  await enter('SD-1');
  const both = await Promise.all([dispute('SD-1'), accept('SD-1')]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  await enter('SD-2');
  expect((await of('acceptServiceDelivery', 'SD-2', undefined, SP, { 'if-match': '"v7"' })).status).toBe(412);
});

test('many records entered, disputed and filled in at once come to what is charged of them', async () => {
  const numbers = Array.from({ length: 12 }, (_, n) => `SD-${n}`);
  await batch(...numbers.map((number, n) => delivery(number, { ...POINTS, quantity: String(n + 1) })));
  const disputed = numbers.filter((_, n) => n % 3 === 0);
  await Promise.all([
    ...disputed.map(async (number) => {
      while ((await dispute(number)).status === 409);
    }),
    batch(delivery('SD-20', { ...POINTS, quantity: '100' })),
    opened.meterDay(),
  ]);
  await opened.meterDay();
  const expected = [2, 3, 5, 6, 8, 9, 11, 12, 100].map((each) => `CONSULTING ${each}`);
  expect(await opened.linesOn('SRV', OCTOBER)).toEqual(expected.sort());
});

test('others neither see nor decide of them', async () => {
  await enter('SD-1');
  expect((await of('getAggregatorServiceDelivery', 'SD-1', undefined, AGGREGATOR)).body).toMatchObject({
    number: 'SD-1',
    history: [{ party: 'VENDOR', action: 'enterDelivery', to: 'PENDING_ACCEPTANCE' }],
  });
  for (const [id, organizationId] of [
    ['getAggregatorServiceDelivery', 'AGG-2'],
    ['getProviderServiceDelivery', 'SP-2'],
    ['acceptServiceDelivery', 'SP-2'],
  ] as const) {
    expect((await of(id, 'SD-1', undefined, { organizationId })).body).toMatchObject({ status: 404 });
  }
  const list = (id: RouteId, organizationId: string) => opened.send(id, {}, { organizationId });
  expect((await list('listAggregatorServiceDeliveries', 'AGG-1')).body.total).toBe(1);
  expect((await list('listAggregatorServiceDeliveries', 'AGG-2')).body.total).toBe(0);
  expect((await list('listProviderServiceDeliveries', 'SP-1')).body.total).toBe(1);
  expect((await list('listProviderServiceDeliveries', 'SP-2')).body.total).toBe(0);
  const readOnly = { ...SP, roles: ['Read Only'] };
  expect((await of('acceptServiceDelivery', 'SD-1', undefined, readOnly)).status).toBe(403);
});

test('what waits is a task of the service provider, what is disputed one of the vendor', async () => {
  await enter('SD-1');
  await enter('SD-2', POINTS);
  const { content } = (await opened.send('listProviderTasks', { query: { filter: 'type==DELIVERIES' } }, SP)).body;
  expect(content).toMatchObject([
    { contractId: 'SRV', usagePeriod: '2026-10', deliveries: 2, dueDate: '2026-11-05', overdue: false },
  ]);
  await dispute('SD-1');
  await accept('SD-2');
  const waiting = async (id: RouteId, sender: object) =>
    (await opened.send(id, { query: { filter: 'type==DELIVERIES' } }, sender)).body;
  expect(await waiting('listProviderTasks', SP)).toMatchObject({ total: 0 });
  expect(await waiting('listVendorTasks', VENDOR)).toMatchObject({ total: 1, content: [{ deliveries: 1 }] });
});

test('the close bills what nobody has disputed, and what is settled later costs what it would have', async () => {
  await enter('SD-1', POINTS);
  await enter('SD-2');
  await enter('SD-3', FIXED);
  await dispute('SD-3');
  await accept('SD-2');
  expect(await opened.closeMonth(OCTOBER)).toEqual({
    SRV: [
      'Product CONSULTING 7.5: 1350 = 1350.00',
      'Product CONSULTING 120.5: 120.5 = 120.50',
      'Minimum commit not reached: 3529.5 = 3529.50',
    ],
  });
  await opened.meterDay();
  expect((await of('getProviderServiceDelivery', 'SD-1')).body).toMatchObject({
    status: 'ACCEPTED',
    history: [{}, { party: 'SYSTEM', action: 'acceptBilled' }],
  });
  expect((await of('getProviderServiceDelivery', 'SD-3')).body.status).toBe('DISPUTED');
  await confirm('SD-3');
  await enter('SD-4', { ...POINTS, quantity: '400' });
  expect(await opened.linesOn('SRV', NOVEMBER)).toEqual(['2026-10: CONSULTING 400', '2026-10: REVIEW 1']);
  opened.clock.time = new Date('2026-12-01T00:00:00Z');
  expect(await opened.closeMonth(NOVEMBER)).toEqual({
    SRV: [
      'Product CONSULTING 400: 0 = 0.00',
      'Product REVIEW 1: 70.5 = 70.50',
      'Minimum commit not reached: 5000 = 5000.00',
    ],
  });
});
