/** The content of a mail, written once and rendered as HTML and as text, so that the two never differ. */
export type MailBlock =
  | { kind: 'heading' | 'paragraph'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'link'; text: string; url: string }
  /** The first column is text, all others are amounts. */
  | { kind: 'table'; caption: string; titles: readonly string[]; rows: readonly (readonly string[])[] };

/** The content as plain text, tables in aligned columns. */
export function textBody(title: string, blocks: readonly MailBlock[]): string {
  return `${[title, ...blocks.map(blockAsText)].join('\n\n')}\n`;
}

function blockAsText(block: MailBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${block.text}\n${'='.repeat(block.text.length)}`;
    case 'paragraph':
      return block.text;
    case 'list':
      return block.items.map((item) => `* ${item}`).join('\n');
    case 'link':
      return `${block.text}:\n${block.url}`;
    case 'table':
      return tableAsText([block.titles, ...block.rows]);
  }
}

function tableAsText(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '))
    .join('\n');
}

const FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif;font-size:15px;line-height:1.5";
// Text and background are left to the reader's client and its light or dark theme; this grey is legible on both.
const BORDER = '1px solid #808a97';
const CELL = `padding:6px 0 6px 16px;border-bottom:${BORDER};vertical-align:top`;

/** The content as an HTML page that needs nothing from elsewhere; every value is escaped. */
export function htmlBody(title: string, blocks: readonly MailBlock[]): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="supported-color-schemes" content="light dark">',
    `<title>${escapeHtml(title)}</title>`,
    '</head>',
    `<body style="margin:0;padding:24px;color-scheme:light dark;${FONT}">`,
    '<div role="article" aria-roledescription="email" style="max-width:640px;margin:0 auto">',
    `<h1 style="margin:0 0 16px;font-size:22px;line-height:1.3">${escapeHtml(title)}</h1>`,
    ...blocks.map(blockAsHtml),
    '</div>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function blockAsHtml(block: MailBlock): string {
  switch (block.kind) {
    case 'heading':
      return `<h2 style="margin:24px 0 8px;font-size:17px;line-height:1.3">${escapeHtml(block.text)}</h2>`;
    case 'paragraph':
      return `<p style="margin:0 0 12px">${escapeHtml(block.text)}</p>`;
    case 'list': {
      const items = block.items.map((item) => `<li style="margin:0 0 6px">${escapeHtml(item)}</li>`);
      return `<ul style="margin:0 0 12px;padding-left:20px">${items.join('')}</ul>`;
    }
    case 'link':
      return `<p style="margin:0 0 12px"><a href="${escapeHtml(block.url)}">${escapeHtml(block.text)}</a></p>`;
    case 'table':
      return tableAsHtml(block.caption, block.titles, block.rows);
  }
}

function tableAsHtml(caption: string, titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const align = (at: number): string =>
    at === 0 ? `${CELL};text-align:left;padding-left:0` : `${CELL};text-align:right`;
  const head = titles.map((title, at) => `<th scope="col" style="${align(at)}">${escapeHtml(title)}</th>`).join('');
  const lines = rows.map((row) => {
    const cells = row.map((cell, at) =>
      at === 0
        ? `<th scope="row" style="${align(at)};font-weight:normal">${escapeHtml(cell)}</th>`
        : `<td style="${align(at)};white-space:nowrap">${escapeHtml(cell)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    '<table style="width:100%;border-collapse:collapse;margin:0 0 16px;font-size:14px">',
    `<caption style="text-align:left;padding:0 0 4px">${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>${lines.join('\n')}</tbody>`,
    '</table>',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}
