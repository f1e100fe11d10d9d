import { readFileSync } from 'node:fs';
import { functions } from '../../lambdas/manifest/functions.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { checkAsl } from '../support/asl-checks.ts';
import {
  policies,
  resource,
  resourcesOf,
  type StackKind,
  type SynthesizedStage,
  synthesize,
  text,
  withoutHash,
} from '../support/templates.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const definition = read('statemachines/billing-close.asl.json');

let dev: SynthesizedStage;
let prod: SynthesizedStage;
let stacks: SynthesizedStage['templates'];

beforeAll(() => {
  ({ dev, prod } = synthesize('dev', 'prod'));
  stacks = dev.templates;
});

describe('data', () => {
  test('the table is encrypted with our key, restorable, protected, kept, and named for good', () => {
    expect(stacks.data.Resources.Table).toMatchObject({
      Type: 'AWS::DynamoDB::GlobalTable',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: 'dev-commerce-portal',
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
            SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
          },
        ],
      },
    });
  });

  test('the table has its four indexes from the first deploy, each carrying the row of lists', () => {
    expect(stacks.data.Resources.Table?.Properties.GlobalSecondaryIndexes).toEqual(
      ['gsi1', 'gsi2', 'gsi3', 'gsi4'].map((name) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: `${name}pk`, KeyType: 'HASH' },
          { AttributeName: `${name}sk`, KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['row'] },
      })),
    );
  });

  test('what holds data or signs is kept under the logical id it was made with', () => {
    for (const logicalId of [
      'Table',
      'DocumentsBucket',
      'WorkBucket',
      'AccessLogsBucket',
      'DataKey',
      'SigningKey',
      'EventBus',
    ]) {
      expect(stacks.data.Resources[logicalId]).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
      });
    }
  });

  test.each([
    ['dev', 'GOVERNANCE'],
    ['prod', 'COMPLIANCE'],
  ] as const)('documents of %s are locked for ten years in %s mode', (stage, mode) => {
    const { data } = { dev, prod }[stage].templates;
    expect(data.Resources.DocumentsBucket?.Properties).toMatchObject({
      VersioningConfiguration: { Status: 'Enabled' },
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode, Days: 3653 } } },
    });
    expect(data.Resources.DocumentsBucket?.Properties).not.toHaveProperty('LifecycleConfiguration');
  });

  test('working files go after 90 days', () => {
    expect(stacks.data.Resources.WorkBucket?.Properties.LifecycleConfiguration).toMatchObject({
      Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }],
    });
  });

  test.each(['DocumentsBucket', 'WorkBucket'])('%s is encrypted with our key, private, and tells EventBridge', (id) => {
    expect(stacks.data.Resources[id]?.Properties).toMatchObject({
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          {
            ServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: { 'Fn::GetAtt': ['DataKey', 'Arn'] },
            },
          },
        ],
      },
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    });
  });

  test('every bucket refuses requests without TLS', () => {
    const buckets = resourcesOf(stacks.data, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(3);
    for (const [id] of buckets) {
      expect(resource(stacks.data, 'AWS::S3::BucketPolicy', id).Properties).toMatchObject({
        PolicyDocument: {
          Statement: expect.arrayContaining([
            expect.objectContaining({
              Effect: 'Deny',
              Action: 's3:*',
              Principal: { AWS: '*' },
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            }),
          ]),
        },
      });
    }
  });

  test('the data key is rotated by AWS and the signing key makes RS256 signatures', () => {
    expect(stacks.data.Resources.DataKey?.Properties.EnableKeyRotation).toBe(true);
    expect(stacks.data.Resources.SigningKey?.Properties).toMatchObject({
      KeySpec: 'RSA_2048',
      KeyUsage: 'SIGN_VERIFY',
    });
  });
});

