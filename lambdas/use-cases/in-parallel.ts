/**
 * Runs `work` on every item, at most `limit` at a time; answers the results in order. Items are taken as they are worked on,
 * so those of a generator are never all there at once. The first failure is thrown.
 */
export async function inParallel<Item, Result>(
  items: Iterable<Item>,
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items[Symbol.iterator]();
  let taken = 0;
  const worker = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const index = taken++;
      results[index] = await work(next.value);
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}
