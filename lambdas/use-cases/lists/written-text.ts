const SHOWN = 60;

/** What a caller has written, quoted for a message and cut where it is long. */
export function quoted(text: string): string {
  const characters = [...text.slice(0, 2 * SHOWN)];
  const whole = text.length <= 2 * SHOWN && characters.length <= SHOWN;
  return `"${whole ? text : `${characters.slice(0, SHOWN).join('')}…`}"`;
}

/** The text that percent-encoded octets stand for (RFC 3986), undefined when they are no UTF-8; other % stay. */
export function percentDecoded(text: string): string | undefined {
  try {
    return text.replaceAll(/(?:%[\da-f]{2})+/gi, decodeURIComponent);
  } catch {
    return undefined;
  }
}
