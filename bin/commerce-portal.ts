import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { routes } from '../lambdas/manifest/routes.ts';
import { parseConfig } from '../lib/config.ts';
import { addPortal } from '../lib/portal-app.ts';

const app = new App();
const setting = (name: string): unknown => app.node.tryGetContext(name);
const config = parseConfig({ stage: setting('stage'), stages: setting('stages') }, process.env.CDK_DEFAULT_ACCOUNT);
addPortal(app, config, Object.values(routes));
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
