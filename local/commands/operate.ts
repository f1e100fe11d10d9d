import { randomBytes, randomUUID } from 'node:crypto';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { apiTokenText, hashOfSecret, parseApiToken } from '../../lambdas/use-cases/api-token-text.ts';
import { DataFolderError, readDataFolder } from '../data-folder.ts';
import type { LocalPortal } from '../local-portal.ts';
import { sampleTokens } from '../sample/sample-programme.ts';
import { TOKEN_HOLDERS } from '../sample/users.ts';
import { contentsOf } from './asked-programme.ts';
import { CommandError } from './errors.ts';
import { progressOn, sayReport, sayTo } from './output.ts';
import { runClose } from './run-close.ts';
import { clientOf, closeThere, type EndedRun, noReport, type Running, reportThere } from './running-portal.ts';
import { openPortal, portalClock, reportOf, seedSample } from './sample-portal.ts';

type WithData = { data: string };
type WithJson = { json?: boolean };

const SECRET_BYTES = 24;
const DAY_MS = 86_400_000;

/** Opens the portal of an existing data folder for one command. */
export async function withPortal<Result>(
  folder: string,
  quiet: boolean,
  work: (local: LocalPortal) => Promise<Result>,
  clock = portalClock(),
): Promise<Result> {
  if (!readDataFolder(folder)?.seeded) {
    throw new DataFolderError(`${folder} holds no programme: bring one in with npm start or npm run portal -- seed`);
  }
  const progress = { current: progressOn(process.stderr, quiet) };
  const local = await openPortal(folder, clock, progress);
  try {
    return await work(local);
  } finally {
    progress.current.stop();
    await local.close();
  }
}

/** `seed`: brings the sample programme in, without closing anything. */
export async function seed(options: WithData & { fresh?: boolean; seed?: number; period?: string }): Promise<void> {
  const contents = await contentsOf(options);
  if (contents.seeded) throw new CommandError(`${options.data} has a programme already: start over with --fresh`);
  const local = await openPortal(options.data, portalClock(), { current: progressOn(process.stderr, true) });
  try {
    await seedSample(local, options.data, contents);
  } finally {
    await local.close();
  }
  sayTo(process.stderr)(`The sample programme is in ${options.data}; its latest closable period is ${contents.period}`);
}

type OfPeriod = WithData & WithJson & Partial<Running> & { period: string };

/** `close`, `redrive` and `estimate`: runs the close, here or at a running portal, and shows what came of it. */
export async function close(
  options: OfPeriod & { dryRun?: boolean },
  mode: 'CLOSE' | 'REDRIVE' = 'CLOSE',
): Promise<void> {
  const request = { period: period(options.period), mode, dryRun: options.dryRun === true };
  const { url } = options;
  const { run, report } = await (url ? closeAt({ ...options, url }, request) : closeHere(options, request));
  if (report.orders === 0)
    throw new CommandError(`Period ${request.period} has no order that is not billed: there was nothing to do`);
  if (options.json) process.stdout.write(`${JSON.stringify({ run, ...report })}\n`);
  else sayReport(sayTo(process.stdout), request.period, report, request.dryRun);
}

type CloseRequest = Pick<Parameters<typeof runClose>[1], 'period'> & { mode: 'CLOSE' | 'REDRIVE'; dryRun: boolean };

async function closeHere({ data, json }: OfPeriod, request: CloseRequest): Promise<EndedRun> {
  return withPortal(data, json === true, async (local) => {
    const { run, report } = await runClose(local, { ...request, now: new Date() });
    return { run: run.name, report };
  });
}

async function closeAt({ json, ...running }: OfPeriod & Running, request: CloseRequest): Promise<EndedRun> {
  const progress = progressOn(process.stderr, json === true);
  try {
    return await closeThere(clientOf(running), request, progress);
  } finally {
    progress.stop();
  }
}

/** `report`: the report of a period's latest run. */
export async function report({ data, json, url, token, ...options }: OfPeriod): Promise<void> {
  const of = period(options.period);
  const stored = url
    ? await reportThere(clientOf({ url, token }), of)
    : await withPortal(data, true, (local) => reportOf(local, of));
  if (!stored) throw noReport(of);
  if (json) process.stdout.write(`${JSON.stringify({ period: of, ...stored })}\n`);
  else sayReport(sayTo(process.stdout), of, stored);
}

type TokenOptions = { user?: string; as?: string; name: string; days: number };

async function userIdOf(portal: LocalPortal['portal'], options: WithData & TokenOptions): Promise<string> {
  if (options.user) return options.user;
  const name = TOKEN_HOLDERS.find((each) => each === options.as);
  if (!name)
    throw new CommandError(`Say who the token is for: --as ${TOKEN_HOLDERS.join('|')}, or --user with a user's id`);
  const contents = readDataFolder(options.data);
  const known = parseApiToken(sampleTokens(contents?.seed ?? 0)[name]);
  return (known && (await portal.apiTokens.get(known.id))?.userId) ?? '';
}

/** `token create`: an API token for a user, shown once. */
export async function createToken(options: WithData & WithJson & TokenOptions): Promise<void> {
  await withPortal(options.data, true, async ({ portal }) => {
    const user = await portal.users.get(await userIdOf(portal, options));
    if (!user)
      throw new CommandError(
        `${options.data} has no user ${options.user ?? options.as}: give the id of one with --user`,
      );
    const id = randomUUID();
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const now = new Date();
    const expires = new Date(now.getTime() + options.days * DAY_MS).toISOString();
    const token = {
      id,
      userId: user.id,
      organizationId: user.organizationId,
      name: options.name,
      roles: user.roles,
      secretHash: hashOfSecret(secret),
      createdTime: now.toISOString(),
      expires,
      revoked: false,
      version: 1,
    };
    const audit = portal.audit.recorded({
      organizationId: user.organizationId,
      subject: `USER#${user.id}`,
      id: `token#${id}`,
      time: now.toISOString(),
      actor: 'COMMAND_LINE',
      action: 'createToken',
    });
    await portal.units.commit([portal.apiTokens.created(token), audit]);
    const text = apiTokenText(id, secret);
    process.stdout.write(
      options.json ? `${JSON.stringify({ token: text, expires })}\n` : `${text}\nexpires ${expires}\n`,
    );
  });
}
