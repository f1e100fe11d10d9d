import type { RouteDefinition } from '../../../lambdas/manifest/routes/route.ts';
import { type RouteId, routes } from '../../../lambdas/manifest/routes.ts';
import {
  type ContractPortal,
  contractIdOf,
  NEGOTIATED,
  openContractPortal,
  WANTED,
} from '../../support/contract-portal.ts';

const WEIRD: readonly unknown[] = [
  null,
  true,
  {},
  [],
  [null],
  '',
  ' ',
  'x'.repeat(100_000),
  '0',
  '2026-02-30',
  '+275760-09-13',
  '\u0000',
  '\u202eabc',
  'שלום 👩‍🚀',
  'constructor',
  -1,
  0.1 + 0.2,
  1e300,
  Number.MAX_SAFE_INTEGER,
  Array.from({ length: 9_000 }, () => 1),
];

const CREATION = { ...WANTED, ...NEGOTIATED, comment: 'Why', entitlementAccount: '7', fillPurchaseOrderInMBO: true };

const writes = (Object.entries(routes) as [RouteId, RouteDefinition][]).filter(
  ([, route]) => route.function === 'contractChangesApi' && route.body,
);

let portal: ContractPortal;
let params: Record<string, string>;
beforeAll(async () => {
  portal = await openContractPortal();
  const created = await portal.create();
  const contractId = contractIdOf(created);
  const site = { name: 'a', countryRegion: 'US', address: 'b', postCode: 'c' };
  const { body } = await portal.as().createAggregatorUsageSite({ params: { contractId }, body: site });
  params = { contractId, requestId: created.body.id, usageSiteId: body.id };
});
afterAll(() => portal.close());

test.each(writes)('%s answers whatever is in a field of its body with 2xx or a clear 4xx', async (id, route) => {
  const sender = { organizationId: route.path.startsWith('/api/provider') ? 'SP-1' : 'AGG-1' };
  const example = id === 'createContract' ? CREATION : (route.example.body as Record<string, unknown>);
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => route.path.includes(`{${name}}`)));
  for (const field of Object.keys(example)) {
    for (const value of WEIRD) {
      const sent = { params: own, body: { ...example, [field]: value } };
      const { status, body } = await portal.send(id, sent, sender);
      const said = { field, value: String(value).slice(0, 40), status, code: body.code };
      if (status >= 500 || status === 403 || status === 404) throw new Error(JSON.stringify(said));
      if (status === 400) expect(body.errors).not.toEqual([]);
    }
  }
});
