import { type FieldError, PortalError, PROBLEMS, type ProblemCode, RetryableError } from '../use-cases/errors.ts';

/** An error as callers get it: problem details of RFC 9457 with a stable code. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** METHOD_NOT_ALLOWED comes from what stands before the functions, as on AWS the gateway's own refusals do. */
  code: ProblemCode | 'METHOD_NOT_ALLOWED';
  /** Id of the request, to be found in the log. */
  instance: string;
  errors?: readonly FieldError[];
};

/** What a caller is told of an error. An unexpected one shows nothing of itself. */
export function problemOf(error: unknown, requestId: string): Problem {
  const refusal = refusalOf(error);
  const { status, title } = PROBLEMS[refusal.code];
  return {
    type: `urn:commerce-portal:problem:${refusal.code}`,
    title,
    status,
    detail: refusal.message,
    code: refusal.code,
    instance: requestId,
    ...(refusal.errors.length > 0 && { errors: refusal.errors }),
  };
}

function refusalOf(error: unknown): PortalError {
  if (error instanceof PortalError) return error;
  if (error instanceof RetryableError) {
    return new PortalError('TRY_AGAIN', 'The portal is busy: send the same request again in a few seconds');
  }
  return new PortalError(
    'INTERNAL',
    'Something went wrong in the portal. If it stays so, tell its operators the instance',
  );
}
