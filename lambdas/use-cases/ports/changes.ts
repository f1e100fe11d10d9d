/** One write that a store has prepared. Opaque to use cases: they collect changes and commit them together. */
export type Change = { readonly describes: string };

export type CommitResult = { ok: true } | { ok: false; refused: readonly Change[] };

/**
 * Commits changes all or none, in one transaction. Refused when the condition of any of them doesn't hold; the refused
 * ones are then named. Conflicts with other writers are tried again inside; a RetryableError means they went on.
 */
export type UnitOfWork = { commit(changes: readonly Change[]): Promise<CommitResult> };

/** An entry of the append-only audit trail. */
export type AuditEntry = {
  /** Organization whose trail it stands in. */
  organizationId: string;
  /** What was changed: "ORDER#<id>", "CONTRACT#<id>" … */
  subject: string;
  /** Unique among the subject's entries, so that a repeated effect is recorded once. */
  id: string;
  time: string;
  actor: string;
  action: string;
  from?: string;
  to?: string;
  reason?: string;
};

/** An entry as lists see it before its item is read. */
export type AuditRow = Pick<AuditEntry, 'subject' | 'id' | 'time' | 'actor' | 'action'>;

export type AuditTrail = {
  recorded(entry: AuditEntry): Change;
  /** Entries of an organization later than that time, in no particular order, from an index that may lag behind. */
  rows(organizationId: string, after: string): Promise<AuditRow[]>;
  /** The latest entries of an organization, at most so many of each shard, in no particular order. */
  latest(organizationId: string, ofEachShard: number): Promise<AuditRow[]>;
  getMany(rows: readonly AuditRow[]): Promise<AuditEntry[]>;
  /** All entries of a subject, in no particular order. Strongly consistent. */
  ofSubject(subject: string): Promise<AuditEntry[]>;
};
