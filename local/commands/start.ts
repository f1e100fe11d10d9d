import { refuseTakenPort } from '../http/listening.ts';
import { contentsOf } from './asked-programme.ts';

export type StartOptions = {
  data: string;
  fresh?: boolean;
  port: number;
  exit?: boolean;
  json?: boolean;
  seed?: number;
  period?: string;
};

/** `npm start`: seeds a sample programme, closes its latest period and serves the portal. */
export async function start(options: StartOptions): Promise<void> {
  const started = Date.now();
  if (!options.exit) await refuseTakenPort(options.port);
  const contents = await contentsOf(options);
  // Nothing is refused any more: now the whole portal is loaded.
  const { runSample } = await import('./run-sample.ts');
  await runSample(options, contents, started);
}
