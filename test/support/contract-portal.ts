import type { PortalClient, RequestOf } from '../../client/portal-client.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../lambdas/domain/catalogue/catalogue.ts';
import type { FamilyType, ProductFamily } from '../../lambdas/domain/catalogue/family.ts';
import type { PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import { pointsPerUnit, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import type { BillToAccount, Role } from '../../lambdas/domain/organization/organization.ts';
import type { RouteId } from '../../lambdas/manifest/routes.ts';
import { importCatalogue } from '../../lambdas/use-cases/import-catalogue.ts';
import { skuOf } from '../domain/support/contracts.ts';
import { bearerFor, type Reply, request, type Sent } from './api-requests.ts';
import { userIdOf } from './billed-programme.ts';
import { ALL_ROLES, openApiPortal } from './portal.ts';

const SKUS: readonly OrderableSku[] = [
  { ...skuOf('PAY-GO', '360'), code: 'RENTAL-360' },
  { ...skuOf('PAY-GO', '1800'), code: 'RENTAL-1800' },
  { ...skuOf('PAY-GO', '3600'), code: 'RENTAL-3600' },
  { ...skuOf('PRE-PAY'), code: 'RENTAL-PREPAY' },
  { ...skuOf('CUSTOM'), code: 'RENTAL-CUSTOM' },
  { ...skuOf('PAY-GO', '0', 'MSP'), code: 'MSP-PAYG' },
  { ...skuOf('CUSTOM', '0', 'SOV'), code: 'SOV-CUSTOM' },
  { ...skuOf('PRE-PAY', '0', 'SOV'), code: 'SOV-PREPAY' },
  { ...skuOf('PAY-GO', '0', 'LPCAAS'), code: 'LPCAAS' },
  { ...skuOf('CUSTOM', '0', 'MSP'), code: 'MSP-CUSTOM' },
  { ...skuOf('PAY-GO', '0', 'VELO'), code: 'VELO' },
  { ...skuOf('PAY-GO', '0', 'AWS_RESELL'), code: 'AWS' },
];

/** The id of a SKU of the catalogue. */
export const skuId = (code: string): string => SKUS.find((sku) => sku.code === code)?.id ?? '';

const FAMILIES = (
  ['RENTAL', 'MSP', 'VELO', 'AWS_RESELL', 'SOV', 'LPCAAS'] as const satisfies readonly FamilyType[]
).map((type): ProductFamily => ({ id: `family-${type}`, code: type, name: `${type} family`, description: '', type }));

const prices = (currency: string, price: string): PriceList => ({
  currency,
  version: `${currency}-1`,
  validFrom: period('2025-01'),
  prices: Object.fromEntries(SKUS.map(({ code }) => [code, { listPrice: unitPrice(price) }])),
});

/** Who sends a request: an organization, with all roles unless told otherwise. */
export type Sender = { organizationId?: string; roles?: readonly Role[] };

/**
 * The API of a portal with two aggregators, two service providers, a catalogue and prices, on 10 November 2026. Of
 * aggregator AGG-1 are the bill-to accounts in USD (account-of-AGG-1) and JPY (account-jpy).
 */
export async function openContractPortal() {
  const opened = await openApiPortal();
  const { portal, addOrganization, addBillToAccount } = opened;
  await addOrganization('VENDOR', 'VENDOR');
  for (const id of ['AGG-1', 'AGG-2']) {
    await addOrganization(id, 'AGGREGATOR');
    await addBillToAccount(id);
  }
  for (const id of ['SP-1', 'SP-2']) await addOrganization(id, 'SERVICE_PROVIDER');
  const [account] = await portal.organizations.billToAccounts('AGG-1');
  const yen = { ...(account as BillToAccount), id: 'account-jpy', currency: 'JPY', accountNumber: '10002' };
  await portal.units.commit([portal.organizations.billToCreated(yen)]);
  await importCatalogue(portal, { families: FAMILIES, skus: SKUS });
  const lists = [prices('USD', '0.88'), prices('JPY', '95')];
  await portal.units.commit(lists.map((list) => portal.catalogue.priceListCreated(list)));

  const users = new Map<string, Promise<string>>();
  const bearers = new Map<string, Promise<string>>();

  /** A bearer token that is good at the portal's time, which tests move. */
  async function bearerOf({ organizationId = 'AGG-1', roles = ALL_ROLES }: Sender): Promise<string> {
    const id = userIdOf(organizationId, roles);
    const expires = '2031-01-01T00:00:00.000Z';
    const user = users.get(id) ?? opened.addUser({ id, organizationId, roles }, { expires });
    users.set(id, user);
    const now = `${id} ${opened.clock.time.toISOString()}`;
    const bearer = bearers.get(now) ?? user.then((token) => bearerFor(portal, token));
    bearers.set(now, bearer);
    return bearer;
  }

  async function send(id: RouteId, sent: Sent = {}, sender: Sender = {}): Promise<Reply> {
    return request(portal, id, { token: await bearerOf(sender), ...sent });
  }

  /** A client of who may be moved through time: it signs in anew with the portal's clock. */
  const as = (sender: Sender = {}): PortalClient => opened.client(() => bearerOf(sender));

  return {
    ...opened,
    bearerOf,
    as,
    /** Products of RENTAL, a point a GB. */
    addProducts: async (...codes: string[]): Promise<void> => {
      const products = codes.map((code) => ({
        id: `product-${code}`,
        code,
        name: `Product ${code}`,
        category: 'Any',
        family: 'RENTAL' as const,
        uom: 'GB',
        pointsPerUnit: pointsPerUnit('1'),
      }));
      await importCatalogue(portal, { ...(await portal.catalogue.current()), products });
    },
    /** Asks for a contract: PAY-GO of 1,800 points from 1 November 2026 unless told otherwise. */
    create: (over: Partial<RequestOf<'createContract'>['body']> = {}, sender?: Sender) =>
      as(sender).createContract({ body: { ...WANTED, ...over } }),
    /** Sends a request as it is, also one that no client could. */
    send,
    /** Asks for something to be done with a contract in such a request. */
    ask: (id: RouteId, contractId: string, body?: object, sender?: Sender) =>
      send(id, { params: { contractId }, ...(body && { body }) }, sender),
  };
}

export type ContractPortal = Awaited<ReturnType<typeof openContractPortal>>;

export const WANTED = {
  contractSKUId: skuId('RENTAL-1800'),
  serviceProviderContact: 'sp@sp.example',
  licenseContact: 'licence@sp.example',
  aggregatorContact: 'agg@agg.example',
  systemContact: 'ven@ven.example',
  serviceProviderId: 'SP-1',
  bolDate: '2026-11-01',
  currency: 'USD',
  billingOrderPreference: 'ONLINE',
  vmwarePurchaseOrder: 'PO-100000',
  billToAccountId: 'account-of-AGG-1',
} as const;

/** What CUSTOM and PRE-PAY take beside: a year from a 1st of a month, 10 a month. */
export const NEGOTIATED = { term: 12, minCommits: Array.from({ length: 12 }, () => 10), discount: 20, spf: 'SPF-1' };

/** The id of the contract that a creation answers. */
export const contractIdOf = ({ location }: { location: string | undefined }): string =>
  location?.split('/').at(-1) ?? '';
