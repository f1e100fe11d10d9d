import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import * as z from 'zod';
import { ownerShard } from '../../lambdas/stores/keys.ts';
import { openRowCache, ownerRows } from '../../lambdas/stores/owner-rows.ts';
import { openTable, type Table } from '../../lambdas/stores/table.ts';
import { startDynamoDb } from '../../local/dynamodb/server.ts';
import { tableInput } from '../../local/dynamodb/table-input.ts';

const Row = z.object({ id: z.string(), name: z.string() });
type Row = z.infer<typeof Row>;

let table: Table;
let database: Awaited<ReturnType<typeof startDynamoDb>>;
/** Sort keys that queries asked for entries after; undefined where they asked for all. */
let asked: (string | undefined)[];
let elapsed: number;

beforeEach(async () => {
  database = await startDynamoDb({ inProcess: true });
  await database.execute('CreateTable', tableInput('portal'));
  const opened = openTable(new DynamoDBClient(database.clientConfig), 'portal');
  asked = [];
  table = {
    ...opened,
    query: (pk, options) => {
      asked.push(options?.after);
      return opened.query(pk, options);
    },
  };
  elapsed = 0;
});
afterEach(() => database.close());

const NOON = Date.parse('2026-11-10T12:00:00.000Z');
const at = (seconds: number) => new Date(NOON + 1_000 * seconds).toISOString();

const itemOf = (owner: string, id: string, seconds: number, name: string) => ({
  pk: `CONTRACT#${id}`,
  sk: 'CONTRACT',
  gsi2pk: `AGGREGATOR#${owner}#CONTRACTS#${ownerShard(id)}`,
  gsi2sk: `${at(seconds)}#${id}`,
  row: { id, name },
});
const put = (owner: string, id: string, seconds: number, name = `${id} at ${seconds}`) =>
  table.putAll([itemOf(owner, id, seconds, name)]);

const opened = (mostRows?: number) => {
  const cache = openRowCache(table, mostRows, () => elapsed);
  return async (owner: string) => {
    const rows: readonly Row[] = await cache.rows('gsi2', `AGGREGATOR#${owner}#CONTRACTS`, Row);
    return rows.map((row) => row.name).sort();
  };
};

/** What one more reading asks the database for: the places it reads after, one for all shards. */
async function asksFor(read: () => Promise<unknown>): Promise<(string | undefined)[]> {
  asked = [];
  await read();
  return [...new Set(asked)];
}

test('the first reading takes all of an owner and nothing of another', async () => {
  await put('AGG-1', 'a', 0);
  await put('AGG-1', 'c', -3_600);
  await put('AGG-10', 'b', 0);
  const names = opened();
  expect(await names('AGG-1')).toEqual(['a at 0', 'c at -3600']);
  expect(await names('AGG-10')).toEqual(['b at 0']);
  expect(await names('AGG-')).toEqual([]);
  expect(asked).toHaveLength(24);
});

test('later readings ask only for what may have changed, and see changes, new rows and rows that went', async () => {
  for (const id of ['a', 'b', 'c', 'd']) await put('AGG-1', id, id === 'd' ? 0 : -3_600);
  const names = opened();
  await names('AGG-1');
  expect(await asksFor(() => names('AGG-1'))).toEqual([at(-60)]);
  await put('AGG-1', 'a', 5);
  await put('AGG-1', 'e', 6);
  await table.deleteAll([{ pk: 'CONTRACT#d', sk: 'CONTRACT' }]);
  expect(await names('AGG-1')).toEqual(['a at 5', 'b at -3600', 'c at -3600', 'e at 6']);
  expect(await asksFor(() => names('AGG-1'))).toEqual([at(6 - 60)]);
  for (const id of ['a', 'e']) await table.deleteAll([{ pk: `CONTRACT#${id}`, sk: 'CONTRACT' }]);
  expect(await names('AGG-1')).toEqual(['b at -3600', 'c at -3600']);
});

test('an entry that shows up late, by a clock that runs behind, is seen', async () => {
  await put('AGG-1', 'a', 0);
  const names = opened();
  await names('AGG-1');
  elapsed = 100_000;
  await put('AGG-1', 'b', -50);
  expect(await names('AGG-1')).toEqual(['a at 0', 'b at -50']);
});

