/** What the examples of billing order routes are made of: the first worked example of domain.md §10. */
export const EXAMPLE_ORDER_ID = '2a7c0f6e-91c4-8d55-8f39-f6a3d1c0b7e4';
export const EXAMPLE_ORDER_PARAMS = { orderId: EXAMPLE_ORDER_ID };

const ORDER = {
  id: EXAMPLE_ORDER_ID,
  contract: {
    id: '630c2f68-4f2d-4a60-9b1e-61f8245eaca1',
    status: 'ACTIVE',
    contractReferenceNumber: 'AMER500001RENTAL',
    contractSKU: {
      code: 'VSPP3-1800-C',
      contractType: 'PAY-GO',
      productFamily: { name: 'Rental Commercial', code: 'RENTAL', type: 'RENTAL' },
    },
    currency: 'USD',
  },
  usagePeriod: '2026-10',
  autoReportType: 'NONE',
  serviceProviderPurchaseOrder: 'VMW202610',
} as const;
const TOTALS = { minimumCommit: 1800, reported: 1830, overage: 30, underage: 0, total: 1830 };
const COMMERCIAL = { vmwarePurchaseOrder: 'PO-100000', billingOrderPreference: 'ONLINE' } as const;

export const EXAMPLE_PROVIDER_ORDER = {
  ...ORDER,
  status: 'CLOSED',
  orderNumber: 'INV-2026-000001',
  summary: TOTALS,
  closedTime: '2026-11-10T02:00:00.000Z',
} as const;

/** An order of an aggregator in a status; open ones have no number. */
export const exampleOrder = <Status extends string>(status: Status) => ({
  ...ORDER,
  ...COMMERCIAL,
  status,
  summary: { ...TOTALS, listPrice: 1610.4, sellingPrice: 1610.4, discount: 0 },
});

export const exampleVendorOrder = <Status extends string>(status: Status) => ({
  ...exampleOrder(status),
  contractNumber: '50000001',
  aggregatorId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  serviceProviderId: '5a2c1b7e-0f43-4d5e-8a90-1c2d3e4f5a6b',
  revision: 1,
});

export const EXAMPLE_USAGE = {
  id: 'c301189b-7b55-4a6f-9d0b-9e175f966c18',
  code: 'VMW-VSANV2-STD-C',
  category: 'Cloud Infrastructure and Management',
  name: 'VMware Virtual SAN Standard',
  siteId: '5ce44045-3a0c-4b6e-8d2a-6c5a1f54ad88',
  siteName: 'my_site',
  quantity: 10,
  ppu: 3,
  points: 30,
  uom: 'GB vRAM',
  metadata: { inMinCommit: true, readOnly: false },
} as const;

export const EXAMPLE_COMMENT = {
  user: { firstName: 'Bob', lastName: 'Johnson', email: 'bob.johnson@example.com' },
  createdTime: '2026-11-06T08:14:56.000Z',
  content: 'The vSAN usage is twice that of September: please check',
} as const;
