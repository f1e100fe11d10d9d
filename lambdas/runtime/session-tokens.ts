import type { KeyObject } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import type { TokenSigner } from '../use-cases/ports/access.ts';

const AUDIENCE = 'SESSION';

/** RSA keys that sign (RSASSA-PKCS1-v1_5 with SHA-256), wherever they are kept. */
export type SigningKeys = {
  /** Id of the key that signs now. */
  currentKeyId(): string;
  sign(keyId: string, data: Uint8Array): Promise<Uint8Array>;
  /** The public key of that id, if tokens signed with it are still good; undefined for any other id. */
  publicKey(keyId: string, now: Date): Promise<KeyObject | undefined>;
};

/**
 * Bearer tokens: JWTs in RS256 with the key's id as `kid`, made and checked with these keys.
 * @param issuer the portal's address; tokens of another issuer are not accepted
 */
export function sessionTokens(keys: SigningKeys, issuer: string): TokenSigner {
  return {
    sign: async (claims, issued, lifetimeSeconds) => {
      const kid = keys.currentKeyId();
      const iat = Math.floor(issued.getTime() / 1000);
      const payload = { ...claims, iss: issuer, aud: AUDIENCE, iat, exp: iat + lifetimeSeconds };
      const signed = `${encoded({ alg: 'RS256', typ: 'JWT', kid })}.${encoded(payload)}`;
      const signature = await keys.sign(kid, Buffer.from(signed));
      return `${signed}.${Buffer.from(signature).toString('base64url')}`;
    },

    verify: async (token, now) => {
      const keyOf = async ({ kid }: { kid?: string }): Promise<KeyObject> => {
        const key = kid === undefined ? undefined : await keys.publicKey(kid, now);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      };
      try {
        const { payload } = await jwtVerify(token, keyOf, {
          algorithms: ['RS256'],
          typ: 'JWT',
          issuer,
          audience: AUDIENCE,
          requiredClaims: ['sub', 'iat', 'exp'],
          currentDate: now,
        });
        return payload;
      } catch (error) {
        // Any other error, such as a key service that doesn't answer, is not the token's fault.
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}

function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
