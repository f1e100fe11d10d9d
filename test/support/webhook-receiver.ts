import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };

/** A server on this machine that webhooks are sent to; answers 200, or what `answer` is set to. */
export async function openWebhookReceiver() {
  const received: Received[] = [];
  const state: { answer: (request: Received) => number; headers: Record<string, string>; body: string } = {
    answer: () => 200,
    headers: {},
    body: '',
  };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const told = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
    received.push(told);
    response.writeHead(state.answer(told), state.headers).end(state.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    state,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
