import { PortalError } from './errors.ts';

/** Versions a caller is content to change: those it names, or any there is; undefined when it doesn't say. */
export type IfMatch = 'ANY' | readonly number[] | undefined;

/**
 * Refuses a change of a thing that is no longer as the caller has read it.
 * @throws PortalError VERSION_MISMATCH
 */
export function refuseOtherVersion(version: number, ifMatch: IfMatch): void {
  if (ifMatch === undefined || ifMatch === 'ANY' || ifMatch.includes(version)) return;
  throw new PortalError(
    'VERSION_MISMATCH',
    'It was changed since you have read it: read it again, and send your change with the ETag it has now',
  );
}
