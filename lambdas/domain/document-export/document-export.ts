import { monthsBetween, type Period } from '../calendar/period.ts';
import type { InvoiceForm } from '../invoice/document-forms.ts';
import type { OrganizationType } from '../organization/organization.ts';
import { transition } from '../transitions.ts';
import { EXPORT_TRANSITIONS, type ExportStatus } from './status.ts';

/** What can be exported: invoices by their kind, and the statements and bills of months. */
export const EXPORT_KINDS = ['ORDER', 'PREPAYMENT', 'CREDIT_NOTE', 'STATEMENT', 'CONSOLIDATED_BILL'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** The kinds of documents that each kind of organization may see (domain.md §7, §8). */
export const EXPORT_KINDS_OF = {
  SERVICE_PROVIDER: ['CONSOLIDATED_BILL'],
  AGGREGATOR: ['ORDER', 'PREPAYMENT', 'CREDIT_NOTE', 'STATEMENT'],
  VENDOR: EXPORT_KINDS,
} as const satisfies Record<OrganizationType, readonly ExportKind[]>;

/** Most months of one export. */
export const EXPORT_MONTHS = 36;

export type ExportRequest = {
  /** Usage periods, both counted. */
  from: Period;
  to: Period;
  kinds: readonly ExportKind[];
  /** Each document comes in those of them that it has. */
  forms: readonly InvoiceForm[];
  /** Narrows invoices and statements. */
  aggregatorId?: string;
  /** Narrows invoices and consolidated bills. */
  serviceProviderId?: string;
};

/** An export that somebody has asked for, and how far it is. */
export type DocumentExport = {
  id: string;
  organizationId: string;
  userId: string;
  status: ExportStatus;
  request: ExportRequest;
  createdTime: string;
  /** Who runs it has it until then; after that somebody else may take it up. */
  heldUntil?: string;
  /** How often it was taken up without a step done in between. */
  attempts: number;
  /** Documents in it; absent until they are chosen. */
  documents?: number;
  /** Parts of its manifest that are written, and the files in them. */
  parts: number;
  files: number;
  finishedTime?: string;
  /** Until then it is there. */
  expires?: string;
  failure?: { code: string; message: string };
  version: number;
};

/** Documents of one part of a manifest: what is done in one step. */
export const EXPORT_PART = 1_000;
const KEPT_MS = 7 * 86_400_000;
/** Longer than a function that runs exports may take. */
const HELD_MS = 330_000;
/** An export that was taken up so often without a step done won't come to an end by itself. */
export const MOST_ATTEMPTS = 5;

/** What is wrong with the months asked for, if anything. */
export function monthsProblem({ from, to }: Pick<ExportRequest, 'from' | 'to'>): string | undefined {
  if (to < from) return `must not be before ${from}`;
  return monthsBetween(from, to) < EXPORT_MONTHS
    ? undefined
    : `must be at most ${EXPORT_MONTHS} months from ${from} on`;
}

/** The status of an export at a moment: one that is done is there for seven days. */
export function statusAt({ status, expires }: Pick<DocumentExport, 'status' | 'expires'>, now: Date): ExportStatus {
  return status === 'DONE' && expires !== undefined && expires <= now.toISOString() ? 'EXPIRED' : status;
}

/** The export, in the hands of whoever calls; undefined where there is nothing to do or somebody else has it. */
export function takenUp(of: DocumentExport, now: Date): DocumentExport | undefined {
  const moved = transition(EXPORT_TRANSITIONS, of.status, 'takeUp', 'SYSTEM');
  if (!moved.ok || (of.heldUntil ?? '') > now.toISOString()) return undefined;
  return { ...held(of, now), status: moved.to, attempts: of.attempts + 1 };
}

/** The export after a step: it is held for another while. */
export function stepped(
  of: DocumentExport,
  now: Date,
  done: Pick<DocumentExport, 'parts' | 'files' | 'documents'>,
): DocumentExport {
  return { ...held(of, now), ...done, attempts: 0 };
}

/** The export as somebody else may go on with it. */
export function released({ heldUntil: _held, ...of }: DocumentExport): DocumentExport {
  return of;
}

/** @throws RangeError when it isn't running */
export function finished(of: DocumentExport, now: Date): DocumentExport {
  const expires = new Date(now.getTime() + KEPT_MS).toISOString();
  return { ...ended(of, 'finish', now), expires };
}

/** @throws RangeError when it isn't running */
export function failed(of: DocumentExport, now: Date, failure: DocumentExport['failure'] & object): DocumentExport {
  return { ...ended(of, 'fail', now), failure };
}

/** @throws RangeError when it isn't done */
export function expired(of: DocumentExport): DocumentExport {
  return { ...of, status: moved(of, 'expire') };
}

function ended(of: DocumentExport, verb: string, now: Date): DocumentExport {
  return { ...released(of), status: moved(of, verb), finishedTime: now.toISOString() };
}

function moved({ id, status }: DocumentExport, verb: string): ExportStatus {
  const result = transition(EXPORT_TRANSITIONS, status, verb, 'SYSTEM');
  if (!result.ok) throw new RangeError(`export ${id} is ${status}: it can't ${verb}`);
  return result.to;
}

const held = (of: DocumentExport, now: Date): DocumentExport => ({
  ...of,
  heldUntil: new Date(now.getTime() + HELD_MS).toISOString(),
});
