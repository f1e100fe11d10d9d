import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { httpAnswer, problemAnswer, requestIdOf } from '../../lambdas/runtime/http-answer.ts';
import { type Problem, problemOf } from '../../lambdas/runtime/problem.ts';
import type { RequestLog } from '../../lambdas/runtime/request-log.ts';
import { PortalError } from '../../lambdas/use-cases/errors.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import type { SignedLinks } from '../signed-links.ts';
import type { LocalUploads } from '../upload-links.ts';
import { localContext, toApiEvent } from './api-event.ts';
import { type ApiRoutes, openApiRoutes } from './api-routes.ts';
import { docsPage } from './docs-pages.ts';
import { documentPage } from './document-page.ts';
import { homePage } from './home-page.ts';
import { close, listen } from './listening.ts';
import { mailPage } from './mail-pages.ts';
import { htmlPage, notFoundPage, sendPage } from './page.ts';
import { uploaded, uploadPage } from './upload-page.ts';

export type HttpServerOptions = {
  portal: Portal;
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** Where the `.eml` files are. */
  mailFolder: string;
  /** Where documents are stored under their keys. */
  documentsFolder: string;
  links: SignedLinks;
  /** Takes and gives the files of signed links at /uploads; without it there are none. */
  uploads?: LocalUploads;
  /** Takes an entry a request of the API; without it, only unexpected errors are told, on standard error. */
  log?: RequestLog;
};

export type HttpServer = { url: string; port: number; close(): Promise<void> };

/** Largest event a Lambda function takes; above it a request doesn't reach one. */
const MOST_BYTES = 6_000_000;

/**
 * Serves the API through the very functions that run on AWS, its reference at /docs, the mails at /mail and documents for
 * signed links.
 * @throws PortInUse
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { port, host = '127.0.0.1', log = logErrors } = options;
  const routes = openApiRoutes(options.portal, log);
  const server = createServer({ maxHeaderSize: 16_384, connectionsCheckingInterval: 5_000 }, (request, response) => {
    answer(options, routes, request, response).catch((error: unknown) => failed(request, response, error));
  });
  // Who sends slowly or holds connections open is cut off.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 5_000;
  server.maxConnections = 1_000;
  await listen(server, host, port);
  const { port: actual } = server.address() as AddressInfo;
  return { url: `http://${host}:${actual}`, port: actual, close: () => close(server) };
}

/** What went wrong outside the functions. A client that has gone away is none of it. */
function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (request.errored || response.destroyed) return;
  process.stderr.write(`${request.method} ${request.url?.split('?')[0]}: ${String(error)}\n`);
  if (response.headersSent) response.destroy();
  else void sendPage(response, htmlPage('Something went wrong', '<p>See what the portal has printed.</p>', 500));
}

function logErrors({ error, requestId, route }: Parameters<RequestLog>[0]): void {
  if (error) process.stderr.write(`${route} (request ${requestId}): ${error.stack || error.message}\n`);
}

async function answer(
  options: HttpServerOptions,
  routes: ApiRoutes,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request);
  if (!url || !isLocalName(url, options.host)) {
    return sendPage(response, htmlPage('Bad request', '<p>This address is not served here.</p>', 400));
  }
  if (url.pathname.startsWith('/api/')) return answerApi(options.portal, routes, url, request, response);
  const now = options.portal.clock();
  if (options.uploads && request.method === 'PUT' && url.pathname.startsWith('/uploads/')) {
    return sendPage(response, await uploaded(options.uploads, url, now, request));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const page = htmlPage('Method not allowed', '<p>Pages can only be read.</p>', 405);
    return sendPage(response, { ...page, headers: { allow: 'GET, HEAD' } });
  }
  const page =
    homePage(url.pathname) ??
    docsPage(url.pathname) ??
    (await mailPage(options.mailFolder, url)) ??
    uploadPage(options.uploads, url, now) ??
    (await documentPage(options.documentsFolder, options.links, url, now));
  return sendPage(response, page ?? notFoundPage());
}

function urlOf(request: IncomingMessage): URL | undefined {
  const path = request.url ?? '/';
  return path.startsWith('/') ? (URL.parse(`http://${request.headers.host ?? ''}${path}`) ?? undefined) : undefined;
}

// A site elsewhere that lets its name point to this machine must not read the mails through a visitor's browser.
function isLocalName({ hostname }: URL, host = '127.0.0.1'): boolean {
  return [host, 'localhost', '127.0.0.1', '[::1]'].includes(hostname);
}

async function answerApi(
  portal: Portal,
  routes: ApiRoutes,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gatewayId = randomUUID();
  const requestId = requestIdOf([request.headers['x-request-id']].flat()[0], gatewayId);
  const method = request.method ?? 'GET';
  const match = routes.match(method, url.pathname);
  if (!match) return sendUnmatched(response, routes.methodsOf(url.pathname), requestId);
  const body = await bodyOf(request);
  if (!body) {
    const refusal = new PortalError('BODY_TOO_LARGE', `The request has more than ${MOST_BYTES} bytes`);
    return sendProblem(response, problemOf(refusal, requestId), { connection: 'close' });
  }
  const now = portal.clock();
  const event = toApiEvent(request, { url, ...match, body, requestId: gatewayId, now });
  return send(response, await match.handler(event, localContext(gatewayId)));
}

const METHOD_NOT_ALLOWED = {
  type: 'urn:commerce-portal:problem:METHOD_NOT_ALLOWED',
  title: 'Method not allowed',
  status: 405,
  code: 'METHOD_NOT_ALLOWED',
} as const;

function sendUnmatched(response: ServerResponse, methods: readonly string[], requestId: string): void {
  const problem = problemOf(new PortalError('NOT_FOUND', 'There is nothing with this path'), requestId);
  const allow = methods.join(', ');
  if (methods.length === 0) sendProblem(response, problem, {});
  else sendProblem(response, { ...problem, ...METHOD_NOT_ALLOWED, detail: `This path takes ${allow}` }, { allow });
}

function sendProblem(response: ServerResponse, problem: Problem, headers: Record<string, string>): void {
  const { statusCode, headers: common, body } = httpAnswer(problemAnswer(problem), problem.instance);
  send(response, { statusCode, headers: { ...common, ...headers }, body });
}

/** The request's body; undefined when it is larger than a function could take. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(
  response: ServerResponse,
  { statusCode = 500, headers = {}, body }: APIGatewayProxyStructuredResultV2,
): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, String(value));
  // An answer without a body (204, 304) has no length either.
  response.writeHead(statusCode, body === undefined ? {} : { 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
