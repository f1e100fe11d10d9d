import * as fc from 'fast-check';
import { addMonths, period } from '../../../lambdas/domain/calendar/period.ts';
import { type ContractCustomer, customerFaults, customerNumberOf } from '../../../lambdas/domain/customer/customer.ts';
import {
  type BoundLabel,
  customersByLabel,
  isBound,
  labelFaults,
  rebound,
} from '../../../lambdas/domain/customer/labels.ts';

const OCTOBER = period('2026-10');
const NOVEMBER = period('2026-11');
const DECEMBER = period('2026-12');

const customer = (customerNumber: string, labels: readonly BoundLabel[]): ContractCustomer => ({
  contractId: 'C-1',
  customerId: `id-${customerNumber}`,
  customerNumber,
  labels,
  siso: {},
  lastModifiedTime: '2026-11-01T00:00:00.000Z',
  version: 1,
});

test('a label names its customer from the month it is bound in, and moves to another from a later one on', () => {
  const first = rebound([], ['tenant-a'], NOVEMBER);
  expect(first).toEqual([{ label: 'tenant-a', from: NOVEMBER }]);
  const left = rebound(first, [], DECEMBER);
  expect(left).toEqual([{ label: 'tenant-a', from: NOVEMBER, until: NOVEMBER }]);
  const customers = [customer('4711', left), customer('4712', rebound([], ['tenant-a'], DECEMBER))];
  const named = [OCTOBER, NOVEMBER, DECEMBER, addMonths(DECEMBER, 1)].map((of) =>
    customersByLabel(customers, of).get('tenant-a'),
  );
  expect(named).toEqual([undefined, '4711', '4712', '4712']);
});

test('a label that is let go of in the month it was bound in never was, and may be bound again', () => {
  expect(rebound(rebound([], ['a'], NOVEMBER), [], NOVEMBER)).toEqual([]);
  const again = rebound(rebound(rebound([], ['a'], OCTOBER), [], DECEMBER), ['a'], DECEMBER);
  expect(again).toEqual([
    { label: 'a', from: OCTOBER, until: NOVEMBER },
    { label: 'a', from: DECEMBER },
  ]);
});

test('what a label named in earlier months never changes, whatever is bound later', () => {
  const LABELS = ['a', 'b', 'c'];
  const steps = fc.array(fc.record({ later: fc.integer({ min: 0, max: 2 }), wanted: fc.subarray(LABELS) }));
  fc.assert(
    fc.property(steps, (changes) => {
      let labels: BoundLabel[] = [];
      let month = OCTOBER;
      for (const { later, wanted } of changes) {
        month = addMonths(month, later);
        const before = addMonths(month, -1);
        const was = [...customersByLabel([customer('1', labels)], before).keys()].sort();
        labels = rebound(labels, wanted, month);
        expect([...customersByLabel([customer('1', labels)], before).keys()].sort()).toEqual(was);
        expect(
          labels
            .filter(isBound)
            .map(({ label }) => label)
            .sort(),
        ).toEqual([...wanted].sort());
      }
    }),
  );
});

test('a label names one customer of a contract', () => {
  const others = [
    customer('4711', [{ label: 'a', from: OCTOBER }]),
    customer('4712', [{ label: 'b', from: OCTOBER, until: OCTOBER }]),
  ];
  expect(labelFaults(['a', 'b', 'c', 'c'], others)).toEqual([
    { field: 'labels[0]', message: 'names customer 4711 already' },
    { field: 'labels[3]', message: 'is given twice' },
  ]);
});

test('a customer in the US needs a state', () => {
  const fields = { name: 'x', address1: 'x', postalCode: '1' };
  expect(customerFaults({ ...fields, countryRegion: 'US' })).toMatchObject([{ field: 'state' }]);
  expect(customerFaults({ ...fields, countryRegion: 'US', state: 'NY' })).toEqual([]);
  expect(customerFaults({ ...fields, countryRegion: 'DE' })).toEqual([]);
});

test('customer numbers have ten digits', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 60n }), (n) => expect(customerNumberOf(n)).toMatch(/^[1-9]\d{9}$/)),
  );
});
