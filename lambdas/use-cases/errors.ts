/** Every refusal the portal can answer with: a stable code, its HTTP status and a short title (listed in docs/api.md). */
export const PROBLEMS = {
  BAD_REQUEST: { status: 400, title: 'The request is not valid' },
  NOT_SIGNED_IN: { status: 401, title: 'Sign in first' },
  NOT_ALLOWED: { status: 403, title: 'Not allowed' },
  NOT_FOUND: { status: 404, title: 'Not found' },
  INVITATION_NOT_VALID: { status: 400, title: 'The invitation is not valid' },
  USER_EXISTS: { status: 409, title: 'There is a user with this address' },
  LAST_ADMINISTRATOR: { status: 409, title: 'An organization keeps one active Administrator' },
  WORK_GROUP_EXISTS: { status: 409, title: 'There is a work group of this name' },
  WORK_GROUP_HAS_MEMBERS: { status: 409, title: 'Users are in the work group' },
  ADMINISTRATOR_SEES_ALL: { status: 409, title: 'Administrators see all of their organization' },
  PARTNER_NUMBER_TAKEN: { status: 409, title: 'There is an organization with this partner number' },
  DEDICATED_ORGANIZATION_NEEDED: { status: 409, title: 'AWS Resell needs an organization dedicated to it' },
  REGULAR_ORGANIZATION_NEEDED: {
    status: 409,
    title: 'An organization dedicated to AWS Resell takes part in nothing else',
  },
  CHANGED_MEANWHILE: { status: 409, title: 'Somebody else has changed it meanwhile' },
  AWS_ACCOUNT_NEEDED: { status: 409, title: 'The contract has no AWS account yet' },
  AWS_ACCOUNT_TAKEN: { status: 409, title: 'The AWS account belongs to another contract' },
  PAYMENT_EXISTS: { status: 409, title: 'There is a payment of this reference already' },
  CREDIT_TOO_LOW: { status: 409, title: 'Less is left of the credit' },
  PAYMENT_TOO_HIGH: { status: 409, title: 'Less is open of the invoice' },
  CLOSE_RUNNING: { status: 409, title: 'A close of this period is running' },
  PERIOD_NOT_CLOSABLE: { status: 409, title: 'The period is not past its cutoff' },
  PERIOD_ALREADY_CLOSED: { status: 409, title: 'The period is closed' },
  NOTHING_TO_REDRIVE: { status: 409, title: 'Nothing is left to bill' },
  CLOSE_INCOMPLETE: { status: 409, title: 'The period has a close that is not complete' },
  ORDER_SEALED: { status: 409, title: 'The order is being billed' },
  USAGE_NOT_EDITABLE: { status: 409, title: 'The usage of this order comes from elsewhere' },
  USAGE_LINE_EXISTS: { status: 409, title: 'There is a line of this already' },
  USAGE_REPORTED: { status: 409, title: 'The order has usage' },
  NOT_ADJUSTABLE: { status: 409, title: 'The order can no longer be adjusted' },
  USAGE_TOO_OLD: { status: 409, title: 'The usage is too old to be billed' },
  ARREARS_STAND: { status: 409, title: 'Usage of the month, or of another, stands in the way' },
  USAGE_NOT_HERE: { status: 409, title: 'The usage belongs on another order' },
  USAGE_SUBMITTED: { status: 409, title: 'The usage is on an order that is submitted' },
  DELIVERY_EXISTS: { status: 409, title: 'There is a delivery of this number' },
  VELO_ORDER_EXISTS: { status: 409, title: 'There is an order of this sid and number' },
  CATALOGUE_ENTRY_FIXED: { status: 409, title: 'What charges depend on is never changed' },
  PRICE_LIST_EXISTS: { status: 409, title: 'A version of a price list is never changed' },
  REVISION_NEEDED: { status: 409, title: 'The request has to be revised first' },
  NOT_PRICED: { status: 409, title: 'There is no price for it yet' },
  PERIOD_FROZEN: { status: 409, title: 'The period is frozen' },
  TRANSITION_NOT_ALLOWED: { status: 409, title: 'Not possible in the present status' },
  CONTRACT_STATUS: { status: 409, title: 'Not possible in the present status of the contract' },
  CONTRACT_DELINQUENT: { status: 409, title: 'A report of the contract is missing' },
  NOT_OF_THIS_FAMILY: { status: 400, title: 'Not for contracts of this family' },
  COMMITMENT_BILLED: { status: 409, title: 'The commitment is billed' },
  NOT_LICENSED: { status: 409, title: 'Contracts of this family come without licences' },
  NOT_SWAPPABLE: { status: 409, title: 'Contracts of this family stay with their aggregator' },
  PREPAYMENT_LEFT: { status: 409, title: 'There is a prepaid balance' },
  NOT_CONSUMED: { status: 409, title: 'No usage of the product is reported yet' },
  REBATE_SHEET_FIXED: { status: 409, title: 'The quarter of the rebate sheet is over' },
  AUTOMATIC_REPORTING_OFF: { status: 409, title: 'The organization has not chosen automatic reporting' },
  USAGE_METERS_REGISTERED: { status: 409, title: 'The organization has registered usage meters' },
  THRESHOLD_EXCEEDED: { status: 409, title: 'The contract has spent more than its threshold' },
  SUBSCRIPTION_TERM: { status: 409, title: 'The term of the subscription, or of its contract, does not allow it' },
  REQUEST_OPEN: { status: 409, title: 'Another request of the contract is open' },
  E_INVOICE_NOT_POSSIBLE: { status: 409, title: 'There is no electronic invoice of the document' },
  EXPORT_RUNNING: { status: 409, title: 'An export of yours is underway' },
  REQUEST_IN_PROGRESS: { status: 409, title: 'The same request is being done' },
  ANSWER_LOST: { status: 409, title: 'The request was done, its answer is lost' },
  VERSION_MISMATCH: { status: 412, title: 'It was changed since' },
  BODY_TOO_LARGE: { status: 413, title: 'The request is too large' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'The media type is not supported' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, title: 'The idempotency key belongs to another request' },
  TRY_AGAIN: { status: 503, title: 'Try again' },
  INTERNAL: { status: 500, title: 'Something went wrong' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ProblemCode = keyof typeof PROBLEMS;

/** All codes, for answers that name one. */
export const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

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
