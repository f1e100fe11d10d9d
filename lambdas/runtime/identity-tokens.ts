import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from 'jose';
import * as z from 'zod';
import type { IdentityProvider } from '../use-cases/ports/access.ts';

/** What an id token of Cognito says of the person, as far as the portal asks. */
const IdClaims = z.object({
  token_use: z.literal('id'),
  email: z.string().min(3),
  email_verified: z.literal([true, 'true']),
});

/** Keys are asked for again when a token names another one, but not more often than this. */
const PAUSE_MS = 60_000;

/** The keys that the issuer publishes. Throws when it doesn't answer. */
export async function fetchKeySet(issuer: string): Promise<JSONWebKeySet> {
  const answer = await fetch(`${issuer}/.well-known/jwks.json`, { signal: AbortSignal.timeout(5_000) });
  if (!answer.ok) throw new Error(`the trusted issuer answered ${answer.status} when asked for its keys`);
  return (await answer.json()) as JSONWebKeySet;
}

/**
 * Id tokens (RS256) of one trusted issuer, for one client.
 * @param keySet gives the keys the issuer publishes now
 */
export function identityTokens(
  { issuer, clientId }: { issuer: string; clientId: string },
  keySet: () => Promise<JSONWebKeySet>,
): IdentityProvider {
  let known: { keys: Promise<JSONWebKeySet>; read: number } | undefined;

  function keysAt(now: Date, anew: boolean): Promise<JSONWebKeySet> {
    const age = known ? now.getTime() - known.read : PAUSE_MS;
    if (!known || (anew && age >= PAUSE_MS)) {
      const keys = keySet();
      // A failed read is nothing to remember.
      keys.catch(() => {
        known = undefined;
      });
      known = { keys, read: now.getTime() };
    }
    return known.keys;
  }

  async function claimsOf(idToken: string, now: Date, anew: boolean): Promise<unknown> {
    const { payload } = await jwtVerify(idToken, createLocalJWKSet(await keysAt(now, anew)), {
      algorithms: ['RS256'],
      issuer,
      audience: clientId,
      requiredClaims: ['sub', 'iat', 'exp'],
      currentDate: now,
    });
    return payload;
  }

  return {
    addressOf: async (idToken, now) => {
      try {
        const payload = await claimsOf(idToken, now, false).catch((error) => {
          if (error instanceof errors.JWKSNoMatchingKey) return claimsOf(idToken, now, true);
          throw error;
        });
        const claims = IdClaims.safeParse(payload);
        return claims.success ? claims.data.email.toLowerCase() : undefined;
      } catch (error) {
        // Any other error, such as an issuer that doesn't answer, is not the token's fault.
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
