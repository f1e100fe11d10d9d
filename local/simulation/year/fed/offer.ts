import type { FamilyType } from '../../../../lambdas/domain/catalogue/family.ts';

/** What is sold of families whose usage others tell; of money families with a price in each of two lists. */
export const FED_PRODUCTS: readonly {
  code: string;
  family: FamilyType;
  uom: string;
  pointsPerUnit?: string;
  prices: readonly string[];
}[] = [
  { code: 'CLOUD-HOST', family: 'MSP', uom: 'Host', prices: ['34.567891', '36.2'] },
  { code: 'CLOUD-TRAFFIC', family: 'MSP', uom: 'GB', prices: ['0.012345', '0.0131'] },
  { code: 'PRIVATE-HOST', family: 'LPCAAS', uom: 'Host', prices: ['41.123456', '43.5'] },
  { code: 'PRIVATE-STORAGE', family: 'LPCAAS', uom: 'TB', prices: ['7.654321', '7.1'] },
  { code: 'EDGE', family: 'VELO', uom: 'Edge', prices: [] },
  ...(['GSS', 'SRV'] as const).flatMap((family) => [
    { code: `${family}-HOUR`, family, uom: 'Hour', pointsPerUnit: '12.5', prices: [] },
    { code: `${family}-WORKSHOP`, family, uom: 'Workshop', pointsPerUnit: '340.75', prices: [] },
  ]),
];
