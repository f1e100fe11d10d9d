import { CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { fromCanonical } from '../documents/from-canonical.ts';
import { isPointsFamily } from '../domain/catalogue/family.ts';
import type { ChargeLineKind } from '../domain/charging/charge.ts';
import { explainLine, type LineExplanation } from '../domain/charging/explain-line.ts';
import { type MinimumPart, minimumCommitOf, minimumCommitParts } from '../domain/contract/minimum-commit.ts';
import type { Invoice } from '../domain/invoice/invoice.ts';
import { minorDigits } from '../domain/numbers/currency.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { invoiceKey, readDocument } from './documents.ts';
import { PortalError } from './errors.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { seenBy } from './scope.ts';
import { tiersOf } from './tiers.ts';

export type ExplainPortal = Pick<Portal, 'invoices' | 'documents' | 'billingOrders' | 'contracts' | 'catalogue'>;

/** A line of a document, explained from what it bills. */
export type ExplainedLine = {
  /** The document asked for, and the one explained: another where that takes it back. */
  number: string;
  explained: Invoice;
  position: number;
  explanation: LineExplanation;
  /** The billing order, and the usage line that it bills. */
  orderId?: string;
  usage?: UsageLine;
  /** What the minimum is made of, where the contract still says what it did then. */
  minimum: readonly MinimumPart[];
};

// What a service provider's bill has of a document: points, no money (domain.md §7, §8).
const PROVIDER_KINDS: ReadonlySet<ChargeLineKind> = new Set(['USAGE', 'UNDERAGE', 'CORRECTION']);

/**
 * Explains a line of an invoice or credit note down to usage, price list and contract revision (domain.md §7). A line of a
 * document that takes another back is explained by the line it takes back.
 *
 * @param position of the line on the document, from 1
 * @throws PortalError NOT_FOUND, also when it isn't the caller's; BAD_REQUEST when the document is too large
 */
export async function explainInvoiceLine(
  portal: ExplainPortal,
  caller: Caller,
  number: string,
  position: number,
): Promise<ExplainedLine> {
  const missing = `There is no line ${position} of an invoice ${number}`;
  const asked = seenBy(caller, 'explainLines', await portal.invoices.get(number), missing);
  const stored = asked.corrects === undefined ? asked : ((await portal.invoices.get(asked.corrects)) ?? asked);
  const explained = fromCanonical(
    CanonicalInvoiceSchema.parse(await readDocument(portal, `${invoiceKey(stored)}.json`)),
  );
  const line = explained.lines[position - 1];
  const isSeen = line && (caller.organizationType !== 'SERVICE_PROVIDER' || PROVIDER_KINDS.has(line.kind));
  if (!isSeen) throw new PortalError('NOT_FOUND', missing);
  const [usage, tiers, minimum] = await Promise.all([
    usageOf(portal, stored),
    tiersOf(portal),
    line.kind === 'UNDERAGE' ? minimumOf(portal, explained) : [],
  ]);
  const source = usage.find(({ id }) => id === line.usageLineId);
  return {
    number,
    explained,
    position,
    explanation: explainLine(explained, line, usage, tiers),
    ...(stored.lineSet !== undefined && { orderId: stored.source.id }),
    ...(source && { usage: source }),
    minimum,
  };
}

async function usageOf(portal: ExplainPortal, { source, lineSet }: StoredInvoice): Promise<UsageLine[]> {
  return lineSet === undefined ? [] : portal.billingOrders.linesOf(source.id, lineSet);
}

/** What the minimum is made of by the contract as it is now; nothing where that has come to be otherwise since. */
async function minimumOf(portal: ExplainPortal, { contract, usagePeriod, commit }: Invoice): Promise<MinimumPart[]> {
  const found = await portal.contracts.get(contract.id);
  if (!found) return [];
  const { revisions, contract: now } = found;
  const { eolDate, anniversary, currency } = now;
  const decimals = isPointsFamily(contract.family) ? undefined : minorDigits(currency);
  const isSame = minimumCommitOf(revisions, usagePeriod, eolDate, { decimals, anniversary }) === commit.minimumCommit;
  return isSame ? minimumCommitParts(revisions, usagePeriod, eolDate, anniversary) : [];
}
