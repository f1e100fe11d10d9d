import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { period } from '../../lambdas/domain/calendar/period.ts';
import type { PortalEvent } from '../../lambdas/use-cases/ports/messages.ts';
import { startDynamoDb } from '../dynamodb/server.ts';
import { seededRandom } from '../random.ts';
import { checkEndState } from './check-end-state.ts';
import type { Shape } from './close-programme.ts';
import { canonicalInvoices, differentInvoices } from './compare-invoices.ts';
import type { EndState } from './end-state.ts';
import { storedState } from './stored-state.ts';

export const KILLED_PERIOD = period('2026-10');
export const KILLED_SHAPE: Shape = { contracts: 16, unpriced: false, mismatch: false, earlier: false, due: true };

/** What became of closes whose processes were killed. */
export type KillOutcome = { kills: number; closes: number; problems: string[]; moments: string[] };

const KILLS_A_CLOSE = 4;
// Messages that a close has under way at a time: so many may go out again after a kill.
const MAILS_AT_ONCE = 4;
const PROCESS = fileURLToPath(new URL('./close-on-folder.ts', import.meta.url));

/**
 * Kills the process of a close in the middle, starts it again, and so on until that many kills have hit; then every
 * close must have come to what an undisturbed one comes to.
 */
export async function killCloses(kills: number, seed: number, tell: (text: string) => void): Promise<KillOutcome> {
  const random = seededRandom(seed);
  const undisturbed = await inFolder(async (folder) => {
    const { duration } = await closeOn(folder, Date.now());
    const end = await endStateOf(folder);
    return { duration, invoices: canonicalInvoices(end.stored, end.documents), problems: problemsOf(end, 0) };
  });
  const outcome: KillOutcome = { kills: 0, closes: 0, problems: undisturbed.problems, moments: [] };
  while (outcome.kills < kills) {
    await inFolder(async (folder) => {
      const epoch = Date.now();
      const most = Math.min(KILLS_A_CLOSE, kills - outcome.kills);
      let hits = 0;
      while (hits < most) {
        const after = random.next() * undisturbed.duration;
        const { killed } = await closeOn(folder, epoch, after);
        if (!killed) break;
        hits += 1;
        outcome.kills += 1;
        outcome.moments.push(`close ${outcome.closes + 1}: ${Math.round(after)} ms`);
        tell(`killed after ${Math.round(after)} ms`);
      }
      await closeOn(folder, epoch);
      const end = await endStateOf(folder);
      const found = canonicalInvoices(end.stored, end.documents);
      const how = { sameNumbers: true, changed: new Set<string>() };
      const problems = [...problemsOf(end, hits), ...differentInvoices(found, undisturbed.invoices, how)];
      outcome.closes += 1;
      outcome.problems.push(...problems.map((problem) => `close ${outcome.closes}: ${problem}`));
    });
  }
  return outcome;
}

const problemsOf = (end: EndState, kills: number): string[] =>
  checkEndState(end, { unbillable: [], mailCopies: kills * MAILS_AT_ONCE });

async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'killed-close-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the process on a folder, and kills it so many milliseconds after the close has begun. */
async function closeOn(
  folder: string,
  epoch: number,
  killAfter?: number,
): Promise<{ killed: boolean; duration: number }> {
  const child = spawn(process.execPath, [PROCESS, folder, String(epoch)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let begun = 0;
  child.stdout.on('data', () => {
    begun = performance.now();
    if (killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter);
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  const killed = signal === 'SIGKILL';
  if (!killed && code !== 0) throw new Error(`the process of the close has ended with ${code}`);
  return { killed, duration: performance.now() - begun };
}

async function endStateOf(folder: string): Promise<EndState> {
  const database = await startDynamoDb({ path: join(folder, 'database'), inProcess: true });
  const stored = await storedState(database, 'commerce-portal');
  await database.close();
  const documents = await filesOf(join(folder, 'documents'));
  const mails = [...(await filesOf(join(folder, 'mail'))).values()].map((bytes) => {
    const text = new TextDecoder().decode(bytes);
    const reference = /^X-Portal-Reference: (.*)\r$/m.exec(text)?.[1] ?? '';
    return { reference, message: text.replace(/^Date: .*$/m, '') };
  });
  const lines = (await readFile(join(folder, 'events.jsonl'), 'utf8')).split('\n').filter(Boolean);
  return { stored, documents, mails, events: lines.map((line) => JSON.parse(line) as PortalEvent) };
}

/** Every file under a folder, by its path in it. */
async function filesOf(folder: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  if (!existsSync(folder)) return files;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name.endsWith('.part')) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(folder.length + 1), await readFile(path));
  }
  return files;
}
