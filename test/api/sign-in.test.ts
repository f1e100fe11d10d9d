import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';
import { identityTokens } from '../../lambdas/runtime/identity-tokens.ts';
import { request } from '../support/api-requests.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
const START = new Date('2026-11-10T02:00:00.000Z');
const EMAIL = 'amy@person.example';

beforeEach(async () => {
  opened = await openApiPortal();
  opened.clock.time = START;
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  await opened.addOrganization('AGG-2', 'AGGREGATOR');
  await opened.addUser({ id: 'amy', organizationId: 'AGG-1', roles: ['Operations'] });
});
afterEach(() => opened.close());

const later = (ms: number) => {
  opened.clock.time = new Date(START.getTime() + ms);
};
const mailCode = (email = EMAIL) => request(opened.portal, 'mailCode', { body: { email } });
const lastCode = () => /\b\d{6}\b/.exec(opened.mails.at(-1)?.text ?? '')?.[0] ?? '';
const wrongCode = () => (lastCode() === '000000' ? '000001' : '000000');
const signIn = (body: object) => request(opened.portal, 'signIn', { body });
const withCode = (code: string, over: object = {}) => signIn({ type: 'MailedCode', email: EMAIL, code, ...over });
const REFUSED = { status: 401, body: { code: 'NOT_SIGNED_IN' } };

describe('a mailed code', () => {
  test('signs its person in, once, in any case of the address', async () => {
    expect(await mailCode('Amy@Person.example')).toMatchObject({ status: 204, text: undefined });
    const { status, body } = await withCode(lastCode(), { email: 'AMY@person.example' });
    expect([status, body]).toEqual([200, { tokenType: 'bearer', accessToken: expect.any(String), expiresIn: 1800 }]);
    const amy = opened.client(String(body.accessToken));
    expect((await amy.getAggregatorProfile()).status).toBe(200);
    expect(await withCode(lastCode())).toMatchObject(REFUSED);
  });

  test('signs in one of those who use it at once', async () => {
    await mailCode();
    const statuses = (await Promise.all([withCode(lastCode()), withCode(lastCode())])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 401]);
  });

  test('is answered no sooner for an address that nobody has than a mail takes', async () => {
    const started = performance.now();
    expect(await mailCode('nobody@person.example')).toMatchObject({ status: 204 });
    expect(performance.now() - started).toBeGreaterThan(290);
    expect(opened.mails).toEqual([]);
  });

  test('is good for ten minutes', async () => {
    await mailCode();
    later(600_000);
    expect(await withCode(lastCode())).toMatchObject(REFUSED);
    later(599_999);
    expect((await withCode(lastCode())).status).toBe(200);
  });

  test('is worth nothing after five wrong attempts', async () => {
    await mailCode();
    for (let attempt = 0; attempt < 5; attempt++) expect(await withCode(wrongCode())).toMatchObject(REFUSED);
    expect(await withCode(lastCode())).toMatchObject(REFUSED);
    later(60_000);
    await mailCode();
    for (let attempt = 0; attempt < 4; attempt++) await withCode(wrongCode());
    expect((await withCode(lastCode())).status).toBe(200);
  });

  test('is mailed at most once a minute', async () => {
    await mailCode();
    later(59_999);
    await mailCode();
    expect(opened.mails).toHaveLength(1);
    later(60_000);
    await mailCode();
    expect(opened.mails).toHaveLength(2);
  });

  test('is answered alike whether a user has the address or not, and mailed to nobody else', async () => {
    await opened.addUser({ id: 'lou', organizationId: 'AGG-1', roles: ['Operations'], status: 'LOCKED' });
    const known = await mailCode();
    expect(await mailCode('nobody@person.example')).toEqual(known);
    expect(await mailCode('lou@person.example')).toEqual(known);
    expect(opened.mails.map(({ to }) => to[0]?.address)).toEqual([EMAIL]);
    const wrong = await withCode(wrongCode());
    expect(wrong).toMatchObject(REFUSED);
    expect(await withCode('123456', { email: 'nobody@person.example' })).toEqual(wrong);
    expect(await withCode('123456', { email: 'lou@person.example' })).toEqual(wrong);
  });

  test('asks who is a user of several organizations for one of them', async () => {
    await opened.addUser({ id: 'amy-2', organizationId: 'AGG-2', roles: ['Operations'], email: EMAIL });
    await mailCode();
    expect((await withCode(lastCode())).body).toMatchObject({
      code: 'BAD_REQUEST',
      errors: [{ field: 'prmId', message: expect.stringContaining('prm-AGG-1 and prm-AGG-2') }],
    });
    const { body } = await withCode(lastCode(), { prmId: 'prm-AGG-2' });
    const profile = await opened.client(String(body.accessToken)).getAggregatorProfile();
    expect(profile.body.prmId).toBe('prm-AGG-2');
  });

  test('is not to be had where people sign in with a trusted issuer', async () => {
    await mailCode();
    opened.portal.settings = { ...opened.portal.settings, mailedCodes: false };
    expect((await mailCode()).status).toBe(404);
    expect((await withCode(lastCode())).status).toBe(404);
  });

  test.each([
    ['five digits', { code: '12345' }, 'code'],
    ['a number', { code: 123456 }, 'code'],
    ['digits of another script', { code: '١٢٣٤٥٦' }, 'code'],
    ['no address', { email: undefined }, 'email'],
    ['an unknown field', { remember: true }, 'remember'],
  ])('with %s is a bad request', async (_, over, field) => {
    const { status, body } = await withCode('123456', over);
    expect([status, body.errors]).toMatchObject([400, [{ field }]]);
  });
});

