import { dirname, join } from 'node:path';
import { AssetHashType, DockerImage, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type AssetCode,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { EnvironmentKey, FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import { METRICS_NAMESPACE } from '../../lambdas/manifest/metrics.ts';
import { bundle, FONTS_FOLDER } from '../bundle.ts';
import type { StageConfig } from '../config.ts';
import { type PortalResources, policyStatements } from './rights.ts';

const ROOT = join(import.meta.dirname, '..', '..');

type PortalFunctionProps = {
  name: FunctionName;
  resources: PortalResources;
  config: StageConfig;
  /** Values of the environment that the stack knows; the function gets those the manifest names. */
  environment: Partial<Record<EnvironmentKey, string>>;
};

/**
 * A function of the manifest: its code bundled for Node 24 on arm64, its environment, and a role that may do what the
 * manifest says and write its own log.
 */
export class PortalFunction extends LambdaFunction {
  constructor(scope: Construct, { name, resources, config, environment }: PortalFunctionProps) {
    const definition: FunctionDefinition = functions[name];
    const functionName = resources.names.function(name);
    const id = name.charAt(0).toUpperCase() + name.slice(1);
    const logGroup = new LogGroup(scope, `${id}Log`, {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own: the managed policy for logging allows every log group of the account.
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: definition.purpose,
    });
    super(scope, id, {
      functionName,
      description: definition.purpose,
      code: bundledCode(definition),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: definition.memoryMb,
      timeout: Duration.seconds(definition.timeoutSeconds),
      tracing: Tracing.ACTIVE,
      role,
      logGroup,
      environment: {
        ...environmentOf(name, definition, environment),
        ...runtimeEnvironment(definition, resources, config),
      },
      // A version that the running close may still call outlives the deploy that replaces it.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    logGroup.grantWrite(role);
    for (const statement of policyStatements(Stack.of(scope), definition.rights, resources))
      role.addToPolicy(statement);
  }
}

function environmentOf(
  name: FunctionName,
  { environment }: FunctionDefinition,
  known: PortalFunctionProps['environment'],
): Record<string, string> {
  return Object.fromEntries(
    environment.map((key) => {
      const value = known[key];
      if (value === undefined) throw new Error(`${name} needs ${key}, which its stack doesn't know`);
      return [key, value];
    }),
  );
}

function runtimeEnvironment(
  { fonts }: FunctionDefinition,
  { names }: PortalResources,
  { calendar, paymentDays, variance, cutoffPolicy }: StageConfig,
): Record<string, string> {
  return {
    PROGRAMME_CALENDAR: JSON.stringify(calendar),
    PAYMENT_DAYS: String(paymentDays),
    VARIANCE: JSON.stringify(variance),
    CUTOFF_POLICY: cutoffPolicy,
    NODE_OPTIONS: '--enable-source-maps',
    POWERTOOLS_SERVICE_NAME: names.service,
    POWERTOOLS_METRICS_NAMESPACE: METRICS_NAMESPACE,
    ...(fonts && { FONTS_FOLDER: `/var/task/${FONTS_FOLDER}` }),
  };
}

/**
 * The code of a function, bundled when the stack is synthesized. With esbuild called in this process: NodejsFunction
 * starts npx for each function, which takes three times as long as all else together, and hooks through a shell.
 */
function bundledCode(definition: FunctionDefinition): AssetCode {
  return Code.fromAsset(join(ROOT, dirname(definition.entry)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('not used: the bundling below never fails over to Docker'),
      // Tells functions apart: CDK bundles a folder once for each set of options it can compare.
      command: [definition.entry],
      local: {
        tryBundle(folder) {
          bundle(definition, folder);
          return true;
        },
      },
    },
  });
}