describe('rights', () => {
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
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
    // Logs, traces, and putting aside a call that was given up.
    const ofRuntime = (action: string) => /^(logs|xray|sqs):/.test(action) || OF_DATA_KEY.includes(action);
    expect([...new Set(allowed.filter((action) => !ofRuntime(action)))].sort()).toEqual(
      [...new Set(Object.values(rights).flat() as string[])].sort(),
    );
  });
  const OF_DATA_KEY = [
    'kms:Decrypt',
    'kms:DescribeKey',
    'kms:Encrypt',
    'kms:GenerateDataKey',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
  ];

  test('no function that writes may change or delete items of the audit trail or the receivables ledger', () => {
    const writers = Object.entries({ ...policies(stacks.api), ...policies(stacks.close) }).filter(([, statements]) =>
      statements.some(({ Effect, Action }) => Effect === 'Allow' && Action.some((action) => WRITES.test(action))),
    );
    expect(writers.length).toBeGreaterThan(5);
    for (const [, statements] of writers) {
      expect(statements).toContainEqual({
        Effect: 'Deny',
        Action: expect.arrayContaining(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']),
        Resource: [expect.stringMatching(/:table\/dev-commerce-portal$/)],
        Condition: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['AUDIT#*', 'RECEIVABLES#*'] } },
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
});

describe('close', () => {
  test('the definition is sound', async () => {
    expect(await checkAsl(definition)).toEqual([]);
  });

  test('every placeholder of the definition is given, and every one given is used', () => {
    const machine = resource(stacks.close, 'AWS::StepFunctions::StateMachine');
    const used = new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    expect(Object.keys(machine.Properties.DefinitionSubstitutions as object).sort()).toEqual([...used].sort());
    expect(machine.Properties).toMatchObject({ StateMachineType: 'STANDARD', DefinitionString: definition });
  });

  test('the machine calls retained versions, so that a deploy changes nothing in a running close', () => {
    const { Properties } = resource(stacks.close, 'AWS::StepFunctions::StateMachine');
    const { WorkBucket, ...called } = Properties.DefinitionSubstitutions as Record<string, { Ref: string }>;
    expect(Object.keys(called)).toHaveLength(12);
    for (const { Ref } of Object.values(called)) {
      expect(stacks.close.Resources[Ref]).toMatchObject({ Type: 'AWS::Lambda::Version', DeletionPolicy: 'Retain' });
    }
  });

  test('the machine has the rights of a distributed map on itself and redrives nothing', () => {
    const statements = policies(stacks.close).BillingCloseRoleDefaultPolicy ?? [];
    const actions = statements.flatMap(({ Action }) => Action);
    expect(statements).toContainEqual({
      Effect: 'Allow',
      Action: ['states:StartExecution'],
      Resource: [expect.stringMatching(/:stateMachine:dev-commerce-portal-billing-close$/)],
    });
    expect(actions).toEqual(expect.arrayContaining(['s3:GetObject', 's3:PutObject', 'kms:GenerateDataKey']));
    expect(actions).not.toContain('states:RedriveExecution');
  });

  test('the close starts on day 10 at 02:00 UTC with the time it was scheduled for, and is tried again', () => {
    expect(resource(stacks.close, 'AWS::Scheduler::Schedule', 'startClose').Properties).toMatchObject({
      ScheduleExpression: 'cron(0 2 10 * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      Target: {
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 21600, MaximumRetryAttempts: 10 },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^DeadLetters/), 'Arn'] } },
      },
    });
  });
});

describe('functions', () => {
  test('all run on arm64 and Node 24, are traced, and keep their logs for 30 days', () => {
    const all = [stacks.api, stacks.close].flatMap((template) => resourcesOf(template, 'AWS::Lambda::Function'));
    expect(all).toHaveLength(Object.keys(functions).length);
    for (const [, { Properties }] of all) {
      expect(Properties).toMatchObject({
        Architectures: ['arm64'],
        Runtime: 'nodejs24.x',
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogGroup: { Ref: expect.any(String) } },
      });
    }
    for (const template of Object.values(stacks)) {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::Logs::LogGroup'))
        expect(Properties.RetentionInDays).toBe(30);
    }
  });

  test('no two functions are given the same code', () => {
    const code = [stacks.api, stacks.close]
      .flatMap((template) => resourcesOf(template, 'AWS::Lambda::Function'))
      .map(([, { Properties }]) => (Properties.Code as { S3Key: string }).S3Key);
    expect(new Set(code).size).toBe(code.length);
  });
});

describe('api', () => {
  test('every route of the manifest is there and goes to its function', () => {
    const integrations = stacks.api.Resources;
    const found = resourcesOf(stacks.api, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => {
      const [, integration = ''] = /<(\w+)>/.exec(rawText(Properties.Target)) ?? [];
      return [Properties.RouteKey, text(integrations[integration]?.Properties.IntegrationUri)];
    });
    const wanted = Object.values(routes).map((route) => [
      `${route.method} ${route.path}`,
      `<${route.function.charAt(0).toUpperCase()}${route.function.slice(1)}.Arn>`,
    ]);
    expect(found.sort()).toEqual(wanted.sort());
  });
  const rawText = (value: unknown) => JSON.stringify(value).replace(/\{"Ref":"(\w+)"\}/g, '<$1>');

  test('one permission a function lets the whole API in', () => {
    const inApi = Object.values(functions).filter(({ entry }) => entry.startsWith('lambdas/api/'));
    expect(resourcesOf(stacks.api, 'AWS::Lambda::Permission')).toHaveLength(inApi.length);
  });

  test('requests are throttled and written down', () => {
    expect(resource(stacks.api, 'AWS::ApiGatewayV2::Stage').Properties).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 200 },
      AccessLogSettings: { Format: expect.stringContaining('$context.routeKey') },
    });
  });
});

