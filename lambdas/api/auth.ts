import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as passed } from 'node:timers/promises';
import { accessRoutes, SESSION_SECONDS } from '../manifest/routes/access.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import { acceptInvitation } from '../use-cases/accept-invitation.ts';
import { mailCode, signInWithCode } from '../use-cases/mailed-code.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { signIn } from '../use-cases/session.ts';
import { signInWithIdentity } from '../use-cases/sign-in-with-identity.ts';

// A mail takes longer to send than not to: whoever asks for a code is answered when either would be done.
const LEAST_MS = 300;

export const resource: ResourceOf<'authApi'> = {
  signIn: async (portal, { body, now }) => ({
    body: { tokenType: 'bearer', accessToken: await bearerToken(portal, body, now), expiresIn: SESSION_SECONDS },
  }),

  mailCode: async (portal, { body, now }) => {
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const reference = `code/${randomBytes(8).toString('hex')}`;
    await Promise.all([mailCode(portal, { email: body.email, code, reference, now }), passed(LEAST_MS)]);
    return { body: undefined };
  },

  acceptInvitation: async (portal, { body, now }) => {
    const { user, organization } = await acceptInvitation(portal, body.invitation, now);
    return { body: { email: user.email, prmId: organization.prmId } };
  },

  getHealth: async (portal, { now }) => {
    // Any read will do: it fails when the database can't be reached.
    await portal.users.get('health');
    return { body: { status: 'UP', time: now.toISOString() } };
  },
};

export const handler = apiHandler(accessRoutes, resource);

function bearerToken(portal: Portal, body: ApiRequest<'signIn'>['body'], now: Date): Promise<string> {
  switch (body.type) {
    case 'UserToken':
      return signIn(portal, body.userToken, now, SESSION_SECONDS);
    case 'MailedCode': {
      const { email, code, prmId } = body;
      return signInWithCode(portal, { email, code, prmId, now, seconds: SESSION_SECONDS });
    }
    case 'IdToken': {
      const { idToken, prmId } = body;
      return signInWithIdentity(portal, { idToken, prmId, now, seconds: SESSION_SECONDS });
    }
  }
}
