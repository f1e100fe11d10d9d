import { SESSION_SECONDS } from '../manifest/routes/access.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import { signIn } from '../use-cases/session.ts';

export const resource: ResourceOf<'authApi'> = {
  signIn: async (portal, { body, now }) => ({
    body: {
      tokenType: 'bearer',
      accessToken: await signIn(portal, body.userToken, now, SESSION_SECONDS),
      expiresIn: SESSION_SECONDS,
    },
  }),
};

export const handler = apiHandler(resource);
