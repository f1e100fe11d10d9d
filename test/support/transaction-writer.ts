import { writeSync } from 'node:fs';
import { openEngine } from '../../local/dynamodb/engine.ts';

// Writes large transactions until it is killed, and tells each one on standard output when it is acknowledged.
// Arguments: folder of the database, name of the round, number of acknowledgements after which it kills itself (0: never).
const [path, round, killAfter] = process.argv.slice(2) as [string, string, string];
const TableName = 'commerce-portal';
const ITEMS_OF_TRANSACTION = 30;
const engine = await openEngine({ path });
let acknowledged = 0;
// Large when it kills itself, so that an acknowledgement that came too early would find the write unfinished.
const text = { S: 'x'.repeat(Number(killAfter) > 0 ? 50_000 : 500) };

// Two at a time: one is stored while the other is made ready.
await Promise.all([write('even'), write('odd')]);

async function write(lane: string): Promise<void> {
  for (let n = 0; ; n++) {
    const id = `${round}-${lane}-${n}`;
    const TransactItems = Array.from({ length: ITEMS_OF_TRANSACTION }, (_, part) => ({
      Put: { TableName, Item: item(id, part) },
    }));
    const { status } = await engine.execute('TransactWriteItems', { TransactItems });
    if (status !== 200) continue;
    writeSync(1, `${id}\n`);
    if (++acknowledged === Number(killAfter)) process.kill(process.pid, 'SIGKILL');
  }
}

function item(id: string, part: number) {
  const sk = String(part).padStart(2, '0');
  return {
    pk: { S: id },
    sk: { S: sk },
    gsi1pk: { S: round },
    gsi1sk: { S: `${id}-${sk}` },
    text,
  };
}
