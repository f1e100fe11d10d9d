import type { Portal } from '../use-cases/ports/portal.ts';
import { tablePorts } from './all-ports.ts';
import { composePortal } from './compose.ts';

let onLambda: Portal | undefined;

/** The portal of the functions that serve usage meters, joined at a container's first request. */
export async function meterPortal(): Promise<Portal> {
  onLambda ??= await composePortal(tablePorts);
  return onLambda;
}
