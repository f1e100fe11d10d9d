import * as z from 'zod';

// Control characters, halves of characters, and marks that make a text read otherwise than it is written.
const NOT_PLAIN = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** One line of text that a person has written, in any script, of at most that many UTF-16 units. */
export const plainText = (most: number) =>
  z
    .string('must be text')
    .max(most, `must have at most ${most} characters`)
    .regex(/\S/, 'must not be empty')
    .refine((text) => !NOT_PLAIN.test(text), 'must be one line without control characters or marks of direction');

/** Where mail goes. */
export const MailAddress = z
  .email('must be a mail address')
  .max(254, 'must have at most 254 characters')
  .meta({ description: 'Mail address', example: 'ada@example.com' });

/** An id that the portal has given, in a path. */
export const Id = z
  .string()
  .regex(/^[\w-]{1,64}$/)
  .meta({ description: 'Id', example: '8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3' });

export const CountryRegion = z
  .string('must be text')
  .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code of two capital letters')
  .meta({ description: 'ISO 3166-1 code of two letters', example: 'DE' });

/** Why something is done, for the audit trail. */
export const Reason = plainText(500).optional().meta({ description: 'Why, for the audit trail' });

/** The body of what is done to a thing as a whole. */
export const Why = z.strictObject({ reason: Reason }).meta({ id: 'Why', description: 'Why it is done' });
