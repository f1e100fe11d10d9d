import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Dashboard, GraphWidget, type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import { METRICS_NAMESPACE, type MetricName } from '../lambdas/manifest/metrics.ts';
import { alarms, type Watched } from './alarms.ts';
import type { StageConfig } from './config.ts';
import { CONFIGURATION_SET_DIMENSION } from './constructs/mail-identity.ts';
import { PortalAlarm } from './constructs/portal-alarm.ts';
import { stateMachineArn } from './constructs/rights.ts';
import { type PortalNames, portalNames } from './names.ts';

/** Alarms, the budget, the dashboard, and where they tell somebody. */
export class ObservabilityStack extends Stack {
  private readonly names: PortalNames;

  constructor(scope: Construct, id: string, config: StageConfig, props: StackProps) {
    super(scope, id, { ...props, description: 'Commerce Portal: alarms and dashboard' });
    this.names = portalNames(config.stage);
    const topic = this.topic(config.alarmMail);
    const watched = this.watched();
    for (const alarm of alarms(watched, config)) new PortalAlarm(this, { names: this.names, topic, ...alarm });
    this.bouncedMail(topic);
    this.budget(config);
    this.dashboard(watched);
  }

  private topic(alarmMail: string): Topic {
    const masterKey = new Key(this, 'AlarmKey', {
      description: 'Encrypts the alarms of the Commerce Portal',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const topic = new Topic(this, 'Alarms', { topicName: `${this.names.prefix}-alarms`, masterKey, enforceSSL: true });
    // A topic with a policy of its own, as enforceSSL makes it, has lost the one that lets alarms in.
    const alarmsOfOurs = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
    });
    masterKey.grantEncryptDecrypt(alarmsOfOurs);
    topic.grantPublish(alarmsOfOurs);
    topic.addSubscription(new EmailSubscription(alarmMail));
    return topic;
  }

  private watched(): Watched {
    const { names } = this;
    const hour = Duration.hours(1);
    const fiveMinutes = Duration.minutes(5);
    const machine = { StateMachineArn: stateMachineArn(this, names) };
    const api = { ApiId: StringParameter.valueForStringParameter(this, names.parameter('api-id')) };
    const sum = (namespace: string, metricName: string, dimensionsMap: Record<string, string>, period: Duration) =>
      new Metric({ namespace, metricName, dimensionsMap, period, statistic: Stats.SUM });
    const own = (metricName: MetricName, period: Duration) =>
      new Metric({
        namespace: METRICS_NAMESPACE,
        metricName,
        dimensionsMap: { service: names.service },
        period,
        statistic: Stats.MAXIMUM,
      });
    const ofMachine = (metricName: string, period: Duration) => sum('AWS/States', metricName, machine, period);
    const total = (label: string, ...parts: IMetric[]) =>
      new MathExpression({
        label,
        expression: parts.map((_, index) => `FILL(part${index}, 0)`).join(' + '),
        usingMetrics: Object.fromEntries(parts.map((part, index) => [`part${index}`, part])),
        period: fiveMinutes,
      });
    const table = { TableName: names.table };
    return {
      started: ofMachine('ExecutionsStarted', hour),
      relayed: sum('AWS/Lambda', 'Invocations', { FunctionName: names.function('relayOutbox') }, hour),
      failed: total(
        'Closes that failed',
        ...['ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'].map((name) => ofMachine(name, fiveMinutes)),
      ),
      setAside: own('SetAsideOrders', fiveMinutes),
      unbilledAgeDays: own('UnbilledOrderAgeDays', Duration.hours(6)),
      outboxAgeSeconds: own('OutboxAgeSeconds', fiveMinutes),
      contractFailures: own('ContractFailures', fiveMinutes),
      programmeFailures: own('ProgrammeFailures', Duration.minutes(15)),
      meterFailures: own('MeterFailures', fiveMinutes),
      webhookFailures: own('WebhookFailures', fiveMinutes),
      deadLetters: new Metric({
        namespace: 'AWS/SQS',
        metricName: 'ApproximateNumberOfMessagesVisible',
        dimensionsMap: { QueueName: names.deadLetters },
        period: fiveMinutes,
        statistic: Stats.MAXIMUM,
      }),
      bounces: total(
        'Mails that bounced or were complained about',
        ...['Bounce', 'Complaint'].map((name) =>
          sum('AWS/SES', name, { [CONFIGURATION_SET_DIMENSION]: names.configurationSet }, fiveMinutes),
        ),
      ),
      serverErrors: sum('AWS/ApiGateway', '5xx', api, fiveMinutes),
      requests: sum('AWS/ApiGateway', 'Count', api, fiveMinutes),
      // Concurrency is shared by all functions of the account, and so is the number that were turned away.
      throttles: total(
        'Throttles',
        sum('AWS/Lambda', 'Throttles', {}, fiveMinutes),
        sum('AWS/DynamoDB', 'ReadThrottleEvents', table, fiveMinutes),
        sum('AWS/DynamoDB', 'WriteThrottleEvents', table, fiveMinutes),
      ),
    };
  }

  /** Tells who it was that mail could not reach; the alarm on bounces only counts. */
  private bouncedMail(topic: Topic): void {
    new Rule(this, 'BouncedMail', {
      ruleName: `${this.names.prefix}-bounced-mail`,
      description: 'Mail of the portal that was not delivered',
      eventPattern: {
        source: ['aws.ses'],
        detail: { mail: { tags: { [CONFIGURATION_SET_DIMENSION]: [this.names.configurationSet] } } },
      },
      targets: [
        new SnsTopic(topic, {
          message: RuleTargetInput.fromText(
            `${EventField.fromPath('$.detail-type')}: mail to ${EventField.fromPath('$.detail.mail.destination')} on ` +
              `${EventField.fromPath('$.time')}. What to do: docs/operations.md#mail-bounced`,
          ),
        }),
      ],
    });
  }

  private budget({ monthlyBudgetUsd, alarmMail }: StageConfig): void {
    const above = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
      subscribers: [{ subscriptionType: 'EMAIL', address: alarmMail }],
    });
    // The whole account: a filter by tag counts nothing until somebody activates the tag for billing.
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: this.names.prefix,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyBudgetUsd, unit: 'USD' },
      },
      notificationsWithSubscribers: [above('ACTUAL', 80), above('FORECASTED', 100)],
    });
  }

  private dashboard(watched: Watched): void {
    const graph = (title: string, ...left: IMetric[]) => new GraphWidget({ title, left, width: 12 });
    new Dashboard(this, 'Dashboard', {
      dashboardName: this.names.prefix,
      defaultInterval: Duration.days(7),
      widgets: [
        [graph('Closes', watched.started, watched.failed), graph('Orders set aside', watched.setAside)],
        [
          graph('Age of the oldest unbilled order, days', watched.unbilledAgeDays),
          graph('Age of the oldest waiting event, seconds', watched.outboxAgeSeconds),
        ],
        [
          graph('Requests and server errors', watched.requests, watched.serverErrors),
          graph('Throttles', watched.throttles),
        ],
        [graph('Mail that did not arrive', watched.bounces), graph('Dead letters', watched.deadLetters)],
        [
          graph('Contracts that something due has failed on', watched.contractFailures),
          graph('Billing orders that were missing or could not be made or opened', watched.programmeFailures),
          graph('Meters that something due has failed on', watched.meterFailures),
          graph('Events that could not be tried to be sent to a webhook', watched.webhookFailures),
        ],
      ],
    });
  }
}
