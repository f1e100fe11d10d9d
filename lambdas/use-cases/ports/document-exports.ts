import type { DocumentExport } from '../../domain/document-export/document-export.ts';
import type { Change } from './changes.ts';

export type ExportKey = Pick<DocumentExport, 'organizationId' | 'id'>;

export type DocumentExports = {
  /** Strongly consistent. */
  get(key: ExportKey): Promise<DocumentExport | undefined>;
  /** Those of an organization, in no particular order. Strongly consistent. */
  of(organizationId: string): Promise<DocumentExport[]>;
  /** Refused when its user has one underway. */
  created(of: DocumentExport): Change[];
  /** An export in place of the one of its version, which the change adds one to; one that has ended makes room for the user's next. */
  changed(of: DocumentExport): Change[];
  /** Exports to go on with, or to expire, by now; may lag behind by a moment. */
  due(shard: number, now: Date): AsyncIterable<ExportKey>;
};
