/** Reads a mail as the portal writes them: headers, multiparts, base64 and quoted-printable (RFC 2045–2047, 2231). */

export type MailAttachment = { fileName: string; contentType: string; content: Buffer };

export type Mail = {
  /** Names as written and decoded values, in their order. */
  headers: [name: string, value: string][];
  text: string | undefined;
  html: string | undefined;
  attachments: MailAttachment[];
};

type Field = { value: string; parameters: Map<string, string> };
type Part = { headers: [string, string][]; body: string };

const DEEPEST = 10;

export function readMail(bytes: Uint8Array): Mail {
  // One character a byte, until a part says what its bytes mean.
  const whole = partOf(Buffer.from(bytes).toString('latin1'));
  const mail: Mail = {
    headers: whole.headers.map(([name, value]) => [name, decodedWords(value)]),
    text: undefined,
    html: undefined,
    attachments: [],
  };
  collect(whole, mail, 0);
  return mail;
}

/** The value of a mail's header, "" when it has none. */
export function mailHeader(mail: Pick<Mail, 'headers'>, name: string): string {
  return mail.headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
}

function collect(part: Part, mail: Mail, depth: number): void {
  const type = fieldOf(header(part, 'content-type') || 'text/plain');
  const boundary = type.parameters.get('boundary');
  if (type.value.startsWith('multipart/') && boundary && depth < DEEPEST) {
    for (const inner of partsOf(part.body, boundary)) collect(partOf(inner), mail, depth + 1);
    return;
  }
  const disposition = fieldOf(header(part, 'content-disposition'));
  const fileName = disposition.parameters.get('filename') ?? type.parameters.get('name');
  const content = contentOf(part);
  const charset = type.parameters.get('charset');
  if (disposition.value === 'attachment' || fileName !== undefined) {
    mail.attachments.push({ fileName: fileName ?? 'attachment', contentType: type.value, content });
  } else if (type.value === 'text/html') mail.html ??= decoded(content, charset);
  else if (type.value === 'text/plain') mail.text ??= decoded(content, charset);
}

function partOf(text: string): Part {
  const gap = /\r?\n\r?\n/.exec(text);
  const head = gap ? text.slice(0, gap.index) : text;
  const headers = head
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()]] : [];
    });
  return { headers, body: gap ? text.slice(gap.index + gap[0].length) : '' };
}

function partsOf(body: string, boundary: string): string[] {
  const parts = `\n${body}`.split(`\n--${boundary}`).slice(1);
  return parts
    .filter((part) => !part.startsWith('--'))
    .map((part) => part.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''));
}

const header = (part: Part, name: string): string =>
  part.headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';

function contentOf(part: Part): Buffer {
  const encoding = header(part, 'content-transfer-encoding').toLowerCase();
  if (encoding === 'base64') return Buffer.from(part.body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(part.body, 'latin1');
  return fromQuoted(part.body.replace(/=[ \t]*\r?\n/g, ''), '=');
}

/** Bytes written as "=E2" (quoted-printable, encoded words) or "%E2" (parameters). */
function fromQuoted(text: string, mark: '=' | '%'): Buffer {
  const escaped = mark === '=' ? /=([0-9A-F]{2})/gi : /%([0-9A-F]{2})/gi;
  return Buffer.from(
    text.replace(escaped, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

function decoded(bytes: Uint8Array, charset = 'utf-8'): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const WORD = /=\?([^?]+)\?([BQ])\?([^?]*)\?=/gi;

function decodedWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(=\?)/g, '$1$2');
  const readable = joined.replace(WORD, (_, charset: string, form: string, text: string) =>
    decoded(
      form.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : fromQuoted(text.replaceAll('_', ' '), '='),
      charset,
    ),
  );
  return readable === value ? decoded(Buffer.from(value, 'latin1')) : readable;
}

const PARAMETER = /;\s*([\w-]+)(?:\*(\d+))?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g;

/** A header's value and its parameters, long and non-ASCII ones put together (RFC 2231). */
function fieldOf(text: string): Field {
  const pieces = new Map<string, string[]>();
  const extended = new Set<string>();
  for (const [, name = '', place, star, quoted, plain = ''] of text.matchAll(PARAMETER)) {
    const key = name.toLowerCase();
    const list = pieces.get(key) ?? [];
    list[Number(place ?? 0)] = quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1');
    pieces.set(key, list);
    if (star) extended.add(key);
  }
  const parameters = new Map<string, string>();
  for (const [key, list] of pieces) {
    const joined = list.join('');
    const [charset, , ...rest] = joined.split("'");
    const isExtended = extended.has(key) && rest.length > 0;
    parameters.set(key, isExtended ? decoded(fromQuoted(rest.join("'"), '%'), charset) : decodedWords(joined));
  }
  return { value: (text.split(';')[0] ?? '').trim().toLowerCase(), parameters };
}
