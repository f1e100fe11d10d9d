import { readFileSync } from 'node:fs';
import { functions } from '../../lambdas/manifest/functions.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { checkAsl } from '../support/asl-checks.ts';
import {
  policies,
  resource,
  resourcesOf,
  type StackKind,
  synthesize,
  text,
  withoutHash,
} from '../support/templates.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const definition = read('statemachines/billing-close.asl.json');

const { dev, prod } = synthesize('dev', 'prod');
const stacks = dev.templates;

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
    expect(Object.keys(called)).toHaveLength(13);
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

  test('whether a close is due is looked at daily at 02:00 UTC with the time of the schedule, and tried again', () => {
    expect(resource(stacks.close, 'AWS::Scheduler::Schedule', 'startClose').Properties).toMatchObject({
      ScheduleExpression: 'cron(0 2 * * ? *)',
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
    const functionOf = new Map(found as [string, string][]);
    const taken = new Set<string>();
    for (const route of Object.values(routes)) {
      const [key = ''] = [...functionOf.keys()]
        .filter((claimed) => isAskedBy(claimed, route))
        .toSorted((one, other) => exactness(other) - exactness(one));
      const name = `${route.function.charAt(0).toUpperCase()}${route.function.slice(1)}`;
      expect([route.path, key, functionOf.get(key)]).toEqual([route.path, key, `<${name}.Arn>`]);
      taken.add(key);
    }
    expect([...functionOf.keys()].filter((key) => !taken.has(key))).toEqual([]);
  });

  const isAskedBy = (claimed: string, { method, path }: { method: string; path: string }) => {
    const [of = '', whole = ''] = claimed.split(' ');
    const under = whole.endsWith('/{proxy+}') && path.startsWith(whole.slice(0, -'{proxy+}'.length));
    return (of === 'ANY' || of === method) && (whole === path || under);
  };
  // What the gateway prefers: a whole path to the beginning of one, a method to any.
  const exactness = (claimed: string) =>
    (claimed.endsWith('/{proxy+}') ? claimed.length : 10_000) + (claimed.startsWith('ANY ') ? 0 : 1000);

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
    expect(alarms).toHaveLength(13);
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
    expect(JSON.stringify(stacks).match(/"Fn::ImportValue"[^}]+|"Export"[^}]+/g)).toBeNull();
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
