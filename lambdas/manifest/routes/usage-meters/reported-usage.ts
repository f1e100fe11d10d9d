import * as z from 'zod';
import { NoParameters, PeriodText, pageQuery } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { MANAGED, METER_ID, READ, READ_BY_PROVIDER, TAG } from './common.ts';
import { AutoReportedData, UsageReport } from './structures.ts';

const ORDER_ID = '0f5c1a52-9a0b-4d66-8f0e-8366e586c8f9';
const PLACE = {
  productCode: 'FLEX-CORE',
  productName: 'Flex Core',
  uom: 'GB vRAM',
  siteName: 'my_site',
  customerNumber: '',
};

const REPORTS = '/api/provider/v1/usageReports';
const OF_MONTH = z.strictObject({ usagePeriod: PeriodText });
const REPORTED = { status: 200, description: 'The report', schema: UsageReport } as const;

const AUTO_REPORTED = {
  ...READ,
  summary: 'Get the auto-reported data of a billing order',
  description:
    'What usage meters have reported for the order by the last time it was brought up to date: meter, product and units. A page is of each of its lists.',
  params: z.strictObject({ orderId: Id }),
  query: z.strictObject(pageQuery),
  answer: { status: 200, description: 'What meters have reported', schema: AutoReportedData },
  example: {
    params: { orderId: ORDER_ID },
    answer: {
      orderId: ORDER_ID,
      usagePeriod: '2026-10',
      autoReportType: 'AUTOMATED',
      meters: [{ usageMeterId: METER_ID, usageMeterName: 'my_um', ...PLACE, units: '12', notBilled: [] }],
      meterCount: 1,
      lines: [
        {
          lineId: 'b2c7a8d0-1f2e-4a3b-8c4d-5e6f70819203',
          usagePeriod: '2026-10',
          ...PLACE,
          metered: '12',
          reported: '12',
          edited: false,
        },
      ],
      lineCount: 1,
      differences: [],
      differenceCount: 0,
    },
  },
} as const;

/** What usage meters have reported: of an order, and of a month as a file. */
export const reportedUsageRoutes = {
  getProviderAutoReportedData: {
    ...AUTO_REPORTED,
    path: '/api/provider/v1/billingOrders/{orderId}/autoReportedData',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readAutoReportedData' },
  },
  getAggregatorAutoReportedData: {
    ...AUTO_REPORTED,
    path: '/api/aggregator/v1/billingOrders/{orderId}/autoReportedData',
    access: { organizationType: 'AGGREGATOR', action: 'readAutoReportedData' },
  },
  getVendorAutoReportedData: {
    ...AUTO_REPORTED,
    path: '/api/vendor/v1/billingOrders/{orderId}/autoReportedData',
    access: { organizationType: 'VENDOR', action: 'readAutoReportedData' },
  },
  requestUsageReport: {
    ...TAG,
    method: 'POST',
    path: REPORTS,
    access: MANAGED,
    summary: 'Ask for the usage report of a month',
    description:
      'A zip file of what usage meters have reported in a month of the last 36: for each contract as a whole, by site and by customer. It is made within minutes, anew each time it is asked for.',
    params: NoParameters,
    query: NoParameters,
    body: OF_MONTH.meta({ id: 'UsageReportRequest' }),
    answer: { ...REPORTED, status: 202, description: 'It is being made' },
    problems: [],
    example: {
      body: { usagePeriod: '2026-10' },
      answer: { usagePeriod: '2026-10', status: 'REQUESTED', requestedTime: '2026-11-06T00:00:00.000Z' },
    },
  },
  getUsageReport: {
    ...READ,
    path: `${REPORTS}/{usagePeriod}`,
    access: READ_BY_PROVIDER,
    summary: 'Get the usage report of a month',
    description: 'Whether the usage report that was asked for is made, and a link to it.',
    params: OF_MONTH,
    query: NoParameters,
    answer: REPORTED,
    example: {
      params: { usagePeriod: '2026-10' },
      answer: {
        usagePeriod: '2026-10',
        status: 'READY',
        requestedTime: '2026-11-06T00:00:00.000Z',
        madeTime: '2026-11-06T00:05:00.000Z',
        link: {
          url: 'https://documents.example.com/usage-reports/2026-10.zip?signature=…',
          expires: '2026-11-06T00:20:00.000Z',
        },
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
