import type { Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { composePortal } from './compose.ts';

/** The portal of functions that serve more than all of the API do, joined at a container's first request. */
export function portalWith(more: (table: Table) => Partial<Portal>): () => Promise<Portal> {
  let joined: Promise<Portal> | undefined;
  return () => {
    joined ??= composePortal(more);
    return joined;
  };
}
