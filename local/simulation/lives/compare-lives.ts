import { type CanonicalInvoice, CanonicalInvoiceSchema } from '../../../lambdas/documents/canonical-invoice.ts';
import { invoiceKey } from '../../../lambdas/use-cases/documents.ts';
import type { StoredState } from '../stored-state.ts';
import type { Expected } from './expected.ts';
import { fraction, short } from './fractions.ts';
import type { Lived } from './live.ts';

/** Documents and ledger entries as sentences, so that what is missing, more or different can be read. */
export type Said = { documents: string[]; ledger: string[] };

/** What was expected of the n-th contract. */
export function expectedSaid(n: number, { documents, ledger }: Expected): Said {
  return {
    documents: documents.map(({ kind, of, usagePeriod, invoiceDate, sku, lines, net, gross, drawing }) =>
      sentence([
        `contract ${n}`,
        `${kind} of ${of}`,
        `in ${usagePeriod} on ${invoiceDate}`,
        sku,
        ...lines.map((line) => `${line.kind} ${line.points} = ${line.amount}`),
        `net ${net} gross ${gross}`,
        drawing && `balance ${drawing.before} - ${drawing.drawn} = ${drawing.after}`,
      ]),
    ),
    ledger: ledger.map(({ kind, of, points, balanceAfter }, at) =>
      sentence([`contract ${n}`, `entry ${at + 1}`, `${kind} of ${of}`, `${points} -> ${balanceAfter}`]),
    ),
  };
}

/** What is stored of all contracts. */
export function storedSaid(
  { contractIds, requestIds }: Lived,
  { invoices, orders, prepaymentEntries }: StoredState,
  documents: ReadonlyMap<string, Uint8Array>,
): Said {
  const numbers = new Map(contractIds.flatMap((id, n) => (id === undefined ? [] : [[id, n] as const])));
  const months = new Map(orders.map(({ id, usagePeriod }) => [id, usagePeriod]));
  const ofSource = (contractId: string, { id }: { id: string }) => {
    if (id === contractId) return 'CONTRACT';
    const n = numbers.get(contractId) as number;
    return months.get(id) ?? String(requestIds[n]?.indexOf(id));
  };
  return {
    documents: invoices.map((stored) => {
      const text = new TextDecoder().decode(documents.get(`${invoiceKey(stored)}.json`));
      const invoice = CanonicalInvoiceSchema.parse(JSON.parse(text));
      return printed(invoice, numbers.get(stored.contractId), ofSource(stored.contractId, stored.source));
    }),
    ledger: prepaymentEntries.map(({ contractId, sequence, kind, source, points, balanceAfter }) =>
      sentence([
        `contract ${numbers.get(contractId)}`,
        `entry ${sequence}`,
        `${kind} of ${ofSource(contractId, source)}`,
        `${plain(points)} -> ${plain(balanceAfter)}`,
      ]),
    ),
  };
}

function printed(invoice: CanonicalInvoice, n: number | undefined, of: string): string {
  const { prepayment } = invoice.commit;
  return sentence([
    `contract ${n}`,
    `${invoice.kind} of ${of}`,
    `in ${invoice.usagePeriod} on ${invoice.invoiceDate}`,
    invoice.contract.skuCode,
    ...invoice.lines.map((line) => `${line.kind} ${plain(line.points)} = ${line.amount}`),
    `net ${invoice.net} gross ${invoice.gross}`,
    prepayment &&
      `balance ${plain(prepayment.balanceBefore)} - ${plain(prepayment.drawn)} = ${plain(prepayment.balanceAfter)}`,
  ]);
}

const sentence = (parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined).join(', ');
const plain = (decimal: string): string => short(fraction(decimal));

/** What is expected and isn't stored, and what is stored and wasn't expected; nothing else is right. */
export function differences(what: string, expected: readonly string[], stored: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const each of stored) left.set(each, (left.get(each) ?? 0) + 1);
  const missing = expected.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
  const more = [...left].filter(([, count]) => count > 0).map(([each]) => each);
  return [
    ...missing.map((each) => `${what} expected, not stored: ${each}`),
    ...more.map((each) => `${what} stored, not expected: ${each}`),
  ].sort((a, b) => a.localeCompare(b));
}
