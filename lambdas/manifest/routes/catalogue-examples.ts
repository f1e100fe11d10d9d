export const EXAMPLE_FAMILY_ID = '56929513-8a0e-4b7d-9c31-513800000000';

export const EXAMPLE_FAMILY = {
  id: EXAMPLE_FAMILY_ID,
  code: 'RENTAL',
  name: 'Rental Commercial',
  description: 'Data centre software by the month, counted in points',
  type: 'RENTAL',
  unit: 'POINTS',
} as const;

const SKU = { code: 'VSPP3-1800-C', contractType: 'PAY-GO', bolDate: '2026-01', term: 12, minCommit: 1800 } as const;

export const EXAMPLE_SKU = {
  id: 'e4d8668b-3c1f-4a52-8d09-0ba60000002f',
  ...SKU,
  family: 'RENTAL',
  discount: '0',
  commitType: 'MONTHLY',
  commitValue: 0,
} as const;

const PRODUCT = {
  code: 'FLEX-CORE',
  name: 'Flex Core',
  category: 'Compute',
  family: 'RENTAL',
  uom: 'GB vRAM',
  ppu: '4',
};

export const EXAMPLE_PRODUCT = { id: '892ae1d0-6d4e-4f0a-a8e2-f04b00000005', ...PRODUCT };

export const EXAMPLE_LOAD = {
  families: [{ code: 'RENTAL', name: 'Rental Commercial', type: 'RENTAL' }],
  skus: [{ ...SKU, family: 'RENTAL' }],
  products: [PRODUCT],
  priceLists: [
    {
      currency: 'USD',
      version: 'USD-2027-01',
      validFrom: '2027-01',
      prices: [{ sku: 'VSPP3-1800-C', listPrice: '0.88' }],
    },
  ],
};
