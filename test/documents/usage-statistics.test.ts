import { rankedByPoints } from '../../lambdas/documents/rankings.ts';
import { usageStatistics } from '../../lambdas/documents/usage-statistics.ts';
import { sampleBilledContract, sampleConsolidatedBill } from '../fixtures/invoices.ts';

const line = (productCode: string, quantity: string, points: string, usagePeriod?: string) => ({
  ...(sampleBilledContract().lines[0] as ReturnType<typeof sampleBilledContract>['lines'][number]),
  productCode,
  quantity,
  points,
  ...(usagePeriod !== undefined && { usagePeriod }),
});
const underage = { ...line('', '0', '100'), quantity: undefined } as never;

const BILLS = [
  sampleConsolidatedBill({
    contracts: [sampleBilledContract({ contractNumber: '1', total: '112', lines: [line('A', '4', '12'), underage] })],
  }),
  sampleConsolidatedBill({
    contracts: [
      sampleBilledContract({
        contractNumber: '1',
        takesBack: true,
        total: '-112',
        lines: [line('A', '-4', '-12'), underage],
      }),
      sampleBilledContract({
        contractNumber: '1',
        total: '105',
        lines: [line('A', '1.5', '4.5'), line('B', '1', '1')],
      }),
      sampleBilledContract({
        contractNumber: '0',
        usagePeriod: '2026-11',
        total: '9',
        lines: [line('A', '3', '9', '2026-10')],
      }),
      sampleBilledContract({ contractNumber: '9', usagePeriod: '2025-01', total: '1', lines: [line('Z', '1', '1')] }),
    ],
  }),
];

test('statistics count off what was taken back, and late usage in its own month', () => {
  const { contracts, products } = usageStatistics(BILLS, (month) => month > '2026-01');
  expect(contracts.map(({ contractNumber, points, months }) => [contractNumber, points, months])).toEqual([
    ['0', '9', [{ usagePeriod: '2026-11', points: '9' }]],
    ['1', '105', [{ usagePeriod: '2026-10', points: '105' }]],
  ]);
  expect(products.map(({ productCode, points, months }) => [productCode, points, months])).toEqual([
    ['A', '13.5', [{ usagePeriod: '2026-10', points: '13.5', quantity: '4.5' }]],
    ['B', '1', [{ usagePeriod: '2026-10', points: '1', quantity: '1' }]],
  ]);
});

test('a ranking adds up exactly, equal ones share their rank', () => {
  const ranked = rankedByPoints([
    { key: 'b', name: 'B', points: '0.1' },
    { key: 'c', name: 'C', points: '0.3' },
    { key: 'b', name: 'B', points: '0.2' },
    { key: 'a', name: 'A', points: '-5' },
    { key: 'd', name: 'D', points: '10' },
  ]);
  expect(ranked.map(({ rank, key, points, documents }) => [rank, key, points, documents])).toEqual([
    [1, 'd', '10', 1],
    [2, 'b', '0.3', 2],
    [2, 'c', '0.3', 1],
    [4, 'a', '-5', 1],
  ]);
});
