import { setTimeout as pause } from 'node:timers/promises';
import type { AnswerOf, PortalClient } from '../../client/portal-client.ts';
import { Refusal } from '../../client/refusal.ts';
import { signedInClient } from '../../client/signed-in.ts';
import { CommandError } from './errors.ts';
import type { Progress, ShownReport } from './output.ts';
import { RunFailed } from './run-close.ts';

/** Which portal a command asks, and who asks it. */
export type Running = { url: string; token?: string | undefined };

/** A run of the close that has ended well. */
export type EndedRun = { run: string; report: ShownReport };

const EVERY_MS = 500;
const UNTOLD = { code: 'UNKNOWN', message: 'the portal does not say why' };

type Stages = AnswerOf<'getClose'>['body']['stages'];

/** @throws CommandError without a token */
export function clientOf({ url, token }: Running): PortalClient {
  if (token) return signedInClient({ url }, token);
  throw new CommandError('Say who asks: give the text of an API token with --token, or in PORTAL_TOKEN');
}

/**
 * Starts a close at a running portal and waits for its end.
 * @throws Refusal when it can't be started, RunFailed when the run fails
 */
export async function closeThere(
  portal: PortalClient,
  request: { period: string; mode: 'CLOSE' | 'REDRIVE'; dryRun: boolean },
  progress: Progress,
): Promise<EndedRun> {
  const { name } = await started(portal, request);
  const params = { run: name };
  const tell = changesOf(progress);
  for (;;) {
    const { body } = await portal.getClose({ params });
    tell(body.stages);
    if (body.status === 'SUCCEEDED') return { run: name, report: (await portal.getCloseReport({ params })).body };
    if (body.status === 'FAILED') throw new RunFailed(body, body.failure ?? UNTOLD);
    await pause(EVERY_MS);
  }
}

async function started(portal: PortalClient, { period, mode, dryRun }: Parameters<typeof closeThere>[1]) {
  if (mode === 'CLOSE') return (await portal.startClose({ body: { period, dryRun } })).body;
  return (await portal.redriveClose({ params: { run: await latestRun(portal, period) } })).body;
}

/**
 * The report of a period's latest run at a running portal.
 * @throws CommandError when there is none
 */
export async function reportThere(portal: PortalClient, period: string): Promise<ShownReport> {
  const params = { run: await latestRun(portal, period) };
  const { body } = await portal.getCloseReport({ params }).catch((error: unknown) => {
    throw error instanceof Refusal && error.code === 'NOT_FOUND' ? noReport(period) : error;
  });
  return body;
}

export const noReport = (period: string): CommandError =>
  new CommandError(`Period ${period} has no report: it was not closed, or its last run has failed`);

async function latestRun(portal: PortalClient, period: string): Promise<string> {
  const { body } = await portal.listCloses({ query: { period, filter: 'dryRun==false', sort: '-run', limit: 1 } });
  const [run] = body.content;
  if (run) return run.name;
  throw new CommandError(`Period ${period} was not closed yet`);
}

/** Tells how far the stages are, each as often as it gets on. */
function changesOf(progress: Progress): (stages: Stages) => void {
  const told = new Map<string, number>();
  return (stages) => {
    for (const { stage, succeeded, failed, total } of stages) {
      if (told.get(stage) === succeeded + failed) continue;
      told.set(stage, succeeded + failed);
      progress.advance(stage, succeeded + failed, total);
    }
  };
}
