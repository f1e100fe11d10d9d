import type { Period } from '../../../lambdas/domain/calendar/period.ts';
import { functions } from '../../../lambdas/manifest/functions.ts';
import { keys } from '../../../lambdas/stores/keys.ts';
import { policies, synthesize } from '../../support/templates.ts';

/** Where the stores put what is only ever added. */
const APPEND_ONLY = [keys.audit('', '').pk, keys.receivables('' as Period, 0), keys.prepaymentEntry('', 0).pk].map(
  (pk) => pk.slice(0, pk.indexOf('#') + 1),
);

const { templates: stacks } = synthesize('dev').dev;

/** Every wildcard there may be, and why there is none narrower. */
const EXPLAINED = [
  [/^\*$/, ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets']],
  [
    /^\*$/,
    [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ],
  ],
  [/^arn:aws:s3:::dev-commerce-portal-(documents|work)-[^*]+\/\*$/, ['s3:GetObject', 's3:PutObject']],
  [
    /^arn:aws:s3:::dev-commerce-portal-work-[^*]+\/runs\/\*$/,
    ['s3:GetObject', 's3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'],
  ],
  [
    /:execution:dev-commerce-portal-billing-close(\/\*)?:\*$/,
    ['states:DescribeExecution', 'states:StopExecution', 'states:ListMapRuns'],
  ],
  [/:mapRun:dev-commerce-portal-billing-close\/\*:\*$/, ['states:DescribeMapRun']],
  [/^<\w+\.Arn>:\*$/, ['lambda:InvokeFunction']],
] as const;

test('no policy has a wildcard beyond the explained ones', () => {
  for (const template of Object.values(stacks)) {
    for (const [policy, statements] of Object.entries(policies(template))) {
      for (const { Effect, Action, Resource } of statements.filter((each) => each.Effect === 'Allow')) {
        expect({ policy, Effect, wildcards: Action.filter((action) => action.includes('*')) }).toMatchObject({
          wildcards: [],
        });
        for (const on of Resource.filter((each) => each.includes('*'))) {
          const explained = EXPLAINED.filter(([pattern]) => pattern.test(on)).flatMap(([, actions]) => [...actions]);
          expect({
            policy,
            on,
            unexplained: Action.filter((action) => !explained.includes(action as never)),
          }).toMatchObject({
            unexplained: [],
          });
        }
      }
    }
  }
});

test.each(Object.entries(functions))('%s may do exactly what the manifest says', (name, { rights, entry }) => {
  const stack = entry.startsWith('lambdas/api/') ? stacks.api : stacks.close;
  const statements = policies(stack)[`${name.charAt(0).toUpperCase()}${name.slice(1)}RoleDefaultPolicy`] ?? [];
  // The data key is used through the table and the buckets alone; the key of secrets is used by itself.
  const isOfDataKey = ({ Condition }: (typeof statements)[number]) =>
    JSON.stringify(Condition ?? '').includes('kms:ViaService');
  const allowed = statements
    .filter((statement) => statement.Effect === 'Allow' && !isOfDataKey(statement))
    .flatMap(({ Action }) => Action);
  // Logs, traces, and putting aside a call that was given up.
  const ofRuntime = (action: string) => /^(logs|xray|sqs):/.test(action);
  expect([...new Set(allowed.filter((action) => !ofRuntime(action)))].sort()).toEqual(
    [...new Set(Object.values(rights).flat() as string[])].sort(),
  );
});

test('no function that writes may change or delete items of the audit trail and the ledgers', () => {
  const writers = Object.entries({ ...policies(stacks.api), ...policies(stacks.close) }).filter(([, statements]) =>
    statements.some(({ Effect, Action }) => Effect === 'Allow' && Action.some((action) => WRITES.test(action))),
  );
  expect(writers.length).toBeGreaterThan(5);
  for (const [, statements] of writers) {
    expect(statements).toContainEqual({
      Effect: 'Deny',
      Action: expect.arrayContaining(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']),
      Resource: [expect.stringMatching(/:table\/dev-commerce-portal$/)],
      Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': APPEND_ONLY.map((pk) => `${pk}*`) } },
    });
  }
});
const WRITES = /^dynamodb:(Put|Update|Delete|BatchWrite)/;

test('only the sign-in may sign bearer tokens', () => {
  const signers = Object.entries(policies(stacks.api)).filter(([, statements]) =>
    statements.some(({ Action }) => Action.includes('kms:Sign')),
  );
  expect(signers.map(([policy]) => policy)).toEqual(['AuthApiRoleDefaultPolicy']);
});

test('only what shows licence keys, keeps webhooks and sends them, and sends invitations may read secrets', () => {
  const readers = Object.entries({ ...policies(stacks.api), ...policies(stacks.close) }).filter(([, statements]) =>
    statements.some(
      ({ Action, Condition }) =>
        Action.includes('kms:Decrypt') && !JSON.stringify(Condition ?? '').includes('ViaService'),
    ),
  );
  expect(readers.map(([policy]) => policy).sort()).toEqual([
    'ContractDayRoleDefaultPolicy',
    'DeliverWebhooksRoleDefaultPolicy',
    'OneOffOrdersApiRoleDefaultPolicy',
    'UsersApiRoleDefaultPolicy',
    'WebhooksApiRoleDefaultPolicy',
  ]);
});
