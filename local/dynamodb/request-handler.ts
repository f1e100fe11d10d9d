import type { Answer } from './wire.ts';

/** What this project reads of the SDK's HTTP request: DynamoDB's action is in a header, the input is the JSON body. */
export interface HttpRequest {
  method: string;
  headers: Record<string, string>;
  body?: unknown;
}

/** What it reads of our response is `body`; the local client takes the JSON text as it is. */
export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  text: string;
  readonly body: Uint8Array;
}

/** A request handler as the AWS SDK takes it: `new DynamoDBClient({ requestHandler })`. */
export interface RequestHandler {
  metadata: { handlerProtocol: string };
  handle(request: HttpRequest): Promise<{ response: HttpResponse }>;
  destroy(): void;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
}

/** Headers that tell what a request cost, in DynamoDB's units (see meter.ts). */
export const READ_UNITS_HEADER = 'x-read-units';
export const WRITE_UNITS_HEADER = 'x-write-units';

/** An answer whose body is JSON text already. */
export interface TextAnswer extends Omit<Answer, 'body'> {
  body: string;
}

/** Makes a request handler out of one function. */
export function requestHandler(handle: (request: HttpRequest) => Promise<HttpResponse>): RequestHandler {
  return {
    metadata: { handlerProtocol: 'local' },
    handle: async (request) => ({ response: await handle(request) }),
    destroy() {},
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
}

/** DynamoDB's action of a request: `GetItem` from the header `x-amz-target: DynamoDB_20120810.GetItem`. */
export function actionOf(request: HttpRequest): string {
  return (request.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
}

/** The JSON text of a request's body. */
export function textOf(request: HttpRequest): string {
  const { body } = request;
  if (typeof body === 'string') return body;
  return body instanceof Uint8Array ? Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString() : '{}';
}

export function toHttpResponse({ status, body, units }: TextAnswer): HttpResponse {
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    [READ_UNITS_HEADER]: String(units.read),
    [WRITE_UNITS_HEADER]: String(units.write),
  };
  return withText({ statusCode: status, headers }, body);
}

/** A response with this text, whose bytes are made when they are asked for. */
export function withText(
  { statusCode, headers }: Pick<HttpResponse, 'statusCode' | 'headers'>,
  text: string,
): HttpResponse {
  return {
    statusCode,
    headers,
    text,
    get body() {
      return Buffer.from(text);
    },
  };
}
