import type { MailChoice } from '../../domain/organization/mail-kinds.ts';
import type { Change } from './changes.ts';

/** Kinds of mail that users have chosen. Strongly consistent. */
export type MailChoices = {
  of(organizationId: string, userId: string): Promise<MailChoice>;
  /** Of all users of an organization that have chosen, in the order of their ids. */
  ofOrganization(organizationId: string): Promise<MailChoice[]>;
  /** Refused when the stored one isn't of the version before. */
  changed(before: MailChoice, after: MailChoice): Change;
};
