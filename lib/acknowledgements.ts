import { type IAspect, Validations } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { rules } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** Wildcards that policies of the portal may contain, by what cdk-nag calls them, and why each is as narrow as can be. */
const WILDCARDS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^Resource::\*$/, 'X-Ray and the delivery of logs know no resources: AWS defines these actions for "*" only.'],
  [/^Resource::arn:aws:s3:::[^*]+\/(runs\/)?\*$/, 'Objects of one bucket, whose keys are made of ids at run time.'],
  [
    /^Resource::arn:aws:states:[^*]+:(execution|mapRun):[^*]+-billing-close(:|\/\*:)\*$/,
    'Executions of one state machine, which are named at run time.',
  ],
  [/^Resource::<\w+\.Arn>:\*$/, 'Versions of one function: a running close still calls those from before a deploy.'],
];

/** Acknowledges the wildcards above wherever they stand; any other remains a finding and stops the synthesis. */
export class ExplainedWildcards implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof CfnPolicy)) return;
    const findings = rules.iam.IAMNoWildcardPermissions(node);
    if (!Array.isArray(findings)) return;
    for (const finding of findings) {
      const [, reason] = WILDCARDS.find(([pattern]) => pattern.test(finding)) ?? [];
      if (reason) Validations.of(node).acknowledge({ id: `AwsSolutions-IAM5[${finding}]`, reason });
    }
  }
}
