import { Duration } from 'aws-cdk-lib';
import { type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { StageConfig } from './config.ts';
import type { PortalAlarmProps } from './constructs/portal-alarm.ts';

/** What is watched, for alarms and the dashboard. */
export type Watched = Record<
  | 'started'
  | 'failed'
  | 'setAside'
  | 'unbilledAgeDays'
  | 'outboxAgeSeconds'
  | 'contractFailures'
  | 'programmeFailures'
  | 'meterFailures'
  | 'webhookFailures'
  | 'deadLetters'
  | 'bounces'
  | 'serverErrors'
  | 'requests'
  | 'throttles'
  | 'relayed',
  IMetric
>;

/** Every alarm; each has a section of its title in docs/operations.md. */
export function alarms(
  watched: Watched,
  { calendar: { cutoffDay, cutoffHour } }: StageConfig,
): Omit<PortalAlarmProps, 'names' | 'topic'>[] {
  return [
    {
      title: 'Close did not start',
      impact: 'Nobody is invoiced for last month until the close runs.',
      // In the hour of the cutoff, once the minute-by-minute relay shows that a quarter of it has passed.
      metric: new MathExpression({
        label: 'No close has started at the cutoff',
        expression:
          `IF(DATE(relayed) == ${cutoffDay} AND HOUR(relayed) == ${cutoffHour} ` +
          'AND relayed > 15 AND FILL(started, 0) < 1, 1, 0)',
        usingMetrics: { relayed: watched.relayed, started: watched.started },
        period: Duration.hours(1),
      }),
      above: 0,
    },
    {
      title: 'Close failed',
      impact: 'The close of a month has stopped half-way, so invoices, statements or mails of it are missing.',
      metric: watched.failed,
      above: 0,
    },
    {
      title: 'Orders set aside',
      impact: 'Some orders of the month were not invoiced and will not be until somebody mends and redrives them.',
      metric: watched.setAside,
      above: 0,
    },
    {
      title: 'Unbilled orders',
      impact: 'Usage that was due more than a month ago has still not been invoiced, which is revenue not collected.',
      metric: watched.unbilledAgeDays,
      above: 35,
    },
    {
      title: 'Events delayed',
      impact: 'Systems that follow our events know nothing of invoices that are already visible.',
      metric: watched.outboxAgeSeconds,
      above: 900,
      periods: 3,
      // The relay reports every minute, also when nothing waits: silence means that it doesn't run.
      missing: TreatMissingData.BREACHING,
    },
    {
      title: 'Contracts not kept up',
      impact: 'Contracts do not change, end or get their prepayment invoiced on the day they should.',
      metric: watched.contractFailures,
      above: 0,
      periods: 3,
      // It reports every five minutes, also when nothing is due: silence means that it doesn't run.
      missing: TreatMissingData.BREACHING,
    },
    {
      title: 'Billing orders missing',
      impact:
        'Contracts have no billing order of a month, or one that nobody can report on, so usage may not be billed.',
      // What the check of a period finds is told once. Three rounds report in that time: silence means that it doesn't run.
      metric: watched.programmeFailures,
      above: 0,
      missing: TreatMissingData.BREACHING,
    },
    {
      title: 'Meters not kept up',
      impact: 'Billing orders do not show what usage meters have reported, so parties review them without it.',
      metric: watched.meterFailures,
      above: 0,
      periods: 3,
      // It reports every five minutes, also when nothing is due: silence means that it doesn't run.
      missing: TreatMissingData.BREACHING,
    },
    {
      title: 'Webhooks not sent',
      impact: 'Systems of partners that follow our events by webhook know nothing of what has happened.',
      metric: watched.webhookFailures,
      above: 0,
      periods: 3,
      // It reports every minute, also when nothing is due: silence means that it doesn't run.
      missing: TreatMissingData.BREACHING,
    },
    {
      title: 'Dead letters',
      impact: 'A scheduled job was given up after all retries, so what it should have done is not done.',
      metric: watched.deadLetters,
      above: 0,
    },
    {
      title: 'Mail bounced',
      impact: 'A party was not told of its invoices, and its payment may come late.',
      metric: watched.bounces,
      above: 0,
    },
    {
      title: 'Server errors',
      impact: 'Partners and vendor staff get errors from the API for what they rightly ask.',
      metric: watched.serverErrors,
      above: 5,
    },
    {
      title: 'Throttles',
      impact: 'The close and the API run slower than they should because AWS turns requests away.',
      metric: watched.throttles,
      above: 50,
      periods: 3,
    },
  ];
}
