import { type CloseRun, RUN_STATUSES } from '../../domain/close/run.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<CloseRun> = {
  name: { type: 'text', of: (run) => run.name },
  period: { type: 'month', of: (run) => run.period },
  run: { type: 'number', of: (run) => String(run.run) },
  status: { type: 'enum', values: RUN_STATUSES, of: (run) => run.status },
  dryRun: { type: 'boolean', of: (run) => run.dryRun },
  invoiceDate: { type: 'date', of: (run) => run.invoiceDate },
  claimedTime: { type: 'text', of: (run) => run.claimedTime },
};

/** Runs of the close. */
export const RUN_LIST: ListDefinition<CloseRun> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (run) => run.name,
  defaultSort: '-period,-claimedTime',
};
