import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;
type Key = { pk: AttributeValue; sk: AttributeValue };

/** Declares the cases of a topic: each gets a partition key of its own and throws when the database does otherwise. */
export type DeclareCases = (it: (name: string, run: (pk: string) => Promise<void>) => void, table: Table) => void;

type Table = ReturnType<typeof requestsTo>;

/** How long an index of a real table may lag. */
const INDEX_PATIENCE_MS = 10_000;

export const sortKeys = (items: Item[] | undefined) => (items ?? []).map((item) => item.sk?.S);

/** The requests to a table that the cases are made of. */
export function requestsTo(client: DynamoDBClient, TableName: string) {
  const query = (more: Partial<QueryCommandInput>) => client.send(new QueryCommand({ TableName, ...more }));
  return {
    client,
    TableName,
    key: (pk: string, sk = 'a'): Key => ({ pk: { S: pk }, sk: { S: sk } }),
    put: (Item: Item, more: object = {}) => client.send(new PutItemCommand({ TableName, Item, ...more })),
    update: (Key: Key, more: Partial<UpdateItemCommandInput>) =>
      client.send(new UpdateItemCommand({ TableName, Key, ...more })),
    read: async (Key: Key) => (await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }))).Item,
    query,
    transact: (TransactItems: object[], ClientRequestToken?: string) =>
      client.send(new TransactWriteItemsCommand({ TransactItems, ...(ClientRequestToken && { ClientRequestToken }) })),

    /** The items of an index's partition, once there are as many as expected. */
    async indexed(index: string, partition: string, count: number): Promise<Item[]> {
      const end = Date.now() + INDEX_PATIENCE_MS;
      for (;;) {
        const { Items = [] } = await query({
          IndexName: index,
          KeyConditionExpression: '#pk = :pk',
          ExpressionAttributeNames: { '#pk': `${index}pk` },
          ExpressionAttributeValues: { ':pk': { S: partition } },
        });
        if (Items.length === count || Date.now() > end) return Items;
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    },

    /** The sort keys of all items that a query finds, page by page. */
    async allPages(input: Partial<QueryCommandInput>): Promise<Array<Array<string | undefined>>> {
      const pages: Array<Array<string | undefined>> = [];
      let start: Item | undefined;
      do {
        const page = await query({ ...input, ...(start && { ExclusiveStartKey: start }) });
        if (page.Items?.length) pages.push(sortKeys(page.Items));
        start = page.LastEvaluatedKey;
      } while (start);
      return pages;
    },
  };
}
