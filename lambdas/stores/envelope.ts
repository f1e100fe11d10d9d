import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealedText, Secrets } from '../use-cases/ports/secrets.ts';

/** A fresh key for one text: as it is, and as it may be stored. */
export type DataKey = { key: Uint8Array; wrapped: Uint8Array };

/** What wraps the keys that texts are encrypted with: KMS on AWS, a file's key on one machine. */
export type DataKeys = {
  /** A new key of 256 bits that can be unwrapped for the same purpose alone. */
  make(purpose: string): Promise<DataKey>;
  unwrap(wrapped: Uint8Array, purpose: string): Promise<Uint8Array>;
};

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Envelope encryption: each text under a key of its own, bound to what it is for. */
export function openSecrets(keys: DataKeys): Secrets {
  return {
    seal: async (text, purpose): Promise<SealedText> => {
      const { key, wrapped } = await keys.make(purpose);
      return {
        wrappedKey: Buffer.from(wrapped).toString('base64'),
        sealed: encrypt(Buffer.from(text), key, purpose).toString('base64'),
      };
    },

    open: async ({ wrappedKey, sealed }, purpose) => {
      const key = await keys.unwrap(Buffer.from(wrappedKey, 'base64'), purpose);
      return decrypt(Buffer.from(sealed, 'base64'), key, purpose).toString();
    },
  };
}

/** Nonce, ciphertext and tag; a key is good for one text or, with a random nonce, for some billions. */
export function encrypt(plain: Uint8Array, key: Uint8Array, purpose: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(purpose));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws when key or purpose are others, or a bit was changed */
export function decrypt(sealed: Uint8Array, key: Uint8Array, purpose: string): Buffer {
  const end = sealed.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(purpose))
    .setAuthTag(sealed.subarray(end));
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final()]);
}
