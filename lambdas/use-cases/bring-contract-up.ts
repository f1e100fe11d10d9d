import { owedDocument } from '../domain/contract-request/rules.ts';
import { type CatchUpDays, type CatchUpPortal, catchUpContract } from './catch-up-contract.ts';
import { issueOwedDocuments, type OwedDocumentPortal } from './issue-owed-document.ts';

export type BringUpPortal = CatchUpPortal & OwedDocumentPortal;

/** Steps done, documents issued; what failed, each with its cause. */
export type BroughtUp = { steps: number; documents: number; failures: Error[] };

/**
 * Does all that is due on a contract up to a day: issues the documents that its requests owe, so that those may take effect;
 * then what is due in the order of its dates; then the credit notes for what was stopped by that. What fails doesn't keep
 * the rest from being done.
 */
export async function bringContractUp(
  portal: BringUpPortal,
  contractId: string,
  days: CatchUpDays,
): Promise<BroughtUp> {
  const failures: Error[] = [];
  async function attempt(what: string, work: () => Promise<number>): Promise<number> {
    try {
      return await work();
    } catch (error) {
      failures.push(new Error(`${what}: ${(error as Error).message}`, { cause: error }));
      return 0;
    }
  }
  async function issue(...kinds: NonNullable<ReturnType<typeof owedDocument>>[]): Promise<number> {
    let issued = 0;
    for (const request of await portal.contractRequests.ofContract(contractId)) {
      const owed = owedDocument(request);
      if (!owed || !kinds.includes(owed)) continue;
      issued += await attempt(
        `documents of request ${request.id}`,
        async () => (await issueOwedDocuments(portal, { contractId, requestId: request.id })).length,
      );
    }
    return issued;
  }
  const invoices = await issue('INVOICE', 'CREDIT_NOTE');
  const steps = await attempt(`contract ${contractId}`, () => catchUpContract(portal, contractId, days));
  const creditNotes = steps > 0 ? await issue('CREDIT_NOTE') : 0;
  return { steps, documents: invoices + creditNotes, failures };
}
