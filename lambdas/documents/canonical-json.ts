/** A value that canonical JSON can hold: no numbers, since amounts are written as exact decimal strings. */
export type CanonicalValue =
  | string
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue | undefined };

/**
 * The one way to write a value as JSON text: members sorted by key, no white space, absent members left out.
 * Equal values give equal bytes, which the hash of a document and its write-once storage rest on. This is RFC 8785
 * narrowed to values without numbers.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members: string[] = [];
  for (const key of Object.keys(value).sort()) {
    const member = (value as { readonly [key: string]: CanonicalValue | undefined })[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}
