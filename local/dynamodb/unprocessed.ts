import type { SeededRandom } from '../random.ts';
import { type HttpResponse, withText } from './request-handler.ts';

type WriteRequests = Record<string, unknown[]>;
type KeyRequests = Record<string, { Keys: unknown[] }>;

/**
 * Takes some of a batch's requests out, never all.
 *
 * @param text body of a BatchWriteItem or BatchGetItem request
 * @returns the body that is left, and a function that adds the rest to the answer as unprocessed
 */
export function withoutSome(text: string, action: string, random: SeededRandom) {
  const input = JSON.parse(text) as { RequestItems: WriteRequests | KeyRequests };
  const isWrite = action === 'BatchWriteItem';
  const tables = Object.entries(input.RequestItems).map(([table, requests]) => ({
    table,
    options: isWrite ? {} : (requests as { Keys: unknown[] }),
    members: isWrite ? (requests as unknown[]) : (requests as { Keys: unknown[] }).Keys,
  }));
  const all = tables.flatMap(({ table, members }) => members.map((member) => ({ table, member })));
  const processed = random.int(all.length);
  const isKept = all.map((_, n) => n === processed || random.chance(0.5));

  function select(wanted: boolean): WriteRequests | KeyRequests {
    const selected: Record<string, unknown> = {};
    for (const { table, options } of tables) {
      const members = all.filter((one, n) => one.table === table && isKept[n] === wanted).map((one) => one.member);
      if (members.length > 0) selected[table] = isWrite ? members : { ...options, Keys: members };
    }
    return selected as WriteRequests | KeyRequests;
  }

  return {
    kept: JSON.stringify({ ...input, RequestItems: select(true) }),
    complete(response: HttpResponse): HttpResponse {
      if (response.statusCode !== 200) return response;
      const answer = JSON.parse(response.text) as object;
      const unprocessed = { [isWrite ? 'UnprocessedItems' : 'UnprocessedKeys']: select(false) };
      return withText(response, JSON.stringify({ ...answer, ...unprocessed }));
    },
  };
}
