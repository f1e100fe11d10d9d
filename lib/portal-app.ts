import { type App, Aspects, Tags } from 'aws-cdk-lib';
import type { GatewayRoute } from '../lambdas/manifest/gateway-routes.ts';
import { ExplainedWildcards } from './acknowledgements.ts';
import { ApiStack } from './api-stack.ts';
import { CloseStack } from './close-stack.ts';
import type { StageConfig } from './config.ts';
import { DataStack } from './data-stack.ts';
import { portalNames } from './names.ts';
import { ObservabilityStack } from './observability-stack.ts';

/** The stacks of a stage, in the order they are deployed: each reads parameters that the one before has written. */
export function addPortal(app: App, config: StageConfig, routes: readonly GatewayRoute[]) {
  const names = portalNames(config.stage);
  const { region, account } = config;
  const props = { env: { region, ...(account && { account }) } };
  const data = new DataStack(app, names.stack('data'), config, props);
  const api = new ApiStack(app, names.stack('api'), config, routes, props);
  const close = new CloseStack(app, names.stack('close'), config, props);
  const observability = new ObservabilityStack(app, names.stack('observability'), config, props);
  api.addStackDependency(data);
  close.addStackDependency(api);
  observability.addStackDependency(close);
  Aspects.of(app).add(new ExplainedWildcards());
  Tags.of(app).add('project', 'commerce-portal');
  Tags.of(app).add('stage', config.stage);
  return { data, api, close, observability };
}
