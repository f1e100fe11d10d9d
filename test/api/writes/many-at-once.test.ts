import type { RouteId } from '../../../lambdas/manifest/routes.ts';
import { type ContractPortal, WANTED } from '../../support/contract-portal.ts';
import { CUSTOMER } from '../../support/customer-portal.ts';
import { addThings, openTenants } from '../../support/tenants.ts';
import { writeRoutes } from '../../support/write-routes.ts';

type Things = Awaited<ReturnType<typeof addThings>>;
type Making = {
  id: RouteId;
  params?: (own: Things) => Record<string, string>;
  body: (own: Things, n: number) => object;
};

const MANY = Array.from({ length: 16 }, (_, n) => n);
const SITE = { countryRegion: 'US', address: '1 Main Street', postCode: '1' };
const DEAL = {
  ...{ productSKU: 'CORE', projectedDealValue: '10000.00', expectedCloseDate: '2026-12-23' },
  ...{ serviceProviderContact: 'ada@sp.example', aggregatorSalesContactLead: 'ada@agg.example' },
  aggregatorManager: 'ada@agg.example',
};
const PERSON = { firstName: 'Ada', lastName: 'Person', roles: ['Read Only'] };
const ofContract = ({ contractId }: Things) => ({ contractId });

/** What many people make at once, each a thing of its own. */
const MAKINGS: readonly Making[] = [
  {
    id: 'orderLicenses',
    params: ofContract,
    body: (_, n) => ({ description: `Extra ${n}`, licenses: [{ code: 'CORE', quantity: 1 }] }),
  },
  { id: 'createProviderUsageSite', params: ofContract, body: (_, n) => ({ ...SITE, name: `Site ${n}` }) },
  { id: 'createAggregatorUsageSite', params: ofContract, body: (_, n) => ({ ...SITE, name: `Place ${n}` }) },
  {
    id: 'registerEndCustomer',
    params: ({ sovContractId: contractId }) => ({ contractId }),
    body: () => CUSTOMER,
  },
  { id: 'createCustomer', params: ({ lpcaasContractId: contractId }) => ({ contractId }), body: () => CUSTOMER },
  {
    id: 'orderSubscription',
    body: ({ cloudContractId: contractId }, n) => ({
      ...{ contractId, productCode: 'HOST', quantity: '5' },
      customer: { number: `CUST-${n}`, name: 'Customer' },
    }),
  },
  {
    id: 'registerUsageMeter',
    body: ({ contractId, siteId: usageSiteId }, n) => ({
      ...{ instanceId: crypto.randomUUID(), name: `um ${n}`, version: '4.8.0.0' },
      contracts: [{ contractId, usageSiteId }],
    }),
  },
  { id: 'createContract', body: () => WANTED },
  { id: 'registerDeal', body: ({ contractId }) => ({ ...DEAL, contractId }) },
  { id: 'createApprovalRule', body: (_, n) => ({ name: `Rule ${n}`, withoutEdits: true }) },
  { id: 'createAggregatorWorkGroup', body: (_, n) => ({ name: `Group ${n}`, items: [] }) },
  { id: 'inviteProviderUser', body: (_, n) => ({ ...PERSON, email: `ada-${n}@person.example` }) },
  { id: 'announceUsageFile', body: (_, n) => ({ name: `usage-${n}.csv`, size: 10 }) },
];

let portal: ContractPortal;
let own: Things;
beforeAll(async () => {
  portal = await openTenants();
  own = await addThings(portal, 'AGG-1', 'SP-1');
});
afterAll(() => portal.close());

/** Does so for many at once, who commit in step: of those who have read the same, one is first each time. */
async function inStep<Answer>(many: readonly number[], act: (n: number) => Promise<Answer>): Promise<Answer[]> {
  const { units } = portal.portal;
  let acting = many.length;
  const ready: (() => void)[] = [];
  const goOn = () => {
    if (ready.length < acting) return;
    for (const commit of ready.splice(0)) commit();
  };
  portal.portal.units = {
    ...units,
    commit: async (changes) => {
      await new Promise<void>((resolve) => {
        ready.push(resolve);
        goOn();
      });
      return units.commit(changes);
    },
  };
  try {
    return await Promise.all(
      many.map(async (n) => {
        const answer = await act(n);
        acting--;
        goOn();
        return answer;
      }),
    );
  } finally {
    portal.portal.units = units;
  }
}

test.each(MAKINGS)('$id is done for each of sixteen who ask at once', async ({ id, params, body }) => {
  const { route, sender } = writeRoutes.find((each) => each.id === id) as (typeof writeRoutes)[number];
  const answers = await inStep(MANY, (n) => {
    const sent = { ...(params && { params: params(own) }), body: body(own, n) };
    return portal.send(id, sent, { organizationId: sender });
  });
  const refused = answers.filter(({ status }) => status !== route.answer.status);
  expect(refused.map(({ body: problem }) => problem.code)).toEqual([]);
  expect(new Set(answers.map(({ body: made }) => made.id)).size).toBe(MANY.length);
});
