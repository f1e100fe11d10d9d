import { period } from '../../lambdas/domain/calendar/period.ts';
import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import type { Product } from '../../lambdas/domain/catalogue/product.ts';
import type { ContractRequest } from '../../lambdas/domain/contract-request/request.ts';
import { pointsPerUnit, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { runContractDay } from '../../lambdas/use-cases/run-contract-day.ts';
import type { Reply } from './api-requests.ts';
import { contractIdOf, NEGOTIATED, openContractPortal, type Sender, skuId } from './contract-portal.ts';

export const PROVIDER: Sender = { organizationId: 'SP-1', roles: ['Operations', 'Read Only'] };

export const CUSTOMER = { name: 'Genie Tenant', address1: '1 Main Street', countryRegion: 'DE', postalCode: '10115' };

const product = (code: string, family: FamilyType): Product => ({
  id: `product-${code}`,
  code,
  name: `Product ${code}`,
  category: 'Any',
  family,
  uom: 'GB vRAM',
  pointsPerUnit: pointsPerUnit('1'),
  ...(family === 'SOV' && { metering: 'VRAM' }),
});

/** A portal on 10 November 2026 in which SP-1 has a CUSTOM contract of SOV from 1 November and one of LPCAAS. */
export async function openCustomerPortal() {
  const opened = await openContractPortal();
  const { portal, create, send } = opened;
  await importCatalogue(portal, {
    ...(await portal.catalogue.current()),
    products: [product('CLOUD', 'SOV'), product('LCORE', 'LPCAAS'), product('CORE', 'RENTAL')],
  });

  /** Asks for a negotiated contract, and has it approved. */
  async function negotiated(sku: string, over: object = {}, sender?: Sender): Promise<string> {
    const id = contractIdOf(await create({ contractSKUId: skuId(sku), ...NEGOTIATED, ...over }, sender));
    const request = (await portal.contractRequests.ofContract(id)).at(-1) as ContractRequest;
    await portal.units.commit([portal.contractRequests.changed({ ...request, status: 'PENDING_EFFECTIVE_DATE' })]);
    const { failures } = await runContractDay(portal);
    if (failures[0]) throw failures[0];
    return id;
  }
  const sovId = await negotiated('SOV-CUSTOM');
  const lpcaasId = contractIdOf(await create({ contractSKUId: skuId('LPCAAS') }));

  const ask = (id: Parameters<typeof send>[0], params: object, body?: unknown, sender: Sender = PROVIDER) =>
    send(id, { params: { contractId: sovId, ...params }, ...(body !== undefined && { body }) } as never, sender);

  return {
    ...opened,
    negotiated,
    sovId,
    lpcaasId,
    /** Sends a request about the SOV contract, or another one. */
    ask,
    /** Price lists with a unit's price of LCORE from a month on, in USD. */
    addCorePrices: (pricesFrom: Readonly<Record<string, string>>) =>
      portal.units.commit(
        Object.entries(pricesFrom).map(([validFrom, price], index) =>
          portal.catalogue.priceListCreated({
            currency: 'USD',
            version: `USD-${index + 2}`,
            validFrom: period(validFrom),
            prices: { LPCAAS: { listPrice: unitPrice('1') } },
            productPrices: { LCORE: unitPrice(price) },
          }),
        ),
      ),
    /** Registers a customer of the SOV contract. */
    register: (over: object = {}): Promise<Reply> => ask('registerEndCustomer', {}, { ...CUSTOMER, ...over }),
  };
}

export type CustomerPortal = Awaited<ReturnType<typeof openCustomerPortal>>;
