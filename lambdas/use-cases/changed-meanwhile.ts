import { PortalError } from './errors.ts';

/** Why a commit was refused whose version was right when it was read: somebody else was faster. */
export function changedMeanwhile(what: string): PortalError {
  return new PortalError('CHANGED_MEANWHILE', `${what} was changed meanwhile: read it again and decide anew`);
}
