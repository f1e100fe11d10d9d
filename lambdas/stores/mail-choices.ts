import type { MailChoice } from '../domain/organization/mail-kinds.ts';
import type { MailChoices } from '../use-cases/ports/mail-choices.ts';
import { MailChoiceItem } from './items/mail-choices.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Table } from './table.ts';

/** Kinds of mail that users have chosen, beside their organization: one query for a mail. */
export function openMailChoices(table: Table): MailChoices {
  return {
    of: async (organizationId, userId) => {
      const item = await table.get(keys.mailChoice(organizationId, userId));
      return item ? read(MailChoiceItem, item) : { organizationId, userId, kinds: [], version: 0 };
    },

    ofOrganization: async (organizationId) =>
      (await Array.fromAsync(table.query(keys.organization(organizationId).pk, { prefix: 'MAIL-CHOICE#' }))).map(
        (item): MailChoice => read(MailChoiceItem, item),
      ),

    changed: (before, after) => {
      const { organizationId, userId, kinds } = after;
      const what = `mail of user ${userId}`;
      const item = stored<typeof MailChoiceItem>('MAIL_CHOICE', keys.mailChoice(organizationId, userId), {
        ...after,
        kinds: [...kinds],
      });
      return before.version === 0 ? table.putNew(what, item) : table.putOver(what, item, before.version);
    },
  };
}
