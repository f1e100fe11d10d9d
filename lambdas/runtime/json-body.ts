import { type JSONPath, visit } from 'jsonc-parser';
import { readNumber } from '../manifest/routes/exact-numbers.ts';
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
      typeof value === 'number' && source !== undefined ? readNumber(value, source) : value,
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
  const open: (Set<string> | { commas: number; pathOf: () => JSONPath })[] = [];
  let members = 0;
  const begin = (of: (typeof open)[number], pathOf: () => JSONPath) => {
    open.push(of);
    if (open.length <= MOST_DEPTH) return;
    throw refusedField(`nests deeper than ${MOST_DEPTH}`, pathOf(), `must not nest deeper than ${MOST_DEPTH}`);
  };

  visit(
    text,
    {
      onObjectBegin: (_offset, _length, _line, _character, pathOf) => begin(new Set(), pathOf),
      onArrayBegin: (_offset, _length, _line, _character, pathOf) => begin({ commas: 0, pathOf }, pathOf),
      onObjectEnd: () => void open.pop(),
      onArrayEnd: () => void open.pop(),
      onSeparator: (character) => {
        const inner = open.at(-1);
        if (character !== ',' || !inner || inner instanceof Set) return;
        if (++inner.commas < MOST_ELEMENTS) return;
        // Asked now, it ends with the element that was just read.
        const path = inner.pathOf().slice(0, -1);
        const message = `must have at most ${MOST_ELEMENTS} elements`;
        throw refusedField(`has an array of more than ${MOST_ELEMENTS} elements`, path, message);
      },
      onObjectProperty: (name, _offset, _length, _line, _character, pathOf) => {
        const names = open.at(-1);
        const path = () => [...pathOf(), name];
        if (++members > MOST_MEMBERS) {
          throw refusedField(`has more than ${MOST_MEMBERS} members`, path(), 'is one too many');
        }
        if (!name.isWellFormed()) throw refused('has a member whose name is no well-formed Unicode');
        if (REFUSED_NAMES.has(name)) {
          throw refusedField(`has a member named ${JSON.stringify(name)}`, path(), 'is not known');
        }
        if (!(names instanceof Set)) return;
        if (names.has(name)) {
          throw refusedField(`names the member ${JSON.stringify(name)} twice`, path(), 'is there twice');
        }
        names.add(name);
      },
      onLiteralValue: (value, offset, length, _line, _character, pathOf) => {
        if (typeof value === 'number' && readNumber(value, text.slice(offset, offset + length)) === undefined) {
          throw refusedField('has a number of more than 40 digits', pathOf(), 'must have at most 40 digits');
        }
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