describe('an id token of the trusted issuer', () => {
  const ISSUER = 'https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Ab12';
  const CLIENT = 'client-1';
  let fetched: number;
  let keySet: JSONWebKeySet;
  let sign: (claims?: object, header?: object) => Promise<string>;

  async function newKey(kid: string) {
    const { privateKey, publicKey } = await generateKeyPair('RS256');
    keySet = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' }] };
    sign = (claims = {}, header = {}) => {
      const iat = opened.clock.time.getTime() / 1000;
      const payload = { iss: ISSUER, aud: CLIENT, sub: 's', token_use: 'id', email: EMAIL, email_verified: true, iat };
      return new SignJWT({ ...payload, exp: iat + 3600, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid, ...header })
        .sign(privateKey);
    };
  }

  beforeEach(async () => {
    fetched = 0;
    await newKey('one');
    opened.portal.identities = identityTokens({ issuer: ISSUER, clientId: CLIENT }, async () => {
      fetched++;
      return keySet;
    });
  });
  const withToken = (idToken: string) => signIn({ type: 'IdToken', idToken });

  test('signs in the user who has its verified address', async () => {
    expect((await withToken(await sign({ email: 'Amy@Person.example' }))).status).toBe(200);
    expect((await withToken(await sign({ email_verified: 'true' }))).status).toBe(200);
    expect(fetched).toBe(1);
  });

  test('is refused with one answer when anything about it is wrong', async () => {
    const past = START.getTime() / 1000 - 1;
    const { exp: _exp, ...noExp } = { exp: undefined };
    const wrong = [
      await sign({ aud: 'another-client' }),
      await sign({ iss: 'https://evil.example' }),
      await sign({ exp: past }),
      await sign({ exp: undefined, ...noExp }),
      await sign({ token_use: 'access' }),
      await sign({ email_verified: false }),
      await sign({ email_verified: undefined }),
      await sign({ email: 'nobody@person.example' }),
      await sign({ email: undefined }),
      await sign({}, { kid: 'unknown' }),
      `${(await sign()).slice(0, -6)}AAAAAA`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await sign()).split('.')[1]}.`,
      'no.jwt.at-all',
    ];
    const answers = await Promise.all(wrong.map(withToken));
    expect(answers[0]).toMatchObject(REFUSED);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  test('may be signed by a key that the issuer has since; keys are asked for at most once a minute', async () => {
    expect((await withToken(await sign())).status).toBe(200);
    await newKey('two');
    expect(await withToken(await sign())).toMatchObject(REFUSED);
    expect(fetched).toBe(1);
    later(60_000);
    expect((await withToken(await sign())).status).toBe(200);
    expect(fetched).toBe(2);
  });

  test('says nothing of a token when the issuer does not answer, and asks it again', async () => {
    let broken = true;
    opened.portal.identities = identityTokens({ issuer: ISSUER, clientId: CLIENT }, async () => {
      if (broken) throw new Error('no route to host');
      return keySet;
    });
    expect((await withToken(await sign())).status).toBe(500);
    broken = false;
    expect((await withToken(await sign())).status).toBe(200);
  });
});
