/** A value that canonical JSON can hold: no numbers, since amounts are written as exact decimal strings. */
export type CanonicalValue =
  | string
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

// JavaScript keeps the order in which members are set for such names only: whole numbers it puts first, by value.
const NAME = /^[A-Za-z]\w*$/;

/**
 * The one way to write a value as JSON text: members sorted by key, no white space, absent members left out.
 * Equal values give equal bytes, which the hash of a document and its write-once storage rest on. This is RFC 8785
 * narrowed to values without numbers and to keys that are names.
 *
 * @throws RangeError for a key that is no name, e.g. a whole number
 */
export function canonicalJson(value: CanonicalValue): string {
  return JSON.stringify(inOrder(value));
}

/** A copy with the members in order: written by the engine as it stands, which takes half the time of writing it here. */
function inOrder(value: CanonicalValue): CanonicalValue {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const members = value as { readonly [key: string]: CanonicalValue | undefined };
  const copy: Record<string, CanonicalValue> = {};
  for (const key of Object.keys(members).sort()) {
    if (!NAME.test(key)) throw new RangeError(`${JSON.stringify(key)} can't be a key of canonical JSON: names can`);
    const member = members[key];
    if (member !== undefined) copy[key] = inOrder(member);
  }
  return copy;
}
