import { type ClientOptions, type PortalClient, portalClient } from './portal-client.ts';

/** Of a bearer token's time, what is left for a request on its way. */
const SPARE_SECONDS = 60;

/**
 * A client that signs in with an API token at its first request, and again when its bearer token is about to expire.
 * @param userToken text of the API token, `cpt_…`
 * @param clock the machine's unless told otherwise
 */
export function signedInClient(
  options: Omit<ClientOptions, 'token'>,
  userToken: string,
  clock = (): Date => new Date(),
): PortalClient {
  const { signIn } = portalClient(options);
  let session: { token: Promise<string>; renewAt: number } | undefined;

  function newSession(): NonNullable<typeof session> {
    const opened = { token: Promise.resolve(''), renewAt: Number.POSITIVE_INFINITY };
    opened.token = signIn({ body: { type: 'UserToken', userToken } }).then(
      ({ body }) => {
        opened.renewAt = clock().getTime() + (body.expiresIn - SPARE_SECONDS) * 1_000;
        return body.accessToken;
      },
      (error: unknown) => {
        opened.renewAt = 0;
        throw error;
      },
    );
    return opened;
  }

  const token = () => {
    if (!session || session.renewAt <= clock().getTime()) session = newSession();
    return session.token;
  };
  return portalClient({ ...options, token });
}
