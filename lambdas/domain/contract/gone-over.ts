import type { Contract } from './contract.ts';

/** A contract with those at other aggregators that it was before, the first one first: what is kept of its customers is of any. */
export const contractIds = ({ id, takenFrom = [] }: Pick<Contract, 'id' | 'takenFrom'>): string[] => [...takenFrom, id];

/** Whether a contract goes on at another aggregator: it has ended here, and nothing of its customers has. */
export const hasGoneOver = ({ status, swappedTo }: Pick<Contract, 'status' | 'swappedTo'>): boolean =>
  status === 'TERMINATED' && swappedTo !== undefined;
