import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { routes } from '../../lambdas/manifest/routes.ts';
import { parseConfig } from '../../lib/config.ts';
import { addPortal } from '../../lib/portal-app.ts';

// Synthesizes each stage given (those of cdk.json, and one whose signing key was rotated), without bundling, and prints its templates and findings as JSON. A program of its own:
// CDK takes five times as long to load inside of Jest.

const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

const settings = {
  ...context.stages,
  rotated: { ...context.stages.dev, signingKeyGeneration: 3, signingKeyRotated: '2027-01-31T09:30:00Z' },
};

const stages = process.argv.slice(2).map((stage) => {
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const stacks = addPortal(app, parseConfig({ stage, stages: settings }), Object.values(routes));
  const assembly = app.synth();
  const templates = Object.entries(stacks).map(([kind, { stackName }]) => [
    kind,
    assembly.getStackByName(stackName).template,
  ]);
  const findings = new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.map(({ ruleName, violatingResources }) => ({
      rule: ruleName,
      resources: violatingResources.map(({ constructPath }) => constructPath),
    }));
  return [stage, { templates: Object.fromEntries(templates), findings }];
});
console.log(JSON.stringify(Object.fromEntries(stages)));
