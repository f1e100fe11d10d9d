import { createHash, createPrivateKey, createPublicKey, generateKeyPair, sign } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type SigningKeys, sessionTokens } from '../lambdas/runtime/session-tokens.ts';
import type { TokenSigner } from '../lambdas/use-cases/ports/access.ts';
import { secretFile } from './secret-file.ts';

/**
 * Signs bearer tokens with a key pair of the data folder, made at its first use and kept, so that tokens survive a
 * restart. Stands in for KMS.
 */
export async function openLocalSigner(dataFolder: string, issuer: string): Promise<TokenSigner> {
  const privateKey = createPrivateKey(await secretFile(join(dataFolder, 'signing-key.pem'), newPrivateKey));
  const publicKey = createPublicKey(privateKey);
  const keyId = createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);
  const keys: SigningKeys = {
    currentKeyId: () => keyId,
    sign: async (_keyId, data) => sign('sha256', data, privateKey),
    publicKey: async (id) => (id === keyId ? publicKey : undefined),
  };
  return sessionTokens(keys, issuer);
}

async function newPrivateKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}
