import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { decrypt, encrypt, openSecrets } from '../lambdas/stores/envelope.ts';
import type { Secrets } from '../lambdas/use-cases/ports/secrets.ts';
import { secretFile } from './secret-file.ts';

const KEY_BYTES = 32;

/** Seals secrets with a key of the data folder, made at its first use and kept. Stands in for KMS. */
export async function openLocalSecrets(dataFolder: string): Promise<Secrets> {
  const text = await secretFile(join(dataFolder, 'secrets-key'), () => randomBytes(KEY_BYTES).toString('base64'));
  return secretsOf(Buffer.from(text, 'base64'));
}

/** Secrets under a key of 256 bits. */
export function secretsOf(key: Uint8Array): Secrets {
  return openSecrets({
    make: async (purpose) => {
      const made = randomBytes(KEY_BYTES);
      return { key: made, wrapped: encrypt(made, key, purpose) };
    },
    unwrap: async (wrapped, purpose) => decrypt(wrapped, key, purpose),
  });
}
