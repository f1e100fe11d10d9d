/** Every refusal the portal can answer with: a stable code, its HTTP status and a short title (listed in docs/api.md). */
export const PROBLEMS = {
  BAD_REQUEST: { status: 400, title: 'The request is not valid' },
  NOT_SIGNED_IN: { status: 401, title: 'Sign in first' },
  NOT_ALLOWED: { status: 403, title: 'Not allowed' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  CLOSE_RUNNING: { status: 409, title: 'A close of this period is running' },
  PERIOD_NOT_CLOSABLE: { status: 409, title: 'The period is not past its cutoff' },
  PERIOD_ALREADY_CLOSED: { status: 409, title: 'The period is closed' },
  NOTHING_TO_REDRIVE: { status: 409, title: 'Nothing is left to bill' },
  CLOSE_INCOMPLETE: { status: 409, title: 'The period has a close that is not complete' },
  ORDER_SEALED: { status: 409, title: 'The order is being billed' },
  PERIOD_FROZEN: { status: 409, title: 'The period is frozen' },
  BODY_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The media type is not supported' },
  TRY_AGAIN: { status: 503, title: 'Try again' },
  INTERNAL: { status: 500, title: 'Something went wrong' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** What is wrong with one field of a request. */
export type FieldError = { field: string; message: string };

/** An expected refusal: a program reads the code, a person the message. */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  readonly code: ProblemCode;
  readonly errors: readonly FieldError[];

  constructor(code: ProblemCode, message: string, errors: readonly FieldError[] = []) {
    super(message);
    this.code = code;
    this.errors = errors;
  }
}

/** A step of the close failed in a way that passes: its name tells the state machine to try again. */
export class RetryableError extends Error {
  override readonly name = 'RetryableError';
}

/** A step of the close can't succeed by trying again: its name tells the state machine to stop the run. */
export class TerminalError extends Error {
  override readonly name = 'TerminalError';
}
