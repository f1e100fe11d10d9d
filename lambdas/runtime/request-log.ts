import { Logger } from '@aws-lambda-powertools/logger';
import { type ErrorEntry, redacted } from './error-entry.ts';

/** What the log says of a request: these fields and no others, so that no name, address or token gets into it. */
export type RequestEntry = {
  requestId: string;
  /** Route key, e.g. "GET /api/commerce/v1/health"; never the path, which may hold anything. */
  route: string;
  status: number;
  durationMs: number;
  organizationId?: string;
  userId?: string;
  code?: string;
  /** Of an unexpected error alone. */
  error?: ErrorEntry;
};

export type RequestLog = (entry: RequestEntry) => void;

/** Writes one JSON line a request to standard output, where Lambda collects it. */
export function requestLog(logger: Logger = new Logger({ serviceName: 'commerce-portal' })): RequestLog {
  return (entry) => {
    const { error, ...rest } = entry;
    if (error) logger.error('request failed', { ...rest, error: redacted(error) });
    else logger.info('request', rest);
  };
}
