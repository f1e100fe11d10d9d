import * as z from 'zod';

const DomainSchema = z.strictObject({
  /** Host name of the API, such as `portal.example.com`. */
  name: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'must be a host name such as portal.example.com'),
  /** Certificate of the name, from Certificate Manager in the region of the stage. */
  certificateArn: z.string().startsWith('arn:', 'must be the ARN of a certificate'),
});

const VarianceSchema = z.strictObject({
  fewestMonths: z.int().min(1).max(6).default(3),
  percent: z
    .string()
    .regex(/^\d{1,5}(\.\d{1,4})?$/, 'must be a percentage of at most 4 decimals, as text')
    .default('50'),
});

/** Days of the month after the usage period, and the hour of the cutoff, all UTC. */
const CalendarSchema = z.strictObject({
  reminderDay: z.int().min(1).max(28).default(4),
  serviceProviderDueDay: z.int().min(1).max(28).default(5),
  aggregatorDueDay: z.int().min(1).max(28).default(8),
  cutoffDay: z.int().min(1).max(28).default(10),
  cutoffHour: z.int().min(0).max(23).default(2),
  cutoffPolicy: z.enum(['billAsReported', 'billMinimumCommit']).default('billAsReported'),
});

const StageSettingsSchema = z.strictObject({
  /**
   * Region of every stack.
   * @default eu-central-1
   */
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be an AWS region such as eu-central-1')
    .default('eu-central-1'),
  /** Address all mail of the portal comes from; its domain becomes an identity of SES. */
  senderAddress: z.email('must be a mail address'),
  /** Address that gets the alarms and the budget's notifications. */
  alarmMail: z.email('must be a mail address'),
  /**
   * Host name of the API with its certificate.
   * @default none: the API answers under the name API Gateway gives it
   */
  domain: DomainSchema.optional(),
  /**
   * Days of the programme (domain.md §3): the close starts on `cutoffDay` at `cutoffHour` UTC. It bills an order that nobody
   * has submitted or approved as reported, or with `billMinimumCommit` at the minimum alone.
   * @default 4, 5, 8, and 10 at 02:00, as reported
   */
  calendar: CalendarSchema.prefault({}),
  /**
   * Days from the invoice date to the due date.
   * @default 30
   */
  paymentDays: z.int().min(0).max(365).default(30),
  /**
   * From how many billed months on, and above which deviation in percent, a submitted order stands out from its contract's
   * last six months; an aggregator may set its own percentage.
   * @default 3 months, 50 %
   */
  variance: VarianceSchema.prefault({}),
  /**
   * Years during which nobody can delete or overwrite a version of a document.
   * @default 10
   */
  documentRetentionYears: z.int().min(1).max(30).default(10),
  /**
   * COMPLIANCE: not even the account's root user can shorten the retention; for stages with real invoices.
   * @default GOVERNANCE: someone with the right to bypass it can
   */
  objectLock: z.enum(['COMPLIANCE', 'GOVERNANCE']).default('GOVERNANCE'),
  /**
   * Counts the keys that have signed bearer tokens: one more makes a new key.
   * @default 1
   */
  signingKeyGeneration: z.int().min(1).default(1),
  /**
   * When the present key takes over, a few minutes after the deploy that makes it: tokens of the one before are accepted
   * until 30 minutes later.
   * @default none, as long as there is but one generation
   */
  signingKeyRotated: z.iso.datetime('must be a time in UTC such as 2027-01-31T09:30:00Z').optional(),
  /**
   * Whether people may also sign in with codes mailed to them, without the user pool and its second factor.
   * @default false
   */
  mailedCodes: z.boolean().default(false),
  /**
   * Spending of the account per month that makes a notification, in USD.
   * @default 100
   */
  monthlyBudgetUsd: z.number().positive().default(100),
  /**
   * Requests per second the API takes, and how many may come at once.
   * @default 100 and 200
   */
  requestsPerSecond: z.int().positive().default(100),
  requestBurst: z.int().positive().default(200),
});

const ContextSchema = z.object({
  stage: z.string().regex(/^[a-z][a-z0-9]{1,7}$/, 'must be 2 to 8 small letters and digits'),
  stages: z.record(z.string(), z.unknown()),
});

/** Settings of one stage, complete; `account` is undefined while nobody is signed in to AWS. */
export type StageConfig = z.infer<typeof StageSettingsSchema> & { stage: string; account: string | undefined };

/**
 * Reads the settings of a stage.
 * @param context `stage` and `stages` of cdk.json, or of `-c stage=…` on the command line.
 * @param account the account that is deployed to, when it is known.
 * @throws Error naming every setting that is wrong and where it stands.
 */
export function parseConfig(context: { stage: unknown; stages: unknown }, account?: string): StageConfig {
  const { stage, stages } = parsed(ContextSchema, context, 'cdk.json, context');
  const settings = stages[stage];
  if (settings === undefined) {
    throw new Error(
      `cdk.json has no stage "${stage}" (it has ${Object.keys(stages).join(', ')}): add it to context.stages or choose one with -c stage=…`,
    );
  }
  const config = {
    ...parsed(StageSettingsSchema, settings, `cdk.json, context.stages.${stage}`),
    stage,
    account: account || undefined,
  };
  if (config.signingKeyGeneration > 1 && config.signingKeyRotated === undefined) {
    throw new Error(
      `cdk.json, context.stages.${stage}: signingKeyRotated is needed beside signingKeyGeneration ${config.signingKeyGeneration}, see docs/operations.md#rotate-the-keys`,
    );
  }
  if (stage === 'prod' && config.objectLock !== 'COMPLIANCE') {
    throw new Error(
      'cdk.json, context.stages.prod: objectLock must be COMPLIANCE, invoices of prod can never be deleted',
    );
  }
  return config;
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
  throw new Error(`${where}: ${problems.join('; ')}`);
}
