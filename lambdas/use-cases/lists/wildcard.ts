/**
 * Whether a text has these parts in this order, the first at its beginning and the last at its end: a pattern that was
 * cut at its wildcards. Each part is looked for once from left to right, so nothing a caller writes makes it backtrack.
 */
export function wildcard(parts: readonly string[]): (text: string) => boolean {
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  const between = parts.slice(1, -1);
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let from = first.length;
    for (const part of between) {
      const at = text.indexOf(part, from);
      if (at < 0 || at + part.length > end) return false;
      from = at + part.length;
    }
    return true;
  };
}
