import * as z from 'zod';
import { MAIL_KIND_NAMES } from '../../domain/organization/mail-kinds.ts';

export const MailChoiceItem = z.object({
  userId: z.string(),
  organizationId: z.string(),
  kinds: z.array(z.enum(MAIL_KIND_NAMES)),
  version: z.number().int(),
});
