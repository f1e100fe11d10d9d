import type { BillToAccount } from '../../lambdas/domain/organization/organization.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let committed: (
  change: (portal: ApiPortal['portal']) => Parameters<ApiPortal['portal']['units']['commit']>[0],
) => Promise<boolean>;

beforeAll(async () => {
  opened = await openApiPortal({ sdk: true });
  committed = async (change) => (await opened.portal.units.commit(change(opened.portal))).ok;
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  await opened.addUser({ id: 'amy', organizationId: 'AGG-1', roles: ['Operations'] });
  await opened.addBillToAccount('AGG-1');
});
afterAll(() => opened.close());

test('a change is taken over the version it was made from, and over no other', async () => {
  const { organizations, users, apiTokens } = opened.portal;
  const organization = (await organizations.get('AGG-1'))!;
  const user = (await users.get('amy'))!;
  const token = (await apiTokens.get('token-amy'))!;
  const [account] = (await organizations.billToAccounts('AGG-1')) as [BillToAccount];
  const next = { version: 2 };
  const changes: [string, Parameters<typeof committed>[0]][] = [
    ['organization', (portal) => [portal.organizations.changed(organization, { ...organization, ...next })]],
    ['account', (portal) => [portal.organizations.billToChanged(account, { ...account, ...next })]],
    ['user', (portal) => portal.users.changed(user, { ...user, ...next })],
    ['token', (portal) => [portal.apiTokens.changed(token, { ...token, ...next })]],
  ];
  for (const [name, change] of changes) {
    expect([name, await committed(change)]).toEqual([name, true]);
    expect([name, await committed(change)]).toEqual([name, false]);
  }
});

test('an address is in no key', async () => {
  const keys = JSON.stringify(opened.portal.users.created({ ...(await opened.portal.users.get('amy'))!, id: 'x' }));
  const names = [...keys.matchAll(/"(?:pk|sk|gsi\dpk|gsi\dsk)":\{"S":"([^"]*)"\}/g)].map(([, value]) => value);
  expect(names.length).toBeGreaterThan(3);
  expect(names.filter((value) => value?.includes('person.example'))).toEqual([]);
});
