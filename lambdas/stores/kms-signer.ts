import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';

/** Tokens live for 30 minutes, and so does the key that signed them after another has taken over. */
const OLD_KEY_MS = 30 * 60_000;

/** The key that signs, and those that signed until a rotation. */
export type KmsKeyIds = { current: string; old: readonly { keyId: string; rotated: Date }[] };

/**
 * Reads the setting SIGNING_KEY_ID: "<key id>", after a rotation "<new key id>,<old key id>@<time of the rotation>".
 * @throws RangeError when a time is none
 */
export function parseKmsKeyIds(setting: string): KmsKeyIds {
  const [current = '', ...rest] = setting.split(',').map((part) => part.trim());
  const old = rest.map((part) => {
    const [keyId = '', time = ''] = part.split('@');
    const rotated = new Date(time);
    if (!keyId || Number.isNaN(rotated.getTime())) {
      throw new RangeError(
        `${JSON.stringify(part)} in SIGNING_KEY_ID is no old key: write <key id>@<time of rotation>`,
      );
    }
    return { keyId, rotated };
  });
  if (!current) throw new RangeError('SIGNING_KEY_ID is empty: give it the id of a KMS key for RSA signatures');
  return { current, old };
}

/**
 * Signing keys kept in KMS, for session tokens. A key's id is its `kid`; public keys are read once per container. Only the
 * keys of the setting are ever asked for: the id in a token comes from its sender.
 */
export function kmsSigningKeys(client: KMSClient, { current, old }: KmsKeyIds) {
  const known = new Map<string, Promise<KeyObject>>();

  async function fetchKey(keyId: string): Promise<KeyObject> {
    const { PublicKey } = await client.send(new GetPublicKeyCommand({ KeyId: keyId }));
    if (!PublicKey) throw new Error('KMS answered no public key');
    return createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
  }

  const isGood = (keyId: string, now: Date): boolean =>
    keyId === current ||
    old.some((each) => each.keyId === keyId && now.getTime() < each.rotated.getTime() + OLD_KEY_MS);

  return {
    currentKeyId: (): string => current,

    sign: async (keyId: string, data: Uint8Array): Promise<Uint8Array> => {
      const { Signature } = await client.send(
        new SignCommand({
          KeyId: keyId,
          Message: createHash('sha256').update(data).digest(),
          MessageType: 'DIGEST',
          SigningAlgorithm: 'RSASSA_PKCS1_V1_5_SHA_256',
        }),
      );
      if (!Signature) throw new Error('KMS answered no signature');
      return Signature;
    },

    publicKey: async (keyId: string, now: Date): Promise<KeyObject | undefined> => {
      if (!isGood(keyId, now)) return undefined;
      const key = known.get(keyId) ?? fetchKey(keyId);
      known.set(keyId, key);
      // A read that failed is tried again by the next request.
      key.catch(() => known.delete(keyId));
      return key;
    },
  };
}
