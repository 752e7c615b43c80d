/** What can go wrong, and the HTTP status that says so. docs/errors.md has a line for each. */
export const statusOfError = {
  invalid_request: 400,
  unauthorized: 401,
  second_factor_required: 401,
  forbidden: 403,
  approval_required: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  optimistic_locking_error: 409,
  updateSequenceId_conflict: 409,
  precondition_failed: 412,
  payload_too_large: 413,
  idempotent_answer_lost: 409,
  unprocessable: 422,
  rate_limited: 429,
  internal_error: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof statusOfError;

interface DomainErrorOptions extends ErrorOptions {
  /** The name that was probably meant; the message says it too. */
  readonly didYouMean?: string | undefined;
  /** When asking again makes sense. */
  readonly retryAfterSeconds?: number | undefined;
}

/** An error the caller can act on: its message says what was wrong, where, and what to do. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: ErrorCode;
  readonly didYouMean: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ErrorCode, message: string, options?: DomainErrorOptions) {
    super(message, options);
    this.code = code;
    this.didYouMean = options?.didYouMean;
    this.retryAfterSeconds = options?.retryAfterSeconds;
  }
}
