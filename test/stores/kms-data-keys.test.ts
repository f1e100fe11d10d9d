import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { openSecrets } from '../../lambdas/stores/envelope.ts';
import { kmsDataKeys } from '../../lambdas/stores/kms-data-keys.ts';

const kms = mockClient(KMSClient);
beforeEach(() => kms.reset());

const secrets = openSecrets(kmsDataKeys(new KMSClient({}), 'key-1'));
const KEY = new Uint8Array(32).fill(7);

test('a secret is encrypted under a key of its own, which KMS wraps for one purpose', async () => {
  const context = { KeyId: 'key-1', EncryptionContext: { purpose: 'licenseKeys:1' } };
  kms
    .on(GenerateDataKeyCommand, { ...context, KeySpec: 'AES_256' })
    .resolves({ Plaintext: KEY, CiphertextBlob: new Uint8Array([1, 2, 3]) });
  kms.on(DecryptCommand, { ...context, CiphertextBlob: Buffer.from([1, 2, 3]) }).resolves({ Plaintext: KEY });
  const sealed = await secrets.seal('Ångström', 'licenseKeys:1');
  expect(JSON.stringify(sealed)).not.toContain('ngstr');
  expect(await secrets.open(sealed, 'licenseKeys:1')).toBe('Ångström');
});

test('what was changed since, or belongs to another purpose, does not open', async () => {
  kms.on(GenerateDataKeyCommand).resolves({ Plaintext: KEY, CiphertextBlob: new Uint8Array([1]) });
  kms.on(DecryptCommand).resolves({ Plaintext: KEY });
  const sealed = await secrets.seal('text', 'a');
  await expect(secrets.open(sealed, 'b')).rejects.toThrow();
  const bytes = Buffer.from(sealed.sealed, 'base64');
  bytes[14] = (bytes[14] ?? 0) ^ 1;
  await expect(secrets.open({ ...sealed, sealed: bytes.toString('base64') }, 'a')).rejects.toThrow();
  await expect(secrets.open({ ...sealed, sealed: sealed.sealed.slice(0, 8) }, 'a')).rejects.toThrow();
});

test('an empty answer of KMS is an error, not an empty key', async () => {
  kms.on(GenerateDataKeyCommand).resolves({});
  await expect(secrets.seal('text', 'a')).rejects.toThrow('KMS answered no data key');
});
