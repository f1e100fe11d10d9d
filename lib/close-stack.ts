import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps, TimeZone, Validations } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { type FunctionName, functions } from '../lambdas/manifest/functions.ts';
import type { StageConfig } from './config.ts';
import { domainOf } from './constructs/mail-identity.ts';
import { PortalFunction } from './constructs/portal-function.ts';
import { dataKeyStatements, type PortalResources, portalArns } from './constructs/rights.ts';
import { functionsIn, portalNames } from './names.ts';

const DEFINITION_FILE = join(import.meta.dirname, '..', 'statemachines', 'billing-close.asl.json');

/** Functions the state machine calls by a placeholder: `${RateBatch}` is the function rateBatch. */
function placeholdersIn(definition: string): string[] {
  return [...new Set([...definition.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name ?? ''))];
}

/** The monthly close: its functions, its state machine, its schedule. */
export class CloseStack extends Stack {
  private readonly resources: PortalResources;
  private readonly arns: ReturnType<typeof portalArns>;

  constructor(scope: Construct, id: string, config: StageConfig, props: StackProps) {
    super(scope, id, { ...props, description: 'Commerce Portal: the monthly close' });
    const names = portalNames(config.stage);
    this.resources = {
      names,
      dataKeyId: StringParameter.valueForStringParameter(this, names.parameter('data-key-id')),
      secretsKeyId: StringParameter.valueForStringParameter(this, names.parameter('secrets-key-id')),
      senderDomain: domainOf(config.senderAddress),
    };
    this.arns = portalArns(this, this.resources);
    const closeFunctions = this.functions(config);
    this.stateMachine(closeFunctions);
    this.schedules(config, closeFunctions);
  }

  private functions(config: StageConfig): Map<FunctionName, PortalFunction> {
    const { names } = this.resources;
    const environment = {
      TABLE_NAME: names.table,
      DOCUMENTS_BUCKET: names.bucket('documents', this.account, this.region),
      WORK_BUCKET: names.bucket('work', this.account, this.region),
      EVENT_BUS_NAME: names.eventBus,
      STATE_MACHINE_ARN: this.arns.stateMachine,
      SENDER_ADDRESS: config.senderAddress,
      MAIL_CONFIGURATION_SET: names.configurationSet,
      ...(this.resources.secretsKeyId !== undefined && { SECRETS_KEY_ID: this.resources.secretsKeyId }),
      PORTAL_URL: StringParameter.valueForStringParameter(this, names.parameter('portal-url')),
    };
    return new Map(
      functionsIn('close', 'jobs').map((name) => [
        name,
        new PortalFunction(this, { name, config, environment, resources: this.resources }),
      ]),
    );
  }

  private stateMachine(closeFunctions: Map<FunctionName, PortalFunction>): void {
    const { names } = this.resources;
    const definition = readFileSync(DEFINITION_FILE, 'utf8');
    const called = placeholdersIn(definition)
      .filter((placeholder) => placeholder !== 'WorkBucket')
      .map((placeholder) => [placeholder, functionOf(placeholder, closeFunctions)] as const);
    // Versions, not functions: a close that is running ends with the code it began with.
    const versions = called.map(([placeholder, one]) => [placeholder, one.currentVersion.functionArn]);
    const machine = new StateMachine(this, 'BillingClose', {
      stateMachineName: names.stateMachine,
      stateMachineType: StateMachineType.STANDARD,
      definitionBody: DefinitionBody.fromString(definition),
      definitionSubstitutions: {
        ...Object.fromEntries(versions),
        WorkBucket: names.bucket('work', this.account, this.region),
      },
      tracingEnabled: true,
      logs: {
        // Under this prefix deliveries share one resource policy, of which an account has ten.
        destination: new LogGroup(this, 'BillingCloseLog', {
          logGroupName: `/aws/vendedlogs/states/${names.stateMachine}`,
          retention: RetentionDays.ONE_MONTH,
          removalPolicy: RemovalPolicy.DESTROY,
        }),
        level: LogLevel.ALL,
        // Inputs and results name parties; whoever needs them reads the run's files in the work bucket.
        includeExecutionData: false,
      },
    });
    for (const statement of this.machineStatements(called.map(([, one]) => one))) machine.addToRolePolicy(statement);
    new CfnOutput(this, 'StateMachineArn', { value: machine.stateMachineArn, description: 'The monthly close' });
  }

