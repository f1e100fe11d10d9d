import { signedInClient } from '../../client/signed-in.ts';
import { refusalOf } from '../support/api-client.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let userToken: string;
let signIns: number;

beforeEach(async () => {
  opened = await openApiPortal();
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  userToken = await opened.addUser({ id: 'amy', organizationId: 'AGG-1', roles: ['Operations'] });
  signIns = 0;
});
afterEach(() => opened.close());

const counted: typeof fetch = (input, init) => {
  if (String(input).endsWith('/auth')) signIns++;
  return fetch(input, init);
};
const later = (ms: number) => {
  opened.clock.time = new Date(opened.clock.time.getTime() + ms);
};
const client = (token = userToken) =>
  signedInClient({ url: opened.url, fetch: counted }, token, () => opened.clock.time);

test('requests are signed in once, and again before the bearer token expires', async () => {
  const { getAggregatorProfile } = client();
  const both = await Promise.all([getAggregatorProfile(), getAggregatorProfile()]);
  expect(both.map(({ body }) => body.prmId)).toEqual(['prm-AGG-1', 'prm-AGG-1']);
  later(28 * 60_000);
  await getAggregatorProfile();
  expect(signIns).toBe(1);
  later(90_000);
  await getAggregatorProfile();
  expect(signIns).toBe(2);
});

test('an API token that is refused refuses the request; the next one tries again', async () => {
  const { getAggregatorProfile } = client('cpt_nobody_0123456789abcdef0123456789abcdef');
  for (const tries of [1, 2]) {
    expect((await refusalOf(getAggregatorProfile())).code).toBe('NOT_SIGNED_IN');
    expect(signIns).toBe(tries);
  }
});
