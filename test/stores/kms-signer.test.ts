import { createHash, generateKeyPairSync, privateEncrypt, sign } from 'node:crypto';
import { GetPublicKeyCommand, KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { decodeProtectedHeader, SignJWT } from 'jose';
import { sessionTokens } from '../../lambdas/runtime/session-tokens.ts';
import { kmsSigningKeys, parseKmsKeyIds } from '../../lambdas/stores/kms-signer.ts';

const pairs = {
  old: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  new: generateKeyPairSync('rsa', { modulusLength: 2048 }),
};
type KeyId = keyof typeof pairs;

// DER of "this is a SHA-256", which stands before the digest in such a signature.
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

const kms = mockClient(KMSClient);
const isKey = (id: string | undefined): id is KeyId => id !== undefined && id in pairs;

beforeEach(() => {
  kms.reset();
  kms.on(GetPublicKeyCommand).callsFake(({ KeyId: id }: { KeyId?: string }) => {
    if (!isKey(id)) throw new Error(`asked for the key ${id}`);
    return { PublicKey: pairs[id].publicKey.export({ format: 'der', type: 'spki' }) };
  });
  kms.on(SignCommand).callsFake(({ KeyId: id, Message, MessageType, SigningAlgorithm }) => {
    if (!isKey(id) || MessageType !== 'DIGEST' || SigningAlgorithm !== 'RSASSA_PKCS1_V1_5_SHA_256')
      throw new Error('no');
    return { Signature: privateEncrypt(pairs[id].privateKey, Buffer.concat([SHA256_INFO, Message])) };
  });
});

const ROTATED = new Date('2026-11-10T12:00:00Z');
const minutesLater = (minutes: number) => new Date(ROTATED.getTime() + minutes * 60_000);
const tokens = (setting: string) =>
  sessionTokens(
    kmsSigningKeys(new KMSClient({ region: 'eu-central-1' }), parseKmsKeyIds(setting)),
    'https://portal.example',
  );
const claims = { sub: 'ada', org: 'VENDOR', tokenId: 't', roles: ['Operations'] };
const rotated = `new, old@${ROTATED.toISOString()}`;

test('a token signed by KMS is verified with its public key, read once', async () => {
  const signer = tokens('new');
  const token = await signer.sign(claims, ROTATED, 1_800);
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'new' });
  expect(await signer.verify(token, minutesLater(29))).toMatchObject(claims);
  expect(await signer.verify(token, minutesLater(30))).toBeUndefined();
  expect(kms.commandCalls(GetPublicKeyCommand)).toHaveLength(1);
});

test('after a rotation the new key signs, and tokens of the old one are good for 30 minutes more', async () => {
  const token = await tokens('old').sign(claims, minutesLater(-1), 7_200);
  const signer = tokens(rotated);
  expect(decodeProtectedHeader(await signer.sign(claims, ROTATED, 60)).kid).toBe('new');
  expect(await signer.verify(token, minutesLater(29))).toMatchObject(claims);
  expect(await signer.verify(token, minutesLater(30))).toBeUndefined();
  expect(await tokens('new').verify(token, minutesLater(1))).toBeUndefined();
});

test('a token that names a key of its sender is refused without asking KMS for it', async () => {
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwt = (kid: string) =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .setIssuer('https://portal.example')
      .setAudience('SESSION')
      .setIssuedAt(ROTATED)
      .setExpirationTime(minutesLater(30))
      .sign(foreign.privateKey);
  expect(
    await tokens('new').verify(await jwt('arn:aws:kms:eu-central-1:666666666666:key/mine'), ROTATED),
  ).toBeUndefined();
  expect(kms.commandCalls(GetPublicKeyCommand)).toHaveLength(0);
  expect(await tokens('new').verify(await jwt('new'), ROTATED)).toBeUndefined();
});

test.each([
  ['no signature at all', { alg: 'none', typ: 'JWT', kid: 'new' }, () => Buffer.alloc(0)],
  [
    'the public key used as a secret',
    { alg: 'HS256', typ: 'JWT', kid: 'new' },
    (text: string) =>
      createHash('sha256')
        .update(pairs.new.publicKey.export({ format: 'pem', type: 'spki' }))
        .update(text)
        .digest(),
  ],
  [
    'another kind of token',
    { alg: 'RS256', typ: 'at+jwt', kid: 'new' },
    (text: string) => sign('sha256', Buffer.from(text), pairs.new.privateKey),
  ],
  [
    'no key id',
    { alg: 'RS256', typ: 'JWT' },
    (text: string) => sign('sha256', Buffer.from(text), pairs.new.privateKey),
  ],
])('a token with %s is refused', async (_, header, signature) => {
  const seconds = ROTATED.getTime() / 1000;
  const payload = { ...claims, iss: 'https://portal.example', aud: 'SESSION', iat: seconds, exp: seconds + 1_800 };
  const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  expect(await tokens('new').verify(`${text}.${signature(text).toString('base64url')}`, ROTATED)).toBeUndefined();
});

test('when KMS does not answer, the token is not called wrong, and the next request asks again', async () => {
  const signer = tokens('new');
  const token = await signer.sign(claims, ROTATED, 1_800);
  kms.on(GetPublicKeyCommand).rejectsOnce(new Error('throttled'));
  await expect(signer.verify(token, ROTATED)).rejects.toThrow('throttled');
  kms.on(GetPublicKeyCommand).resolves({
    PublicKey: pairs.new.publicKey.export({ format: 'der', type: 'spki' }),
  });
  expect(await signer.verify(token, ROTATED)).toMatchObject(claims);
});

test.each(['', 'new,old', 'new,old@soon', 'new,@2026-11-10T12:00:00Z'])(
  'the setting %j says what is wrong',
  (setting) => {
    expect(() => parseKmsKeyIds(setting)).toThrow(/SIGNING_KEY_ID/);
  },
);
