/** To the database's thread: number, action, JSON of the input. */
export type RequestMessage = [id: number, action: string, input: string];

/** From it: number, status, JSON of the body, read units, write units. */
export type AnswerMessage = [id: number, status: number, body: string, readUnits: number, writeUnits: number];

/** The action that closes the database; it is answered after all requests before it. */
export const CLOSE = 'close';

/** More would make both threads wait for each other in turn, fewer would wake them too often (measured). */
const MAX_BULK = 4;

/** Collects messages and posts together what comes in one turn of the event loop: waking a thread is what costs. */
export function inBulk<T>(post: (messages: T[]) => void): (message: T) => void {
  let waiting: T[] = [];
  function flush(): void {
    if (waiting.length === 0) return;
    const messages = waiting;
    waiting = [];
    post(messages);
  }
  return (message) => {
    const count = waiting.push(message);
    if (count === MAX_BULK) flush();
    else if (count === 1) setImmediate(flush);
  };
}
