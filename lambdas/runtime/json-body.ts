import { type FieldError, PortalError } from '../use-cases/errors.ts';

/** Limits of a JSON body (aws-design.md "HTTP"), checked before anything is built from it. */
const MOST_BYTES = 1_000_000;
const MOST_DEPTH = 32;
const MOST_ELEMENTS = 10_000;

/**
 * Reads a JSON body. A member named `__proto__` becomes an ordinary own member, which no schema knows.
 * @throws PortalError BODY_TOO_LARGE above 1 MB; BAD_REQUEST when it isn't JSON in UTF-8, nests deeper than 32, has more
 *   than 10,000 elements, or an object names a member twice
 */
export function parseJsonBody(bytes: Uint8Array): unknown {
  if (bytes.length > MOST_BYTES) {
    throw new PortalError('BODY_TOO_LARGE', `The body has ${bytes.length} bytes: at most ${MOST_BYTES} are taken`);
  }
  const text = decoded(bytes);
  checkStructure(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new PortalError('BAD_REQUEST', 'The body is not valid JSON');
  }
}

function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PortalError('BAD_REQUEST', 'The body is not valid UTF-8');
  }
}

/** The names of an object seen so far; none for an array. */
type Open = { names: Set<string> | undefined; expectsName: boolean };

/** One pass over the text; what isn't JSON at all is left for JSON.parse to refuse. */
function checkStructure(text: string): void {
  const open: Open[] = [];
  // Commas and brackets together are never fewer than the elements.
  let elements = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    const inner = open.at(-1);
    if (character === '"') {
      const end = endOfString(text, at);
      if (inner?.names && inner.expectsName) addName(inner, text.slice(at, end + 1));
      at = end;
    } else if (character === '{' || character === '[') {
      open.push({ names: character === '{' ? new Set() : undefined, expectsName: character === '{' });
      elements++;
      if (open.length > MOST_DEPTH) throw new PortalError('BAD_REQUEST', `The body nests deeper than ${MOST_DEPTH}`);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === ',') {
      if (inner?.names) inner.expectsName = true;
      elements++;
    }
    if (elements > MOST_ELEMENTS) {
      throw new PortalError('BAD_REQUEST', `The body has more than ${MOST_ELEMENTS} elements`);
    }
  }
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function addName(object: Open, literal: string): void {
  let name: string;
  try {
    name = String(JSON.parse(literal));
  } catch {
    throw new PortalError('BAD_REQUEST', 'The body is not valid JSON');
  }
  if (object.names?.has(name)) {
    const error: FieldError = { field: name, message: 'is there twice' };
    throw new PortalError('BAD_REQUEST', `The body names the member ${JSON.stringify(name)} twice`, [error]);
  }
  object.names?.add(name);
  object.expectsName = false;
}
