import { isPeriod, type Period } from '../calendar/period.ts';
import { parseDecimal } from '../numbers/decimal.ts';
import type { LoadFault, LoadPath } from './load.ts';

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it finds
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** Whether a text is a code of the catalogue. */
export const isCode = (text: string): boolean => CODE.test(text);

/**
 * Reads the texts of an entry one by one. What is wrong is added to the faults, with the member's path, and read as
 * undefined; so is what is absent.
 */
export function fieldsOf<Entry extends object>(entry: Entry, path: LoadPath, faults: LoadFault[]) {
  const before = faults.length;

  function refuse(member: keyof Entry & string, message: string): undefined {
    faults.push({ path: [...path, member], message });
  }

  const textOf = (member: keyof Entry): string => String(entry[member] ?? '');
  const has = (member: keyof Entry): boolean => textOf(member) !== '';

  function needed<Value>(
    member: keyof Entry & string,
    read: (text: string) => Value | undefined,
    message: string,
  ): Value | undefined {
    if (!has(member)) return refuse(member, 'is needed');
    return read(textOf(member)) ?? refuse(member, message);
  }

  const matching = (form: RegExp) => (text: string) => (form.test(text) ? text : undefined);

  return {
    has,
    refuse,
    failed: () => faults.length > before,
    code: (member: keyof Entry & string) =>
      needed(member, matching(CODE), 'must be 1 to 40 letters, digits, dots, hyphens or underscores'),
    uuid: (member: keyof Entry & string) => needed(member, matching(UUID), 'must be a UUID in small letters'),
    name: (member: keyof Entry & string, most: number) =>
      needed(
        member,
        (text) =>
          text.length <= most && text === text.trim() && text.isWellFormed() && !CONTROL.test(text) ? text : undefined,
        `must be text of at most ${most} characters in one line, without spaces at its ends`,
      ),
    month: (member: keyof Entry & string) =>
      needed(member, (text): Period | undefined => (isPeriod(text) ? text : undefined), 'must be a month, YYYY-MM'),
    oneOf: <Choice extends string>(member: keyof Entry & string, choices: readonly Choice[]) =>
      needed(member, (text) => choices.find((choice) => choice === text), `must be one of ${choices.join(', ')}`),
    /** A whole number between two, both taken. */
    whole: (member: keyof Entry & string, least: number, most: number) =>
      needed(
        member,
        (text) => (/^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most ? Number(text) : undefined),
        `must be a whole number from ${least} to ${most}`,
      ),
    /** A decimal of 0 or more. */
    decimal: <Value extends bigint>(member: keyof Entry & string, scale: number) =>
      needed(
        member,
        (text) => {
          const value = /^\d{1,12}(\.\d{1,20})?$/.test(text) ? parseDecimal(text, scale) : undefined;
          return value as Value | undefined;
        },
        `must be a number of 0 or more, written like 12.5, with at most 12 digits and ${scale} decimals`,
      ),
  };
}
