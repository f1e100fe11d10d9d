import { period } from '../../../lambdas/domain/calendar/period.ts';
import { task } from '../../../lambdas/jobs/usage-files.ts';
import { type CustomerPortal, openCustomerPortal, PROVIDER } from '../../support/customer-portal.ts';

let opened: CustomerPortal;
beforeEach(async () => {
  opened = await openCustomerPortal();
});
afterEach(() => opened.close());

test('a template of SOV has a row for each end customer, and for Unknown, to be filled in and applied', async () => {
  const { portal, sovId, register, send } = opened;
  const numbers: string[] = [];
  for (const name of ['Genie Tenant', '=1+1']) numbers.push(String((await register({ name })).body.customerNumber));
  const [order] = await portal.billingOrders.ofContract(sovId, [period('2026-11')]);
  if (!order) throw new Error('the contract has no order');
  await portal.units.commit([portal.billingOrders.changed({ ...order, status: 'PENDING_SP' }, opened.clock.time)]);
  const asked = { params: { orderId: order.id }, query: { format: 'CSV' } };
  const { body } = await send('linkUsageTemplate', asked, PROVIDER);
  const [, key = ''] = /example\/(.+)\?/.exec(String(body.url)) ?? [];
  const template = Buffer.from(opened.objects.get(key) as Uint8Array).toString();
  const row = (number: string, name: string) =>
    `${order.contractNumber},2026-11,,${number},${name},CLOUD,Product CLOUD,GB vRAM,,,`;
  const rows = [row('', ''), ...[row(numbers[0] ?? '', 'Genie Tenant'), row(numbers[1] ?? '', "'=1+1")].sort()];
  expect(template.trim().split('\r\n').slice(1)).toEqual(rows);
  const filled = template.replace(`,${numbers[0]},Genie Tenant,CLOUD,Product CLOUD,GB vRAM,`, (text) => `${text}12.5`);
  const headers = { 'content-type': 'text/csv' };
  const file = await send('sendUsageFile', { query: { name: 'usage.csv' }, body: filled, headers }, PROVIDER);
  await task(portal, {});
  const applied = await send('applyUsageFile', { params: { fileId: String(file.body.id) } }, PROVIDER);
  expect(applied.body).toMatchObject({ status: 'APPLIED', rows: 1, emptyRows: 2 });
  const lines = await send('listProviderUsages', { params: { orderId: order.id } }, PROVIDER);
  expect(lines.body.content).toMatchObject([{ code: 'CLOUD', customerNumber: numbers[0], quantity: 12.5 }]);
});