  /** CDK infers no rights from a definition in a file: these are what its states need, and no RedriveExecution. */
  private machineStatements(called: PortalFunction[]): PolicyStatement[] {
    return [
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        // All versions: a running close calls the ones of before the deploy that rewrites this policy.
        resources: called.map((one) => `${one.functionArn}:*`),
      }),
      new PolicyStatement({ actions: ['states:StartExecution'], resources: [this.arns.stateMachine] }),
      new PolicyStatement({
        actions: ['states:DescribeExecution', 'states:StopExecution'],
        resources: [this.arns.executions, this.arns.mapExecutions],
      }),
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject', 's3:ListMultipartUploadParts', 's3:AbortMultipartUpload'],
        resources: [`${this.arns.work}/runs/*`],
      }),
      ...dataKeyStatements(this, this.arns.dataKey, true),
    ];
  }

  private schedules(config: StageConfig, closeFunctions: Map<FunctionName, PortalFunction>): void {
    const { names } = this.resources;
    const deadLetterQueue = new Queue(this, 'DeadLetters', {
      queueName: names.deadLetters,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(deadLetterQueue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of schedules and asynchronous calls, which the rule does not look at.',
    });
    const schedule = (name: FunctionName, expression: ScheduleExpression, retryFor: Duration) => {
      const one = functionOf(name, closeFunctions);
      // The scheduler only hands over: what the function then fails at is Lambda's to retry and to put aside.
      one.configureAsyncInvoke({
        retryAttempts: 2,
        maxEventAge: retryFor,
        onFailure: new SqsDestination(deadLetterQueue),
      });
      new Schedule(this, `${name}Schedule`, {
        scheduleName: names.function(name),
        description: functions[name].purpose,
        schedule: expression,
        target: new LambdaInvoke(one, {
          input: ScheduleTargetInput.fromObject({ scheduledTime: ContextAttribute.scheduledTime }),
          retryAttempts: 10,
          maxEventAge: retryFor,
          deadLetterQueue,
        }),
      });
    };
    // Daily, so that a start that was missed is made up for. The period is taken from the schedule's own time: a call that
    // comes late closes the right month all the same.
    schedule(
      'startClose',
      ScheduleExpression.cron({
        minute: '0',
        hour: String(config.calendar.cutoffHour),
        timeZone: TimeZone.ETC_UTC,
      }),
      Duration.hours(6),
    );
    schedule('relayOutbox', ScheduleExpression.rate(Duration.minutes(1)), Duration.minutes(1));
    schedule('deliverWebhooks', ScheduleExpression.rate(Duration.minutes(1)), Duration.minutes(1));
    schedule('programmeDay', ScheduleExpression.rate(Duration.minutes(5)), Duration.minutes(5));
    schedule('usageFiles', ScheduleExpression.rate(Duration.minutes(1)), Duration.minutes(1));
    this.uploads(functionOf('usageFiles', closeFunctions), deadLetterQueue);
    schedule('exports', ScheduleExpression.rate(Duration.minutes(1)), Duration.minutes(1));
    schedule('contractDay', ScheduleExpression.rate(Duration.minutes(5)), Duration.minutes(5));
    schedule('dealDay', ScheduleExpression.rate(Duration.hours(1)), Duration.hours(1));
    schedule('meterDay', ScheduleExpression.rate(Duration.minutes(5)), Duration.minutes(5));
  }

  /** Files of usage are validated when they are there. */
  private uploads(validates: PortalFunction, deadLetterQueue: Queue): void {
    const { names } = this.resources;
    new Rule(this, 'UploadedRule', {
      ruleName: names.function('usageFiles'),
      description: 'A file of usage was uploaded',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [names.bucket('work', this.account, this.region)] },
          object: { key: [{ wildcard: 'uploads/*/source' }] },
        },
      },
      targets: [new LambdaFunction(validates, { deadLetterQueue, retryAttempts: 3, maxEventAge: Duration.hours(1) })],
    });
  }
}

function functionOf(name: string, known: Map<FunctionName, PortalFunction>): PortalFunction {
  const one = known.get(`${name.charAt(0).toLowerCase()}${name.slice(1)}` as FunctionName);
  if (!one)
    throw new Error(
      `${DEFINITION_FILE} calls \${${name}}, which lambdas/manifest/functions.ts doesn't define for the close`,
    );
  return one;
}
