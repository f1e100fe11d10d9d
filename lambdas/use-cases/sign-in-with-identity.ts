import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { signInAs } from './session.ts';

/**
 * Exchanges an id token of the trusted issuer for a bearer token.
 * @throws PortalError NOT_SIGNED_IN, the same for a token that isn't valid and an address that nobody has; BAD_REQUEST
 *   when the address has users in several organizations and none is chosen
 */
export async function signInWithIdentity(
  portal: Portal,
  { idToken, ...request }: { idToken: string; prmId: string | undefined; now: Date; seconds: number },
): Promise<string> {
  const email = await portal.identities.addressOf(idToken, request.now);
  if (email === undefined)
    throw new PortalError('NOT_SIGNED_IN', 'The token is not valid: it is wrong, expired or revoked');
  return signInAs(portal, { ...request, email });
}
