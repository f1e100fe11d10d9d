import { refuseTakenPort } from '../http/listening.ts';
import { contentsOf } from './asked-programme.ts';
import type { StartOptions } from './run-sample.ts';

/** `npm start`: seeds a sample programme, closes its latest period and serves the portal. */
export async function start(options: StartOptions): Promise<void> {
  if (!options.exit) await refuseTakenPort(options.port);
  const contents = await contentsOf(options);
  // What can be refused without the portal is: now it is loaded.
  const { runSample } = await import('./run-sample.ts');
  await runSample(options, contents);
}
