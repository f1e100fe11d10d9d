import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { DataKeys } from './envelope.ts';

/** Keys for single texts, wrapped by a KMS key; the purpose is their encryption context, so CloudTrail names it. */
export function kmsDataKeys(client: KMSClient, keyId: string): DataKeys {
  return {
    make: async (purpose) => {
      const { Plaintext, CiphertextBlob } = await client.send(
        new GenerateDataKeyCommand({ KeyId: keyId, KeySpec: 'AES_256', EncryptionContext: { purpose } }),
      );
      if (!Plaintext || !CiphertextBlob) throw new Error('KMS answered no data key');
      return { key: Plaintext, wrapped: CiphertextBlob };
    },

    unwrap: async (wrapped, purpose) => {
      const { Plaintext } = await client.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: { purpose } }),
      );
      if (!Plaintext) throw new Error('KMS answered no key');
      return Plaintext;
    },
  };
}