test('a second change within one millisecond is seen', async () => {
  await put('AGG-1', 'a', 0, 'first');
  const names = opened();
  await names('AGG-1');
  await put('AGG-1', 'a', 0, 'second');
  expect(await names('AGG-1')).toEqual(['second']);
});

test('rows that were all written at once are not read again when they have been known for a minute', async () => {
  for (const id of ['a', 'b', 'c']) await put('AGG-1', id, 0);
  const names = opened();
  await names('AGG-1');
  elapsed = 61_000;
  expect(await asksFor(() => names('AGG-1'))).toEqual([at(-60)]);
  expect(await asksFor(() => names('AGG-1'))).toEqual([`${at(0)}#c`]);
  await put('AGG-1', 'b', 70);
  expect(await names('AGG-1')).toEqual(['a at 0', 'b at 70', 'c at 0']);
  expect(await asksFor(() => names('AGG-1'))).toEqual([at(10)]);
});

test('after five minutes everything is read again: a row that left the owner long after its change goes', async () => {
  await put('AGG-1', 'a', -3_600);
  await put('AGG-1', 'b', 0);
  const names = opened();
  await names('AGG-1');
  await put('AGG-2', 'a', 10);
  expect(await names('AGG-1')).toEqual(['a at -3600', 'b at 0']);
  elapsed = 300_000;
  expect(await asksFor(() => names('AGG-1'))).toEqual([undefined]);
  expect(await names('AGG-1')).toEqual(['b at 0']);
});

test('owners not asked for longest give way when there are too many rows', async () => {
  for (const [owner, id] of [
    ['1', 'a'],
    ['1', 'b'],
    ['2', 'c'],
    ['3', 'd'],
  ] as const)
    await put(owner, id, 0);
  const names = opened(3);
  await names('1');
  await names('2');
  await names('1');
  await names('3');
  expect(await asksFor(() => names('1'))).toEqual([at(-60)]);
  expect(await asksFor(() => names('3'))).toEqual([at(-60)]);
  expect(await asksFor(() => names('2'))).toEqual([undefined]);
  expect(await opened(1)('1')).toHaveLength(2);
});

test('callers at the same time share one reading, and one that fails leaves nothing behind', async () => {
  await put('AGG-1', 'a', 0);
  const names = opened();
  const all = await Promise.all([names('AGG-1'), names('AGG-1'), names('AGG-1')]);
  expect([all, asked.length]).toEqual([[['a at 0'], ['a at 0'], ['a at 0']], 8]);
  await table.putAll([{ ...itemOf('AGG-1', 'b', 1, 'b'), row: { id: 'b' } }]);
  await expect(names('AGG-1')).rejects.toThrow();
  await put('AGG-1', 'b', 2);
  expect(await names('AGG-1')).toEqual(['a at 0', 'b at 2']);
});

test('a sort key that has no time is refused instead of being kept unseen', async () => {
  await table.putAll([{ ...itemOf('AGG-1', 'a', 0, 'a'), gsi2sk: 'a' }]);
  await expect(opened()('AGG-1')).rejects.toThrow(/begin with the time/);
});

test('a table has one cache, in the real time of the process', async () => {
  await put('AGG-1', 'a', 0);
  const rows = () => ownerRows(table, 'gsi2', 'AGGREGATOR#AGG-1#CONTRACTS', Row);
  expect(await rows()).toEqual([{ id: 'a', name: 'a at 0' }]);
  await put('AGG-1', 'a', 1, 'changed');
  expect(await asksFor(rows)).toEqual([at(-60)]);
  expect(await rows()).toEqual([{ id: 'a', name: 'changed' }]);
});

test('after any changes a cache gives what reading everything gives, of each owner', async () => {
  const change = fc.record({ owner: fc.constantFrom('A', 'B'), id: fc.nat(5), pause: fc.constantFrom(0, 1, 40, 90) });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(change, { maxLength: 4 }), { maxLength: 8 }), async (rounds) => {
      const run = ++runs;
      const names = opened();
      let seconds = 0;
      for (const changes of rounds) {
        for (const { owner, id, pause } of changes) {
          seconds += pause;
          await put(`${run}-${owner}`, `${run}-${owner}-${id}`, seconds);
        }
        elapsed = 1_000 * seconds;
        for (const owner of [`${run}-A`, `${run}-B`]) expect(await names(owner)).toEqual(await opened()(owner));
      }
    }),
    { numRuns: 15 },
  );
});
