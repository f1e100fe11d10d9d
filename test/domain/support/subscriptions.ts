import { period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { percent, quantity, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import type { HostCommitment } from '../../../lambdas/domain/subscription/host-commitment.ts';
import type { Subscription } from '../../../lambdas/domain/subscription/subscription.ts';
import type { LinePrice } from '../../../lambdas/domain/usage/usage-line.ts';

/** So much for a host, with 15 % off. */
export const hostPrice = (price: string, from: LinePrice['from'] = 'LIST'): LinePrice => ({
  unitPrice: unitPrice(price),
  discount: percent('15'),
  currency: 'USD',
  from,
});

/** Four hosts for a year from 2027-02 on, at 5,200.00. */
export const commitmentOf = (more: Partial<HostCommitment> = {}): HostCommitment => ({
  id: 'C-1',
  years: 1,
  payment: 'MONTHLY',
  first: period('2027-02'),
  quantity: quantity('4'),
  price: hostPrice('5200', 'SOURCE'),
  ...more,
});

/** A subscription of hosts from 15 January 2027 on. */
export const subscriptionOf = (more: Partial<Subscription> = {}): Subscription => ({
  id: 'contract-1_S1',
  subscriptionNumber: '100002-S1',
  contractId: 'contract-1',
  contractNumber: '100002',
  serviceProviderId: 'SERVICE_PROVIDER',
  aggregatorId: 'AGGREGATOR',
  customerNumber: 'CUST-1',
  customerName: 'Customer One',
  productCode: 'HOST',
  productName: 'Cloud host',
  uom: 'Host',
  quantity: quantity('4'),
  from: plainDate('2027-01-15'),
  cancelled: false,
  commitments: [],
  createdTime: '2027-01-15T00:00:00.000Z',
  lastModifiedTime: '2027-01-15T00:00:00.000Z',
  version: 1,
  ...more,
});
