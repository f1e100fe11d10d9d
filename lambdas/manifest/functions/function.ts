export { RENDERED_FOLDER } from '../../domain/invoice/document-forms.ts';

const ENVIRONMENT_KEYS = [
  'TABLE_NAME',
  'DOCUMENTS_BUCKET',
  'WORK_BUCKET',
  'EVENT_BUS_NAME',
  'STATE_MACHINE_ARN',
  'SENDER_ADDRESS',
  'MAIL_CONFIGURATION_SET',
  'PORTAL_URL',
  'SIGNING_KEY_ID',
  'SECRETS_KEY_ID',
  'TRUSTED_ISSUER',
  'TRUSTED_CLIENT_ID',
  'MAILED_CODES',
] as const;

/** Environment of a function, named as the configuration reads it. */
export type EnvironmentKey = (typeof ENVIRONMENT_KEYS)[number];

/** Those that the function does not have. */
export const absentEnvironment = ({ environment }: Pick<FunctionDefinition, 'environment'>): EnvironmentKey[] =>
  ENVIRONMENT_KEYS.filter((key) => !environment.includes(key));

/** AWS actions a function may call, by the thing it calls them on. */
export type Rights = {
  table?: readonly string[];
  documents?: readonly string[];
  /** On what is rendered among the documents (RENDERED_FOLDER), beside rights on all of them. */
  rendered?: readonly string[];
  work?: readonly string[];
  eventBus?: readonly string[];
  mail?: readonly string[];
  executions?: readonly string[];
  signingKey?: readonly string[];
  secretsKey?: readonly string[];
};

export type FunctionDefinition = {
  /** Module whose `handler` is the function. */
  entry: string;
  purpose: string;
  memoryMb: number;
  timeoutSeconds: number;
  environment: readonly EnvironmentKey[];
  /** Of the API: paths that the gateway hands over whole, with all that is under them (gateway-routes.ts). */
  paths?: readonly string[];
  /**
   * Of the API: a method (or ANY) and a path, "GET /api/x": what lies there and under it that is no route of another function.
   */
  rest?: readonly string[];
  rights: Rights;
  /** Whether the function renders PDFs and therefore carries the fonts. */
  fonts?: boolean;
};

export const GET = 's3:GetObject';
export const PUT = 's3:PutObject';
// Without it S3 answers 403, not 404, for an object that isn't there.
export const LIST = 's3:ListBucket';
export const COMMON = ['TABLE_NAME', 'DOCUMENTS_BUCKET', 'WORK_BUCKET'] as const satisfies readonly EnvironmentKey[];
/** Of a function that sends mail. */
export const MAIL = ['SENDER_ADDRESS', 'MAIL_CONFIGURATION_SET'] as const satisfies readonly EnvironmentKey[];
/** Of a function of the API that reads documents. */
export const WITH_DOCUMENTS = [
  'TABLE_NAME',
  'DOCUMENTS_BUCKET',
  'SIGNING_KEY_ID',
  'PORTAL_URL',
] as const satisfies readonly EnvironmentKey[];
/** What reading the table takes. */
export const READS = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'] as const;
/** What changing what is in it takes too. */
export const CHANGES = [...READS, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:ConditionCheckItem'] as const;
