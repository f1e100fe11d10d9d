import type { ListDefinition, ListFields } from '../../../lambdas/use-cases/lists/definition.ts';

/** A row with a field of every type, each of which may be missing. */
export type TestRow = {
  id: string;
  name?: string | undefined;
  bolDate?: string | undefined;
  month?: string | undefined;
  price?: string | undefined;
  resell?: boolean | undefined;
  status?: string | undefined;
};

export const STATUSES = ['ACTIVE', 'PENDING_EXPIRATION', 'PENDING_TERMINATION'] as const;

const FIELDS: ListFields<TestRow> = {
  name: { type: 'text', of: (row) => row.name },
  bolDate: { type: 'date', of: (row) => row.bolDate },
  'contract.month': { type: 'month', of: (row) => row.month },
  price: { type: 'number', of: (row) => row.price },
  resell: { type: 'boolean', of: (row) => row.resell },
  status: { type: 'enum', values: STATUSES, of: (row) => row.status },
};

export const TEST_LIST: ListDefinition<TestRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (row) => row.id,
  defaultSort: 'name',
};
