import { visit } from 'jsonc-parser';
import { type NumberLiteral, readNumber } from '../manifest/routes/exact-numbers.ts';
import { PortalError } from '../use-cases/errors.ts';
import { fieldName } from './field-name.ts';

/** Limits of a JSON body (aws-design.md "HTTP"), checked before anything is built from it. */
const MOST_BYTES = 1_000_000;
const MOST_DEPTH = 32;
const MOST_ELEMENTS = 10_000;
const MOST_MEMBERS = 10_000;

/** Names that JavaScript objects have a meaning for: no request has a member of such a name. */
const REFUSED_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * Reads a JSON body. A number that a double can't hold as it is written comes as a NumberLiteral.
 * @throws PortalError BODY_TOO_LARGE above 1 MB; BAD_REQUEST when it isn't JSON in well-formed UTF-8, nests deeper than 32,
 *   has an array of more than 10,000 elements, more than 10,000 members or a number of more than 40 digits, or an object
 *   names a member twice or as JavaScript names its own
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.length > MOST_BYTES) {
    throw new PortalError('BODY_TOO_LARGE', `The body has ${bytes.length} bytes: at most ${MOST_BYTES} are taken`);
  }
  const text = decoded(bytes);
  checkStructure(text);
  try {
    return JSON.parse(text, (_name, value, { source }) =>
      typeof value === 'number' && source !== undefined ? exactNumber(value, source) : value,
    );
  } catch (error) {
    throw error instanceof SyntaxError ? refused('is not valid JSON') : error;
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw refused('is not valid UTF-8');
  }
}

function refused(what: string): PortalError {
  return new PortalError('BAD_REQUEST', `The body ${what}`);
}

function refusedField(what: string, path: readonly PropertyKey[], message: string): PortalError {
  return new PortalError('BAD_REQUEST', `The body ${what}`, [{ field: fieldName(path), message }]);
}

/** One pass over the text, which ends at the first thing that is wrong. */
function checkStructure(text: string): void {
  // Of each object that is open the names seen so far, of each array the commas.
  const open: (Set<string> | { commas: number })[] = [];
  let members = 0;
  const begin = (of: (typeof open)[number]) => {
    open.push(of);
    if (open.length > MOST_DEPTH) throw refused(`nests deeper than ${MOST_DEPTH}`);
  };

  visit(
    text,
    {
      onObjectBegin: () => begin(new Set()),
      onArrayBegin: () => begin({ commas: 0 }),
      onObjectEnd: () => void open.pop(),
      onArrayEnd: () => void open.pop(),
      onSeparator: (character) => {
        const inner = open.at(-1);
        if (character !== ',' || !inner || inner instanceof Set) return;
        if (++inner.commas >= MOST_ELEMENTS) throw refused(`has an array of more than ${MOST_ELEMENTS} elements`);
      },
      onObjectProperty: (name, _offset, _length, _line, _character, pathOf) => {
        const names = open.at(-1);
        if (++members > MOST_MEMBERS) throw refused(`has more than ${MOST_MEMBERS} members`);
        if (!name.isWellFormed()) throw refused('has a member whose name is no well-formed Unicode');
        const path = () => [...pathOf(), name];
        if (REFUSED_NAMES.has(name)) {
          throw refusedField(`has a member named ${JSON.stringify(name)}`, path(), 'is not known');
        }
        if (!(names instanceof Set)) return;
        if (names.has(name)) {
          throw refusedField(`names the member ${JSON.stringify(name)} twice`, path(), 'is there twice');
        }
        names.add(name);
      },
      onLiteralValue: (value, _offset, _length, _line, _character, pathOf) => {
        if (typeof value !== 'string' || value.isWellFormed()) return;
        throw refusedField('has text that is no well-formed Unicode', pathOf(), 'must be well-formed Unicode text');
      },
      onError: () => {
        throw refused('is not valid JSON');
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
}

function exactNumber(value: number, source: string): number | NumberLiteral {
  const read = readNumber(value, source);
  if (read === undefined) throw refused('has a number of more than 40 digits');
  return read;
}
