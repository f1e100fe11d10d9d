import type { MailMessage } from '../documents/mail/message.ts';
import { getsMail, type MailKind } from '../domain/organization/mail-kinds.ts';
import type { Organization, User } from '../domain/organization/organization.ts';
import type { Portal } from './ports/portal.ts';

export type RecipientsPortal = Pick<Portal, 'mailChoices' | 'users'>;

/** Who gets a mail to an organization: its own address, always, and the users who have chosen its kind. */
export async function recipientsOf(
  portal: RecipientsPortal,
  { id, type, name, email, workGroups }: Organization,
  kind: MailKind,
): Promise<MailMessage['to']> {
  const choices = (await portal.mailChoices.ofOrganization(id)).filter(({ kinds }) => kinds.includes(kind));
  const users = await Promise.all(
    choices.map(async (choice) => ({ choice, user: await portal.users.get(choice.userId) })),
  );
  // What a mail says is of contracts that a work group may not show: its members look in the portal.
  const seesAll = ({ workGroupId }: User) => !workGroups || workGroupId === undefined;
  const copies = users.flatMap(({ choice, user }) =>
    user && user.email !== email.toLowerCase() && getsMail(kind, type, choice, user) && seesAll(user)
      ? [{ name: `${user.firstName} ${user.lastName}`.trim(), address: user.email }]
      : [],
  );
  return [{ name, address: email }, ...copies];
}
