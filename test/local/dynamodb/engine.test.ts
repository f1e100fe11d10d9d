import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Engine, openEngine } from '../../../local/dynamodb/engine.ts';
import { tableInput } from '../../../local/dynamodb/table-input.ts';

const TableName = 'commerce-portal';
const put = (sk: string) => ({ TableName, Item: { pk: { S: 'p' }, sk: { S: sk } } });

async function openWithTable(options: Parameters<typeof openEngine>[0] = {}): Promise<Engine> {
  const engine = await openEngine(options);
  await engine.execute('CreateTable', tableInput(TableName));
  return engine;
}

test('what is written is there after closing and opening again', async () => {
  const path = await mkdtemp(join(tmpdir(), 'dynamodb-'));
  const engine = await openWithTable({ path });
  await engine.execute('PutItem', put('a'));
  await engine.close();
  const again = await openEngine({ path });
  const { body } = await again.execute('GetItem', { TableName, Key: put('a').Item });
  expect(body).toEqual({ Item: put('a').Item });
  expect((await again.execute('CreateTable', tableInput(TableName))).body).toMatchObject({
    __type: expect.stringContaining('ResourceInUseException'),
  });
  await again.close();
  await rm(path, { recursive: true });
});

test('many writes at once are carried out one after another', async () => {
  const engine = await openWithTable();
  const add = () => ({
    TableName,
    Key: put('counter').Item,
    UpdateExpression: 'ADD n :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  });
  await Promise.all(Array.from({ length: 50 }, () => engine.execute('UpdateItem', add())));
  const { body } = await engine.execute('GetItem', { TableName, Key: put('counter').Item });
  expect(body).toMatchObject({ Item: { n: { N: '50' } } });
  await engine.close();
});

test('closing waits for the requests that are under way', async () => {
  const engine = await openWithTable();
  const writes = Array.from({ length: 20 }, (_, n) => engine.execute('PutItem', put(`${n}`)));
  await engine.close();
  expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
});

test('a client request token is forgotten after ten minutes', async () => {
  let now = 0;
  const engine = await openWithTable({ now: () => now });
  const transaction = () => ({
    ClientRequestToken: 'token',
    TransactItems: [
      {
        Update: {
          TableName,
          Key: put('counter').Item,
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        },
      },
    ],
  });
  for (now of [0, 599_999, 600_000]) await engine.execute('TransactWriteItems', transaction());
  const { body } = await engine.execute('GetItem', { TableName, Key: put('counter').Item });
  expect(body).toMatchObject({ Item: { n: { N: '2' } } });
  await engine.close();
});

test.each([
  ['an unknown action', 'ListBackups', {}, 400, 'UnknownOperationException'],
  ['no input', 'PutItem', null, 400, 'SerializationException'],
  ['an item that is none', 'PutItem', { TableName, Item: 5 }, 400, 'SerializationException'],
  ['a table that is not there', 'GetItem', { TableName: 'absent', Key: {} }, 400, 'ResourceNotFoundException'],
  ['transactions that are none', 'TransactWriteItems', { TransactItems: 7 }, 400, 'SerializationException'],
  ['an action that is none', 'TransactWriteItems', { TransactItems: [null] }, 400, 'SerializationException'],
  ['a write that is none', 'TransactWriteItems', { TransactItems: [{ Put: 'x' }] }, 400, 'SerializationException'],
  [
    'a batch request that is none',
    'BatchWriteItem',
    { RequestItems: { [TableName]: [null] } },
    500,
    'InternalServerError',
  ],
] as const)('%s is refused, never thrown', async (_name, action, input, status, type) => {
  const engine = await openWithTable();
  const answer = await engine.execute(action, structuredClone(input) as never);
  expect(answer.status).toBe(status);
  expect((answer.body as { __type: string }).__type).toContain(type);
  expect((await engine.execute('PutItem', put('still-works'))).status).toBe(200);
  await engine.close();
});

test('opening with a table takes a few milliseconds, for hundreds of simulations', async () => {
  const start = performance.now();
  for (let n = 0; n < 20; n++) await (await openWithTable()).close();
  expect((performance.now() - start) / 20).toBeLessThan(50);
});
