import { amendSubscription } from '../../lambdas/use-cases/change-subscription.ts';
import { keepServiceContract } from '../../lambdas/use-cases/keep-service-contract.ts';
import { orderSubscription } from '../../lambdas/use-cases/order-subscription.ts';
import { listSubscriptions } from '../../lambdas/use-cases/read-subscriptions.ts';
import { runMeterDay } from '../../lambdas/use-cases/run-meter-day.ts';
import { takeUsageRecords } from '../../lambdas/use-cases/take-usage-records.ts';
import { openCloudPortal, recordOf } from '../support/cloud-portal.ts';
import { functionsRights } from '../support/functions-rights.ts';
import { gzipped } from '../support/meter-portal.ts';

test('cloud services and their feed need no right that their functions have not', async () => {
  const opened = await openCloudPortal('2027-03-21');
  try {
    const contractId = await opened.negotiated({
      bolDate: '2027-03-21',
      minCommits: Array(13).fill(0),
      threshold: 100,
    });
    await runMeterDay(opened.portal);
    const { portalOf, beyondManifest } = functionsRights(opened);
    const caller = {
      userId: 'ada',
      organizationId: 'SP-1',
      organizationType: 'SERVICE_PROVIDER',
      roles: ['Operations'],
    } as const;
    const now = opened.clock.time;
    const api = portalOf('subscriptionsApi');
    const customer = { customerNumber: 'CUST-1', customerName: 'Customer One' };
    const order = { caller, now, contractId, ...customer, productCode: 'HOST', quantity: '5' };
    const { id } = await orderSubscription(api, order);
    await amendSubscription(api, { caller, subscriptionId: id, now, ifMatch: undefined, quantity: '6' });
    await keepServiceContract(api, caller, { service: 'Compute', contractId }, now);
    expect((await listSubscriptions(api, caller, { limit: 20, offset: 0 }, now)).total).toBe(1);
    const source = { bytes: gzipped([recordOf(id, 'r-1', '2027-03-21')]), gzip: true };
    const vendor = { ...caller, organizationId: 'VENDOR', organizationType: 'VENDOR' } as const;
    const taken = await takeUsageRecords(portalOf('subscriptionsApi'), { caller: vendor, now }, source);
    expect(taken.counts.ACCEPTED).toBe(1);
    opened.clock.time = new Date('2027-04-01T02:00:00Z');
    const { failures } = await runMeterDay(portalOf('meterDay'));
    expect(failures).toEqual([]);
    expect(await opened.spentThreshold(contractId)).toBe('2027-04 100');
    expect(beyondManifest()).toEqual([]);
  } finally {
    await opened.close();
  }
});
