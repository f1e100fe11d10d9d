import { once } from 'node:events';
import { createServer, type Server } from 'node:http';

/** The port can't be had: a message for a person at the command line. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
  constructor(host: string, port: number, code: string) {
    super(
      code === 'EACCES'
        ? `You may not listen on port ${port} of ${host}: choose one above 1023 with --port`
        : `Port ${port} of ${host} is in use: stop what listens there, or choose another port with --port`,
    );
  }
}

/** Listens on a port. @throws PortInUse */
export async function listen(server: Server, host: string, port: number): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code = '' } = error as { code?: string };
    throw ['EADDRINUSE', 'EACCES'].includes(code) ? new PortInUse(host, port, code) : error;
  }
}

/**
 * Tries a port out before there is anything to serve on it.
 * @throws PortInUse
 */
export async function refuseTakenPort(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer();
  await listen(server, host, port);
  await close(server);
}

/** Takes no new requests, lets running ones end for 5 seconds. */
export async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), 5_000);
  await closed;
  clearTimeout(timer);
}
