import { createHash } from 'node:crypto';
import { signInCodeMail } from '../documents/mail/access-mails.ts';
import { isSecretOf } from './api-token-text.ts';
import { PortalError } from './errors.ts';
import type { Portal } from './ports/portal.ts';
import { signInAs } from './session.ts';

const CODE_MINUTES = 10;

/**
 * Mails a code to an address that an active user has. Does the same reads and writes for an address nobody has, and tells
 * nothing of the difference.
 * @param request.code six digits, random
 * @param request.reference names the mail: new and random
 * @throws PortalError NOT_FOUND where people sign in with a trusted issuer alone
 */
export async function mailCode(
  portal: Portal,
  request: { email: string; code: string; reference: string; now: Date },
): Promise<void> {
  refuseWithoutCodes(portal);
  const { code, reference, now } = request;
  const email = request.email.toLowerCase();
  const expires = new Date(now.getTime() + CODE_MINUTES * 60_000);
  const isNew = await portal.signInCodes.replaced(email, hashOfCode(email, code), { now, expires });
  const users = await portal.users.withAddress(email);
  const user = users.find(({ status }) => status === 'ACTIVE');
  if (!isNew || !user) return;
  const { senderAddress } = portal.settings;
  const to = { name: `${user.firstName} ${user.lastName}`.trim(), address: email };
  await portal.mailer.send(signInCodeMail({ to, senderAddress, reference, code, minutes: CODE_MINUTES }), reference);
}

/**
 * Exchanges a mailed code for a bearer token, once, within its ten minutes and five attempts.
 * @throws PortalError NOT_SIGNED_IN, the same for a code that is wrong, used or expired and for an address nobody has;
 *   BAD_REQUEST when the address has users in several organizations and none is chosen; NOT_FOUND as mailCode
 */
export async function signInWithCode(
  portal: Portal,
  request: { email: string; code: string; prmId: string | undefined; now: Date; seconds: number },
): Promise<string> {
  refuseWithoutCodes(portal);
  const { code, now, ...rest } = request;
  const email = request.email.toLowerCase();
  const stored = await portal.signInCodes.tried(email, now);
  if (!isSecretOf(secretOf(email, code), stored) || stored === undefined) throw refused();
  const bearer = await signInAs(portal, { ...rest, email, now });
  if (!(await portal.signInCodes.used(email, stored))) throw refused();
  return bearer;
}

const refused = () => new PortalError('NOT_SIGNED_IN', 'The token is not valid: it is wrong, expired or revoked');

function refuseWithoutCodes({ settings }: Portal): void {
  if (settings.mailedCodes) return;
  throw new PortalError('NOT_FOUND', 'No codes are mailed here: people sign in with their identity provider');
}

const secretOf = (email: string, code: string): string => `${email} ${code}`;

/** Bound to its address, so that equal codes of two addresses are stored differently. */
const hashOfCode = (email: string, code: string): string =>
  createHash('sha256').update(secretOf(email, code)).digest('hex');
