import type { Portal } from '../use-cases/ports/portal.ts';
import { composePortal } from './compose.ts';
import { meterPorts } from './meter-ports.ts';

let onLambda: Portal | undefined;

/** The portal of the functions that serve usage meters, joined at a container's first request. */
export async function meterPortal(): Promise<Portal> {
  onLambda ??= await composePortal(meterPorts);
  return onLambda;
}
