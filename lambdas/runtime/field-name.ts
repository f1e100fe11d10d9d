const LONGEST_NAME = 200;

/** "lines[2].quantity" of ["lines", 2, "quantity"]; "body" of the whole. What is very long is cut short. */
export function fieldName(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'body';
  const name = path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`))
    .join('');
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
}
