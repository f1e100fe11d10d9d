import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Mail, mailHeader, readMail } from './mime.ts';
import { asDownload, escaped, htmlPage, notFoundPage, type Page } from './page.ts';

const MOST_SHOWN = 200;
/** Enough for the headers of any mail of the portal. */
const HEAD_BYTES = 16_384;

/** The mails that were sent, at /mail: list, in pages, mail, its HTML by itself, its attachments. */
export async function mailPage(folder: string, { pathname, searchParams }: URL): Promise<Page | undefined> {
  const [, root, name, section, number] = pathname.split('/');
  if (root !== 'mail') return undefined;
  const names = await mailsIn(folder);
  if (name === undefined || name === '') {
    const after = Number(searchParams.get('after'));
    return listPage(folder, names, Number.isInteger(after) && after > 0 && after < names.length ? after : 0);
  }
  const file = decodedName(name);
  // Only what the folder lists can be asked for: no path leads out of it.
  if (file === undefined || !names.includes(file)) return notFoundPage();
  const mail = await readMail(await readFile(join(folder, file)));
  if (section === undefined) return mailDetails(name, mail);
  if (section === 'html' && mail.html !== undefined) return htmlOf(mail.html);
  const attachment =
    section === 'attachments' && /^\d{1,4}$/.test(number ?? '') ? mail.attachments[Number(number)] : undefined;
  if (!attachment) return notFoundPage();
  return {
    status: 200,
    contentType: 'application/octet-stream',
    body: attachment.content,
    headers: asDownload(attachment.fileName),
  };
}

/** Names of the mails in a folder, newest first. */
async function mailsIn(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const times = await Promise.all(
    names.map(async (name) => ({ name, time: (await stat(join(folder, name))).mtimeMs })),
  );
  return times.sort((a, b) => b.time - a.time || (a.name < b.name ? 1 : -1)).map(({ name }) => name);
}

async function listPage(folder: string, names: readonly string[], after: number): Promise<Page> {
  const end = Math.min(after + MOST_SHOWN, names.length);
  const rows = await Promise.all(
    names.slice(after, end).map(async (name) => {
      const head = await readMail(await headOf(join(folder, name)));
      const [date, to, subject] = ['date', 'to', 'subject'].map((header) => escaped(mailHeader(head, header)));
      return `<tr><td>${date}</td><td>${to}</td><td><a href="/mail/${encodeURIComponent(name)}">${subject || '(no subject)'}</a></td></tr>`;
    }),
  );
  const older = end < names.length ? ` <a href="/mail?after=${end}">Older</a>` : '';
  const newer = after > 0 ? ` <a href="/mail?after=${Math.max(0, after - MOST_SHOWN)}">Newer</a>` : '';
  const which = newer || older ? `<p>${after + 1} to ${end} of ${names.length}, newest first.${newer}${older}</p>` : '';
  const table = `<table><thead><tr><th>Date</th><th>To</th><th>Subject</th></tr></thead><tbody>${rows.join('')}</tbody></table>`;
  return htmlPage('Mail', names.length === 0 ? '<p>No mail has been sent yet.</p>' : which + table);
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function mailDetails(name: string, mail: Mail): Page {
  const headers = mail.headers.map(([key, value]) => `<tr><th>${escaped(key)}</th><td>${escaped(value)}</td></tr>`);
  const attachments = mail.attachments.map(
    ({ fileName, content }, index) =>
      `<li><a href="/mail/${name}/attachments/${index}">${escaped(fileName)}</a> (${content.length} bytes)</li>`,
  );
  const parts = [
    `<p><a href="/mail">All mail</a></p><table>${headers.join('')}</table>`,
    attachments.length > 0 && `<h2>Attachments</h2><ul>${attachments.join('')}</ul>`,
    mail.html !== undefined && `<h2>HTML</h2><iframe sandbox title="HTML part" src="/mail/${name}/html"></iframe>`,
    mail.text !== undefined && `<h2>Text</h2><pre>${escaped(mail.text)}</pre>`,
  ];
  return htmlPage(mailHeader(mail, 'subject') || '(no subject)', parts.filter(Boolean).join(''));
}

function htmlOf(html: string): Page {
  const policy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
  return {
    status: 200,
    contentType: 'text/html; charset=utf-8',
    body: html,
    headers: { 'content-security-policy': policy },
  };
}

function decodedName(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
