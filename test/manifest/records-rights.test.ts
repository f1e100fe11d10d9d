import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { changeVeloOrder } from '../../lambdas/use-cases/change-velo-order.ts';
import { decideDelivery } from '../../lambdas/use-cases/decide-delivery.ts';
import { enterDeliveries } from '../../lambdas/use-cases/enter-deliveries.ts';
import { enterVeloOrders } from '../../lambdas/use-cases/enter-velo-orders.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';
import { OCTOBER, openServicePortal, VELO } from '../support/service-portal.ts';

test('records of usage need no right that their functions have not', async () => {
  const opened = await openServicePortal();
  try {
    for (const contract of [await opened.addContract('SRV'), await opened.addContract('VELO', VELO)]) {
      expect(contract.id).toBeDefined();
    }
    const used = new Set<string>();
    const client = openLocalClient(recordingRights(opened.database.requestHandler, used));
    const portal = { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) };
    const caller = {
      userId: 'ada',
      organizationId: 'VENDOR',
      organizationType: 'VENDOR',
      roles: ['Operations'],
    } as const;
    const now = opened.clock.time;
    const deliveryDate = '2026-10-14';
    // More lines than are written in one transaction.
    const deliveries = Array.from({ length: 70 }, (_, n) => ({
      number: `SD-${n}`,
      contractId: 'SRV',
      productCode: 'REVIEW',
      measure: 'FIXED_FEE' as const,
      deliveryDate,
      description: 'Review',
    }));
    await enterDeliveries(portal, { caller, now }, deliveries);
    const comment = 'Entered twice';
    await decideDelivery(portal, 'withdraw', { caller, number: 'SD-1', now, ifMatch: undefined, comment });
    expect((await opened.linesOn('SRV', OCTOBER)).length).toBe(69);
    const terms = { quantity: '40', unitPrice: '65', currency: 'USD' };
    const asked = { ...terms, sid: 'SID-1', orderNumber: 'VO-1', contractId: 'VELO', productCode: 'EDGE' };
    const [entered] = await enterVeloOrders(portal, { caller, now }, [{ ...asked, startDate: deliveryDate }]);
    const orderId = entered?.result === 'ENTERED' ? entered.record.id : '';
    await changeVeloOrder(portal, { caller, orderId, now, ifMatch: undefined }, { ...terms, from: '2026-10-20' });
    const { rights }: FunctionDefinition = functions.serviceDeliveriesApi;
    expect([...used].filter((right) => !rights.table?.includes(right))).toEqual([]);
    // Idempotency keys need it.
    const unused = rights.table?.filter((right) => !used.has(right));
    expect(unused).toEqual(['dynamodb:UpdateItem']);
  } finally {
    await opened.close();
  }
});
