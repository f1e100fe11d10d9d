import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { registerCustomer } from '../../lambdas/use-cases/add-customer.ts';
import { bindCustomerLabels } from '../../lambdas/use-cases/bind-customer-labels.ts';
import { editCustomer, setCustomerSiso } from '../../lambdas/use-cases/edit-customer.ts';
import { listCustomers, searchCustomers } from '../../lambdas/use-cases/read-customers.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { CUSTOMER, openCustomerPortal } from '../support/customer-portal.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

test('what is done with customers needs no right that its function has not', async () => {
  const opened = await openCustomerPortal();
  try {
    const used = new Set<string>();
    const client = openLocalClient(recordingRights(opened.database.requestHandler, used));
    const portal = { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) };
    const caller = {
      userId: 'ada',
      organizationId: 'SP-1',
      organizationType: 'SERVICE_PROVIDER',
      roles: ['Operations'],
    } as const;
    const of = { caller, contractId: opened.sovId, now: opened.clock.time };
    const { customer } = await registerCustomer(portal, of, 'SOV', CUSTOMER);
    const edit = { ...of, customerId: customer.id, ifMatch: undefined };
    await editCustomer(portal, edit, 'SOV', CUSTOMER);
    await setCustomerSiso(portal, edit, { msp: 'M - 1' });
    await bindCustomerLabels(portal, edit, ['tenant-a']);
    const query = { limit: 20, offset: 0 };
    expect((await listCustomers(portal, caller, opened.sovId, query)).total).toBe(1);
    const filter = 'customerId==4711000815';
    expect((await searchCustomers(portal, caller, { ...query, filter })).total).toBe(0);
    const { rights }: FunctionDefinition = functions.customersApi;
    expect([...used].filter((right) => !rights.table?.includes(right))).toEqual([]);
  } finally {
    await opened.close();
  }
});
