import * as fc from 'fast-check';
import {
  seesContract,
  seesLine,
  seesSite,
  seesWholeContract,
  type View,
  viewOf,
  type WorkGroupItem,
} from '../../../lambdas/domain/work-group/work-group.ts';

const HELD: Readonly<Record<string, readonly string[]>> = { 'prm-1': ['c-1', 'c-2'] };
const view = (...items: WorkGroupItem[]): View =>
  viewOf({ id: 'g', organizationId: 'o', name: 'G', items, version: 1 }, (prmId) => HELD[prmId] ?? []);
const line = (siteId: string | undefined, customerNumber = '') => ({
  ...(siteId !== undefined && { siteId }),
  customerNumber,
});

test('a group without items sees nothing, who is in none sees all', () => {
  expect([seesContract(view(), 'c-1'), seesLine(view(), 'c-1', line('s-1'))]).toEqual([false, false]);
  expect([seesContract(undefined, 'c-1'), seesWholeContract(undefined, 'c-1')]).toEqual([true, true]);
  expect([seesLine(undefined, 'c-1', line('s-1')), seesSite(undefined, 'c-1', 's-1')]).toEqual([true, true]);
});

test('a contract is in view whole, or by some of its sites', () => {
  const seen = view({ contracts: [{ contractId: 'c-1' }, { contractId: 'c-2', siteIds: ['s-2'] }] });
  expect(['c-1', 'c-2', 'c-3'].map((id) => seesContract(seen, id))).toEqual([true, true, false]);
  expect(['c-1', 'c-2', 'c-3'].map((id) => seesWholeContract(seen, id))).toEqual([true, false, false]);
  expect(['s-2', 's-9', undefined].map((id) => seesLine(seen, 'c-2', line(id)))).toEqual([true, false, false]);
  expect(seesLine(seen, 'c-1', line(undefined))).toBe(true);
  expect([seesSite(seen, 'c-2', 's-2'), seesSite(seen, 'c-2', 's-9')]).toEqual([true, false]);
});

test('contracts and end customers of an item both have to fit, items add up', () => {
  const both = { contracts: [{ contractId: 'c-1' }], customers: ['7'] };
  expect(seesLine(view(both), 'c-1', line('s-1', '7'))).toBe(true);
  expect(seesLine(view(both), 'c-1', line('s-1', '8'))).toBe(false);
  expect(seesLine(view(both), 'c-2', line('s-1', '7'))).toBe(false);
  expect(seesWholeContract(view(both), 'c-1')).toBe(false);
  const more = view(both, { contracts: [{ contractId: 'c-2' }] });
  expect(seesLine(more, 'c-2', line('s-1', '8'))).toBe(true);
  expect(seesContract(view({ customers: ['7'] }), 'any')).toBe(true);
});

test('all contracts of a service provider are in view by its partner number, and only those', () => {
  const seen = view({ serviceProviders: ['prm-1', 'prm-unknown'] });
  expect(['c-1', 'c-2', 'c-3'].map((id) => seesWholeContract(seen, id))).toEqual([true, true, false]);
  expect(seesContract(view({ serviceProviders: ['prm-unknown'] }), 'c-1')).toBe(false);
});

const id = fc.constantFrom('c-1', 'c-2', 'c-3');
const some = <Each>(each: fc.Arbitrary<Each>) => fc.array(each, { minLength: 1, maxLength: 3 });
const site = fc.constantFrom('s-1', 's-2', 's-3');
const customer = fc.constantFrom('7', '8', '');
const item: fc.Arbitrary<WorkGroupItem> = fc.record(
  {
    contracts: some(fc.record({ contractId: id, siteIds: some(site) }, { requiredKeys: ['contractId'] })),
    serviceProviders: fc.constant(['prm-1']),
    customers: some(customer),
  },
  { requiredKeys: [] },
);

test('what is seen whole has all its lines in view, a line in view has its contract and site in view, more items see no less', () => {
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 3 }),
      item,
      id,
      site,
      customer,
      (items, more, contractId, siteId, number) => {
        const seen = view(...items);
        const isLineSeen = seesLine(seen, contractId, line(siteId, number));
        if (seesWholeContract(seen, contractId)) expect(isLineSeen).toBe(true);
        if (isLineSeen) {
          expect(seesContract(seen, contractId)).toBe(true);
          expect(seesSite(seen, contractId, siteId)).toBe(true);
          expect(seesLine(view(...items, more), contractId, line(siteId, number))).toBe(true);
        }
      },
    ),
  );
});
