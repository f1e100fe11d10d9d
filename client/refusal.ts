import type { Problem } from '../lambdas/runtime/problem.ts';

/** The portal has refused a request: a program reads `code`, a person the message. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problem: Problem;
  readonly headers: Headers;

  constructor(problem: Problem, headers: Headers) {
    super(problem.detail);
    this.problem = problem;
    this.headers = headers;
  }

  /** Stable: docs/api.md lists them. */
  get code(): Problem['code'] {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** Fields of the request that are wrong. */
  get errors(): NonNullable<Problem['errors']> {
    return this.problem.errors ?? [];
  }
}

/**
 * There is no answer of a portal: nothing can be reached, it broke off, or something else answers. Whether a change was
 * made is not known: send it again with the same `idempotencyKey`.
 */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}
