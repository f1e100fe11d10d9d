import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { PortalNames } from '../names.ts';

export type PortalAlarmProps = {
  names: PortalNames;
  topic: ITopic;
  /** Heading of its section in docs/operations.md, which is also the alarm's name: "Close failed". */
  title: string;
  /** What the business loses while this goes on: one whole sentence. */
  impact: string;
  metric: IMetric;
  /** The alarm goes off above this. */
  above: number;
  /** How many periods of the metric in a row.
   * @default 1 */
  periods?: number;
  /** What it means when the metric has no data.
   * @default NOT_BREACHING */
  missing?: TreatMissingData;
};

/** An alarm that says what it means for the business and where to read on. */
export class PortalAlarm extends Alarm {
  /** @throws Error when the impact is not a sentence. */
  constructor(scope: Construct, props: PortalAlarmProps) {
    const { names, topic, title, impact, metric, above, periods = 1, missing = TreatMissingData.NOT_BREACHING } = props;
    if (!/^[A-Z].{20,}\.$/.test(impact)) {
      throw new Error(`the alarm "${title}" must say its business impact in a sentence, not "${impact}"`);
    }
    const section = title.toLowerCase().replaceAll(' ', '-');
    super(scope, title.replaceAll(' ', ''), {
      alarmName: `${names.prefix}-${section}`,
      alarmDescription: `${impact} What to do: docs/operations.md#${section}`,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: missing,
    });
    this.addAlarmAction(new SnsAction(topic));
    this.addOkAction(new SnsAction(topic));
  }
}
