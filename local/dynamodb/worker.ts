import { parentPort, workerData } from 'node:worker_threads';
import { openEngine } from './engine.ts';
import { type AnswerMessage, CLOSE, inBulk, type RequestMessage } from './messages.ts';

const port = parentPort!;
const engine = await openEngine(workerData as { path?: string });
const post = inBulk<AnswerMessage>((answers) => port.postMessage(answers));

async function answer([id, action, input]: RequestMessage): Promise<void> {
  if (action === CLOSE) {
    await engine.close();
    post([id, 200, '{}', 0, 0]);
    return;
  }
  const { status, body, units } = await engine.execute(action, JSON.parse(input));
  post([id, status, JSON.stringify(body), units.read, units.write]);
}

port.on('message', (requests: RequestMessage[]) => {
  for (const request of requests) void answer(request);
});
// Tells that the database is open.
port.postMessage([]);
