import { CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { fromCanonical } from '../documents/from-canonical.ts';
import { dateOf } from '../domain/calendar/period.ts';
import type { OrderParties } from '../domain/charging/rate-order.ts';
import { prepaymentAskedFor } from '../domain/contract-request/prepayment-asked.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { owedDocument } from '../domain/contract-request/rules.ts';
import { CONTRACT_REQUEST_TRANSITIONS } from '../domain/contract-request/status.ts';
import { creditNoteFor } from '../domain/invoice/credit-note.ts';
import { prepaymentInvoice } from '../domain/invoice/prepayment-invoice.ts';
import { percent } from '../domain/numbers/amounts.ts';
import { transition } from '../domain/transitions.ts';
import { getExisting, parseJson } from './bytes.ts';
import { invoiceKey } from './documents.ts';
import { RetryableError, TerminalError } from './errors.ts';
import { type IssueDocumentPortal, issueDocument } from './issue-document.ts';
import { partiesOf } from './plan-parties.ts';
import type { Change } from './ports/changes.ts';
import type { ContractWithRevisions, OwingRequest } from './ports/contracts.ts';
import type { StoredInvoice } from './ports/invoices.ts';
import type { Portal } from './ports/portal.ts';
import { requestRecorded } from './request-recorded.ts';

export type OwedDocumentPortal = IssueDocumentPortal &
  Pick<Portal, 'audit' | 'contracts' | 'contractRequests' | 'documents' | 'notices' | 'organizations'>;

// The vendor or the aggregator may move the request on meanwhile, each of them a few times at most.
const ATTEMPTS = 5;

/**
 * Issues what is owed for a request: the invoice of its prepayment, and the credit note for that where the request was
 * withdrawn or stopped before its effect (domain.md §5 "PRE-PAY", §7). In the transaction that makes the document visible
 * the request moves on and the aggregator's mail is queued. However often and by how many it is asked for, each is issued
 * once (docs/decisions/0011).
 *
 * @returns numbers of the documents that this call has seen issued; none when nothing is owed
 * @throws TerminalError when what the document needs is missing; RetryableError when the request keeps being moved
 */
export async function issueOwedDocuments(
  portal: OwedDocumentPortal,
  { contractId, requestId }: OwingRequest,
): Promise<string[]> {
  const issued: string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const request = await portal.contractRequests.get(contractId, requestId);
    const owed = request && owedDocument(request);
    if (!owed) return issued;
    try {
      const { number } =
        owed === 'INVOICE' ? await issueInvoice(portal, request) : await issueCreditNote(portal, request);
      if (!issued.includes(number)) issued.push(number);
    } catch (error) {
      if (!(error instanceof RetryableError)) throw error;
    }
  }
  throw new RetryableError(`request ${requestId} is being changed again and again: its documents are issued next time`);
}

async function issueInvoice(portal: OwedDocumentPortal, request: ContractRequest): Promise<StoredInvoice> {
  const found = await portal.contracts.get(request.contractId);
  const prepayment = found && prepaymentAskedFor(found.contract, found.revisions, request);
  if (!found || !prepayment || !request.approvedOn)
    throw new TerminalError(`request ${request.token} has no contract or no prepayment to invoice`);
  const invoiced = transition(CONTRACT_REQUEST_TRANSITIONS, request.status, 'invoiced', 'SYSTEM');
  return issueDocument(
    portal,
    prepaymentInvoice(prepayment, await documentParties(portal, found), request.approvedOn),
    request.approvedOn,
    ownersOf(request),
    (invoice) =>
      documentIssued(portal, request, invoice, 'issuePrepaymentInvoice', {
        // Withdrawn or stopped in between it stays so, and the credit note is next.
        status: invoiced.ok ? invoiced.to : request.status,
        invoiceNumber: invoice.number,
      }),
  );
}

async function issueCreditNote(portal: OwedDocumentPortal, request: ContractRequest): Promise<StoredInvoice> {
  const number = request.invoiceNumber ?? '';
  const stored = await portal.invoices.get(number);
  if (!stored) throw new TerminalError(`request ${request.token} names invoice ${number}, which does not exist`);
  const printed = parseJson(CanonicalInvoiceSchema, await getExisting(portal.documents, `${invoiceKey(stored)}.json`));
  return issueDocument(
    portal,
    creditNoteFor(fromCanonical(printed)),
    dateOf(portal.clock()),
    ownersOf(request),
    (invoice) => documentIssued(portal, request, invoice, 'creditPrepayment', { creditNoteNumber: invoice.number }),
  );
}

function documentIssued(
  portal: OwedDocumentPortal,
  request: ContractRequest,
  { number, kind }: StoredInvoice,
  action: string,
  changes: Partial<ContractRequest>,
): Change[] {
  const now = portal.clock();
  const next = { ...request, ...changes };
  const { contractId, contractNumber, aggregatorId, token } = request;
  return [
    portal.contractRequests.changed(next),
    ...requestRecorded(portal, next, request.version + 1, {
      actor: 'SYSTEM',
      now,
      action,
      from: request.status,
      reason: `${kind === 'CREDIT_NOTE' ? 'Credit note' : 'Invoice'} ${number}`,
    }),
    portal.notices.queued({
      id: `DOCUMENT_ISSUED#${number}`,
      kind: 'DOCUMENT_ISSUED',
      time: now.toISOString(),
      recipientId: aggregatorId,
      contractId,
      contractNumber,
      invoiceNumber: number,
      requestToken: token,
    }),
  ];
}

async function documentParties(portal: OwedDocumentPortal, found: ContractWithRevisions): Promise<OrderParties> {
  const { aggregatorId, serviceProviderId, billToAccountId, contractNumber } = found.contract;
  const parties = await partiesOf(portal, [found]);
  const aggregator = parties.aggregators[aggregatorId];
  const serviceProvider = parties.serviceProviders[serviceProviderId];
  const account = parties.billTo[billToAccountId];
  if (!aggregator || !serviceProvider || !account)
    throw new TerminalError(`a party or the bill-to account of contract ${contractNumber} does not exist`);
  const { taxRate, ...billTo } = account;
  return { vendor: parties.vendor, aggregator, serviceProvider, billTo, taxRate: percent(taxRate) } as OrderParties;
}

function ownersOf({ aggregatorId, serviceProviderId, contractId }: ContractRequest) {
  return { aggregatorId, serviceProviderId, contractId };
}
