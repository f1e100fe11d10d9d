import {
  actionOf,
  READ_UNITS_HEADER,
  type RequestHandler,
  requestHandler,
  WRITE_UNITS_HEADER,
} from './request-handler.ts';

/** What the requests of one action came to. Units are DynamoDB's: 4 KB strongly consistent reads, 1 KB writes. */
export interface RequestTotals {
  requests: number;
  readUnits: number;
  writeUnits: number;
}

/**
 * Counts the requests that pass a handler of the local DynamoDB, by action, and what they would cost on AWS:
 * each index entry written counts, items of a transaction count double. An approximation for planning, not a bill.
 */
export function meterRequests(handler: RequestHandler): {
  handler: RequestHandler;
  totals(): Record<string, RequestTotals>;
} {
  const totals: Record<string, RequestTotals> = {};
  return {
    handler: requestHandler(async (request) => {
      const { response } = await handler.handle(request);
      totals[actionOf(request)] ??= { requests: 0, readUnits: 0, writeUnits: 0 };
      const total = totals[actionOf(request)]!;
      total.requests += 1;
      total.readUnits += Number(response.headers[READ_UNITS_HEADER] ?? 0);
      total.writeUnits += Number(response.headers[WRITE_UNITS_HEADER] ?? 0);
      return response;
    }),
    totals: () => structuredClone(totals),
  };
}
