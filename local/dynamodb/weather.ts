import { type SeededRandom, seededRandom } from '../random.ts';
import { openLag } from './index-lag.ts';
import {
  actionOf,
  type HttpRequest,
  type HttpResponse,
  type RequestHandler,
  requestHandler,
  textOf,
  toHttpResponse,
} from './request-handler.ts';
import { withoutSome } from './unprocessed.ts';

/** The bad weather of AWS. Numbers are probabilities of 0 to 1 for each request; what is absent doesn't happen. */
export interface Weather {
  seed: number;
  /** ProvisionedThroughputExceededException or ThrottlingException, nothing done. */
  throttled?: number;
  /** TransactionCanceledException with TransactionConflict, or TransactionConflictException for a single write. */
  conflict?: number;
  /** InternalServerError, nothing done. */
  serverError?: number;
  /** The request is carried out, then the connection breaks. */
  answerLost?: number;
  /** Some of a batch's items or keys come back unprocessed, never all of them. */
  unprocessed?: number;
  /** A query of an index misses the items that the last few write requests wrote: 1 to `writes` of them. */
  indexLag?: { probability: number; writes: number };
  /** The caller dies at its request of this number (1 is the first), with or without effect. All later ones fail. */
  crash?: { request: number; when: 'before' | 'after' };
}

export type WeatherKind = Exclude<keyof Weather, 'seed'>;

/** The caller's process is dead: thrown by its request when it dies, and by each one after that. */
export class Crash extends Error {
  override name = 'Crash';
}

const SINGLE_WRITES = ['PutItem', 'UpdateItem', 'DeleteItem'];
const TRANSACTIONS = ['TransactWriteItems', 'TransactGetItems'];
const BATCHES = ['BatchGetItem', 'BatchWriteItem'];

/**
 * Puts the weather over a request handler. The same seed and order of requests give the same weather.
 *
 * @returns the handler in the weather, and how often each kind has happened so far
 */
export function withWeather(
  handler: RequestHandler,
  weather: Weather,
): { handler: RequestHandler; happened(): Record<WeatherKind, number> } {
  const sequence = seededRandom(weather.seed);
  const lag = openLag();
  const happened: Record<WeatherKind, number> = {
    throttled: 0,
    conflict: 0,
    serverError: 0,
    answerLost: 0,
    unprocessed: 0,
    indexLag: 0,
    crash: 0,
  };
  let requests = 0;

  async function carryOut(request: HttpRequest): Promise<HttpResponse> {
    const { response } = await handler.handle(request);
    if (weather.indexLag && response.statusCode === 200) lag.remember(actionOf(request), textOf(request));
    return response;
  }

  async function answer(request: HttpRequest): Promise<HttpResponse> {
    // A sequence for each request: what happens to one doesn't depend on what happened to the others.
    const random = sequence.fork(String(requests));
    function draw(kind: WeatherKind, probability = 0): boolean {
      return random.chance(probability) && ++happened[kind] > 0;
    }
    const action = actionOf(request);
    const isTransaction = TRANSACTIONS.includes(action);
    if (draw('throttled', weather.throttled)) return throttled(random);
    if (draw('serverError', weather.serverError)) return refusal(500, 'InternalServerError', 'Internal server error');
    if (draw('conflict', isTransaction || SINGLE_WRITES.includes(action) ? weather.conflict : 0)) {
      return isTransaction
        ? cancelledByConflict(request, random)
        : refusal(400, 'TransactionConflictException', CONFLICT);
    }
    if (draw('answerLost', weather.answerLost)) {
      await carryOut(request);
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    }
    if (draw('unprocessed', BATCHES.includes(action) ? weather.unprocessed : 0)) {
      const { kept, complete } = withoutSome(textOf(request), action, random);
      return complete(await carryOut({ ...request, body: kept }));
    }
    const isIndexRead = lag.concerns(action, textOf(request));
    if (draw('indexLag', isIndexRead ? weather.indexLag?.probability : 0)) {
      return lag.hide(await carryOut(request), 1 + random.int(weather.indexLag!.writes));
    }
    return carryOut(request);
  }

  return {
    handler: requestHandler(async (request) => {
      requests += 1;
      const { crash } = weather;
      if (!crash || requests < crash.request) {
        const response = await answer(request);
        if (happened.crash > 0) throw new Crash('The process died before the answer came');
        return response;
      }
      if (happened.crash === 0) {
        happened.crash = 1;
        if (crash.when === 'after') await carryOut(request);
      }
      throw new Crash(`The process died at its request ${crash.request}, ${crash.when} the effect`);
    }),
    happened: () => ({ ...happened }),
  };
}

const CONFLICT = 'Transaction is ongoing for the item';

function refusal(status: number, type: string, message: string, more: object = {}): HttpResponse {
  const body = JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message, ...more });
  return toHttpResponse({ status, body, units: { read: 0, write: 0 } });
}

function throttled(random: SeededRandom): HttpResponse {
  const type = random.pick(['ProvisionedThroughputExceededException', 'ThrottlingException']);
  return refusal(400, type, 'The level of configured provisioned throughput for the table was exceeded');
}

function cancelledByConflict(request: HttpRequest, random: SeededRandom): HttpResponse {
  const { TransactItems: items } = JSON.parse(textOf(request)) as { TransactItems: object[] };
  const hit = random.int(items.length);
  const reasons = items.map((_, n) =>
    n === hit ? { Code: 'TransactionConflict', Message: CONFLICT } : { Code: 'None' },
  );
  const codes = reasons.map((reason) => reason.Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  return refusal(400, 'TransactionCanceledException', message, { CancellationReasons: reasons });
}
