import { generateKeyPairSync } from 'node:crypto';

/** Variable of the environment that holds the signing key of a test run, as PEM. */
export const SIGNING_KEY = 'TEST_SIGNING_KEY';

/** A new RSA key, as PEM. */
export function newSigningKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
