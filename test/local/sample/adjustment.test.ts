import { pointsPerUnit } from '../../../lambdas/domain/numbers/amounts.ts';
import type { Caller } from '../../../lambdas/use-cases/caller.ts';
import { importCatalogue } from '../../../lambdas/use-cases/import-catalogue.ts';
import { openFirstAdjustment } from '../../../local/sample/adjustment.ts';
import { skuOf } from '../../domain/support/contracts.ts';
import { OCTOBER, openServicePortal } from '../../support/service-portal.ts';

const ISV = { ...skuOf('PAY-GO', '100', 'ISV'), code: 'ISV-100' };
const SP: Caller = {
  userId: 'user',
  organizationId: 'SP-1',
  organizationType: 'SERVICE_PROVIDER',
  roles: ['Operations'],
};

test('an order that was closed is opened to be adjusted, as long as it may be', async () => {
  const opened = await openServicePortal();
  const { portal } = opened;
  const product = { id: 'ONE', code: 'ONE', name: 'One', category: 'Any', family: 'ISV', uom: 'Core' } as const;
  await importCatalogue(portal, {
    families: [{ id: 'family-ISV', code: 'ISV', name: 'ISV', description: '', type: 'ISV' }],
    skus: [ISV],
    products: [{ ...product, pointsPerUnit: pointsPerUnit('5') }],
  });
  await portal.units.commit([portal.catalogue.priceListCreated(opened.pricesOf([ISV]))]);
  const contract = await opened.addContract('contract', ISV);
  const { id } = await opened.orderOf(contract.id, OCTOBER);
  const first = (day: string) =>
    openFirstAdjustment(portal, SP, { period: OCTOBER, now: new Date(`${day}T12:00:00.000Z`) });
  expect(await first('2026-11-20')).toBeUndefined();
  await opened.closeMonth(OCTOBER);
  expect(await first('2027-02-09')).toBeUndefined();
  expect(await first('2027-02-08')).toMatchObject({ id, revision: 2, status: 'PENDING_SP' });
  expect(await opened.order(id)).toMatchObject({ revision: 2, status: 'PENDING_SP' });
  expect(await first('2027-02-08')).toBeUndefined();
  await opened.close();
});
