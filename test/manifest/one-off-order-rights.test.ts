import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { decideOneOffOrder } from '../../lambdas/use-cases/decide-one-off-order.ts';
import { orderLicenses } from '../../lambdas/use-cases/order-licenses.ts';
import { listOneOffOrders } from '../../lambdas/use-cases/read-one-off-orders.ts';
import { showLicenseKeys } from '../../lambdas/use-cases/show-license-keys.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { openMeterPortal } from '../support/meter-portal.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

test('one-off orders need no right that their function has not', async () => {
  const opened = await openMeterPortal();
  try {
    const { contractId } = opened;
    const used = new Set<string>();
    const client = openLocalClient(recordingRights(opened.database.requestHandler, used));
    const portal = { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) };
    const caller = {
      userId: 'ada',
      organizationId: 'SP-1',
      organizationType: 'SERVICE_PROVIDER',
      roles: ['Operations'],
    } as const;
    const vendor = { ...caller, organizationId: 'VENDOR', organizationType: 'VENDOR' } as const;
    const now = opened.clock.time;
    const licenses = [{ productCode: 'CORE', quantity: '1' }];
    const { id: orderId } = await orderLicenses(portal, { caller, contractId, now, description: 'More', licenses });
    const decision = { caller: vendor, orderId, now, ifMatch: undefined };
    await decideOneOffOrder(portal, 'approve', decision);
    const licenseKeys = [{ productCode: 'CORE', key: 'KEY' }];
    await decideOneOffOrder(portal, 'fulfil', { ...decision, licenseKeys });
    expect(await showLicenseKeys(portal, caller, orderId, now)).toEqual(licenseKeys);
    expect((await listOneOffOrders(portal, caller, { limit: 20, offset: 0 })).total).toBe(2);
    const { rights }: FunctionDefinition = functions.oneOffOrdersApi;
    expect([...used].filter((right) => !rights.table?.includes(right))).toEqual([]);
  } finally {
    await opened.close();
  }
});
