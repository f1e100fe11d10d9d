import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Engine, openEngine } from '../../../local/dynamodb/engine.ts';
import { tableInput } from '../../../local/dynamodb/table-input.ts';

const TableName = 'commerce-portal';
const ITEMS_OF_TRANSACTION = 30;
const writer = fileURLToPath(new URL('../../support/transaction-writer.ts', import.meta.url));

/** Killed by itself at the very acknowledgement, or by us some milliseconds after one, in the middle of what follows. */
const rounds = [
  { killAfter: 7, delayMs: undefined },
  { killAfter: 5, delayMs: 4 },
  { killAfter: 9, delayMs: 9 },
  { killAfter: 12, delayMs: undefined },
  { killAfter: 6, delayMs: 15 },
];

type Row = { pk: { S: string } };

test('a killed database keeps every acknowledged transaction, and none by halves', async () => {
  const path = await mkdtemp(join(tmpdir(), 'killed-dynamodb-'));
  const engine = await openEngine({ path });
  await engine.execute('CreateTable', tableInput(TableName));
  await engine.close();
  const acknowledged: string[] = [];
  for (const [n, round] of rounds.entries()) acknowledged.push(...(await writeUntilKilled(path, `round-${n}`, round)));

  const reopened = await openEngine({ path });
  const items = countByTransaction(await readAll(reopened, 'Scan', { TableName }));
  const entries = countByTransaction(await readAll(reopened, 'Scan', { TableName, IndexName: 'gsi1' }));
  await reopened.close();
  await rm(path, { recursive: true });

  expect(acknowledged.length).toBeGreaterThanOrEqual(rounds.reduce((sum, { killAfter }) => sum + killAfter, 0));
  expect(acknowledged.filter((id) => !items.has(id))).toEqual([]);
  expect([...items].filter(([, count]) => count !== ITEMS_OF_TRANSACTION)).toEqual([]);
  expect(Object.fromEntries(entries)).toEqual(Object.fromEntries(items));
});

/** Lets the writer acknowledge some transactions until it is killed, and answers what it told. */
async function writeUntilKilled(path: string, name: string, round: (typeof rounds)[number]): Promise<string[]> {
  const { killAfter, delayMs } = round;
  const ownKill = delayMs === undefined ? killAfter : 0;
  const child = spawn(process.execPath, [writer, path, name, String(ownKill)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (text: Buffer) => {
    told += text.toString();
    if (delayMs !== undefined && told.split('\n').length > killAfter) setTimeout(() => child.kill('SIGKILL'), delayMs);
  });
  await once(child, 'close');
  return told.split('\n').slice(0, -1);
}

async function readAll(engine: Engine, action: string, input: object): Promise<Row[]> {
  const all: Row[] = [];
  let start: object | undefined;
  do {
    const { body } = await engine.execute(action, { ...input, ...(start && { ExclusiveStartKey: start }) });
    const page = body as { Items: Row[]; LastEvaluatedKey?: object };
    all.push(...page.Items);
    start = page.LastEvaluatedKey;
  } while (start);
  return all;
}

function countByTransaction(rows: Row[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { pk } of rows) counts.set(pk.S, (counts.get(pk.S) ?? 0) + 1);
  return counts;
}