describe('observability', () => {
  test('every alarm says what it means, and has a section that says what to do', () => {
    const sections = [...read('docs/operations.md').matchAll(/^### (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const alarms = resourcesOf(stacks.observability, 'AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(9);
    for (const [, { Properties }] of alarms) {
      const [, section] =
        /^[A-Z].+\. What to do: docs\/operations\.md#([a-z-]+)$/.exec(String(Properties.AlarmDescription)) ?? [];
      expect(sections).toContain(section);
      expect(Properties.AlarmActions).toEqual([{ Ref: expect.stringMatching(/^Alarms/) }]);
    }
  });

  test('alarms are encrypted with a key that CloudWatch may use', () => {
    const topic = resource(stacks.observability, 'AWS::SNS::Topic');
    expect(text(topic.Properties.KmsMasterKeyId)).toBe('<AlarmKey.Arn>');
    expect(JSON.stringify(resource(stacks.observability, 'AWS::KMS::Key').Properties.KeyPolicy)).toContain(
      'cloudwatch.amazonaws.com',
    );
    expect(JSON.stringify(resource(stacks.observability, 'AWS::SNS::TopicPolicy').Properties)).toContain(
      'cloudwatch.amazonaws.com',
    );
  });
});

describe('as a whole', () => {
  test.each(['dev', 'prod'] as const)('cdk-nag has nothing to say about %s', (stage) => {
    expect({ dev, prod }[stage].findings).toEqual([]);
  });

  test('no stack is near the limits of CloudFormation and API Gateway', () => {
    for (const { Resources } of Object.values(stacks)) expect(Object.keys(Resources).length).toBeLessThan(0.9 * 500);
    expect(resourcesOf(stacks.api, 'AWS::ApiGatewayV2::Route').length).toBeLessThan(0.9 * 300);
    expect(resourcesOf(stacks.api, 'AWS::ApiGatewayV2::Integration').length).toBeLessThan(0.9 * 300);
  });

  test('stacks are joined by names and parameters, not by exports', () => {
    expect(JSON.stringify(stacks)).not.toMatch(/Fn::ImportValue|"Export"/);
  });

  test('resources and rights are those somebody has looked at', () => {
    expect((Object.keys(stacks) as StackKind[]).map(summary).join('\n\n')).toMatchSnapshot();
  });

  function summary(kind: StackKind): string {
    const resources = Object.entries(stacks[kind].Resources)
      .map(([id, { Type }]) => `${Type.replace('AWS::', '')} ${withoutHash(id)}`)
      .filter((line) => !/^(ApiGatewayV2::(Route|Integration)|Lambda::Permission|Logs::LogGroup|IAM::\w+) /.test(line));
    const rights = Object.entries(policies(stacks[kind])).map(([policy, statements]) => {
      const lines = statements.map(
        ({ Effect, Action, Resource }) => `  ${Effect} ${Action.sort().join(' ')} on ${shortened(Resource.join(' '))}`,
      );
      // What every function has.
      const own = lines.filter(
        (line) => !/Allow (xray:\S+ xray:\S+ on \*|logs:\S+ logs:\S+ on <\w+Log.Arn>)$/.test(line),
      );
      return [policy.replace('DefaultPolicy', ''), ...own].join('\n');
    });
    return [`# ${kind}`, ...resources.sort(), ...rights.sort()].join('\n');
  }

  function shortened(arns: string): string {
    return arns
      .replace(/arn:aws:\w+:[\w-]*:(<AWS::AccountId>)?:/g, '')
      .replaceAll(/(dev-commerce-portal-\w+)-<AWS::AccountId>-eu-central-1/g, '$1')
      .replaceAll(/table\/dev-commerce-portal\/index\/gsi1 .*gsi4/g, 'its indexes')
      .replaceAll(/<parameter commerceportaldev(\w+)>/g, '<$1>');
  }
});
