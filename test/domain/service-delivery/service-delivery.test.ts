import { addDays, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { Product } from '../../../lambdas/domain/catalogue/product.ts';
import { formatPoints, points, pointsOf, pointsPerUnit } from '../../../lambdas/domain/numbers/amounts.ts';
import { checkDelivery } from '../../../lambdas/domain/service-delivery/check-delivery.ts';
import {
  DELIVERY_MEASURES,
  type DeliveryMeasure,
  deliveredUsage,
  type ServiceDelivery,
} from '../../../lambdas/domain/service-delivery/service-delivery.ts';
import { SERVICE_DELIVERY_STATUSES } from '../../../lambdas/domain/service-delivery/status.ts';
import { signed, skuOf } from '../support/contracts.ts';

const { contract } = signed(skuOf('PAY-GO', '5000', 'SRV'), '2026-01-01');
const TODAY = plainDate('2026-11-03');

const product = (code: string, uom: string, ppu: string): Product => ({
  id: code,
  code,
  name: code,
  category: 'Services',
  family: 'SRV',
  uom,
  pointsPerUnit: pointsPerUnit(ppu),
});
const PRODUCTS = [product('CONSULTING', 'Hour', '180'), product('REVIEW', 'Review', '3200')];

const check = (productCode: string, measure: DeliveryMeasure, quantity?: string, today = TODAY) =>
  checkDelivery(
    { productCode, measure, quantity, deliveryDate: '2026-10-14', description: 'Workshop' },
    contract,
    PRODUCTS,
    today,
  );

const delivery = (number: string, checked: ReturnType<typeof check>, over: Partial<ServiceDelivery> = {}) => {
  if (!checked.ok) throw new Error('it is refused');
  return { ...checked.value, number, status: 'PENDING_ACCEPTANCE', ...over } as ServiceDelivery;
};

test('the worked example: points, hours and a fixed fee', () => {
  const usage = deliveredUsage([
    delivery('SD-1', check('CONSULTING', 'POINTS', '120.5')),
    delivery('SD-2', check('CONSULTING', 'HOURS', '7.5')),
    delivery('SD-3', check('REVIEW', 'FIXED_FEE')),
  ]);
  const counted = usage.map((line) => pointsOf(line.quantity, line.pointsPerUnit));
  expect(counted.map(formatPoints)).toEqual(['120.5', '1350', '3200']);
  expect(counted.reduce((sum, each) => sum + each, 0n)).toBe(points('4670.5'));
  expect(usage.map(({ source }) => source)).toEqual(
    ['SD-1', 'SD-2', 'SD-3'].map((number) => ({ deliveryNumber: number })),
  );
});

test('what is disputed or withdrawn is no usage', () => {
  const record = check('REVIEW', 'FIXED_FEE');
  const charged = SERVICE_DELIVERY_STATUSES.filter(
    (status) => deliveredUsage([delivery('SD-1', record, { status })]).length > 0,
  );
  expect(charged).toEqual(['PENDING_ACCEPTANCE', 'ACCEPTED']);
});

test('each product is delivered by its own measures', () => {
  const taken = (code: string) =>
    DELIVERY_MEASURES.filter((measure) => check(code, measure, measure === 'FIXED_FEE' ? undefined : '1').ok);
  expect([taken('CONSULTING'), taken('REVIEW')]).toEqual([
    ['POINTS', 'HOURS'],
    ['POINTS', 'FIXED_FEE'],
  ]);
});

test('deliveries are taken until 90 days after the end of their month', () => {
  const last = addDays(plainDate('2026-10-31'), 90);
  expect(check('REVIEW', 'FIXED_FEE', undefined, last)).toMatchObject({ ok: true });
  expect(check('REVIEW', 'FIXED_FEE', undefined, addDays(last, 1))).toEqual({ ok: false, tooOld: last });
});
