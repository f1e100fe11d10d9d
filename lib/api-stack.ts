import { CfnOutput, RemovalPolicy, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  DomainName,
  HttpApi,
  type HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { FunctionName } from '../lambdas/manifest/functions.ts';
import { type GatewayRoute, gatewayRoutes } from '../lambdas/manifest/gateway-routes.ts';
import type { StageConfig } from './config.ts';
import { domainOf } from './constructs/mail-identity.ts';
import { PortalFunction } from './constructs/portal-function.ts';
import { type PortalResources, portalArns } from './constructs/rights.ts';
import { functionsIn, type ParameterName, type PortalNames, portalNames } from './names.ts';

/** The HTTP API: one function per resource, many routes each. Callers are checked in the functions, as they are locally. */
export class ApiStack extends Stack {
  private readonly names: PortalNames;

  constructor(scope: Construct, id: string, config: StageConfig, routes: readonly GatewayRoute[], props: StackProps) {
    super(scope, id, { ...props, description: 'Commerce Portal: HTTP API' });
    this.names = portalNames(config.stage);
    const api = new HttpApi(this, 'Api', {
      apiName: this.names.prefix,
      createDefaultStage: false,
      disableExecuteApiEndpoint: config.domain !== undefined,
    });
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'Bearer tokens are verified in the functions, by the code that also verifies them locally.',
    });
    const url = config.domain
      ? `https://${config.domain.name}`
      : `https://${api.apiId}.execute-api.${this.region}.${this.urlSuffix}`;
    this.routes(api, url, config, routes);
    this.stage(api, config);
    new StringParameter(this, 'ApiId', { parameterName: this.names.parameter('api-id'), stringValue: api.apiId });
    new StringParameter(this, 'PortalUrlParameter', {
      parameterName: this.names.parameter('portal-url'),
      stringValue: url,
    });
    new CfnOutput(this, 'PortalUrl', { value: url, description: 'Where the API answers' });
  }

  private routes(api: HttpApi, url: string, config: StageConfig, routes: readonly GatewayRoute[]): void {
    const { names } = this;
    const parameter = (name: ParameterName) => StringParameter.valueForStringParameter(this, names.parameter(name));
    const { signingKeyGeneration, signingKeyRotated } = config;
    const signingKeyId = parameter('signing-key-id');
    const previousSigningKeyId = signingKeyGeneration > 1 ? parameter('previous-signing-key-id') : undefined;
    const resources: PortalResources = {
      names,
      signingKeyId,
      ...(previousSigningKeyId !== undefined && { previousSigningKeyId }),
      secretsKeyId: parameter('secrets-key-id'),
      dataKeyId: parameter('data-key-id'),
      senderDomain: domainOf(config.senderAddress),
    };
    const environment = {
      TABLE_NAME: names.table,
      DOCUMENTS_BUCKET: names.bucket('documents', this.account, this.region),
      WORK_BUCKET: names.bucket('work', this.account, this.region),
      STATE_MACHINE_ARN: portalArns(this, resources).stateMachine,
      SIGNING_KEY_ID: previousSigningKeyId
        ? `${signingKeyId},${previousSigningKeyId}@${signingKeyRotated}`
        : signingKeyId,
      SECRETS_KEY_ID: parameter('secrets-key-id'),
      PORTAL_URL: url,
      TRUSTED_ISSUER: parameter('trusted-issuer'),
      TRUSTED_CLIENT_ID: parameter('trusted-client-id'),
      MAILED_CODES: String(config.mailedCodes),
      SENDER_ADDRESS: config.senderAddress,
      MAIL_CONFIGURATION_SET: names.configurationSet,
    };
    const known = gatewayRoutes(routes);
    const handlers = new Map<FunctionName, PortalFunction>();
    for (const name of functionsIn('api')) {
      const handler = new PortalFunction(this, { name, config, environment, resources });
      handlers.set(name, handler);
      // One permission for the whole API: a function's policy has room for about 60 routes.
      const integration = new HttpLambdaIntegration(`${name}Integration`, handler, { scopePermissionToRoute: false });
      for (const route of known.filter((each) => each.function === name)) {
        api.addRoutes({ path: route.path, methods: [route.method as HttpMethod], integration });
      }
    }
    signLast(handlers);
  }

  private stage(api: HttpApi, { domain, requestsPerSecond, requestBurst }: StageConfig): void {
    const stage = new HttpStage(this, 'Stage', {
      httpApi: api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: requestBurst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            logGroupName: `/aws/vendedlogs/apis/${this.names.prefix}`,
            retention: RetentionDays.ONE_MONTH,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
        ),
        format: ACCESS_LOG,
      },
    });
    if (!domain) return;
    const name = new DomainName(this, 'DomainName', {
      domainName: domain.name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
    });
    new ApiMapping(this, 'DomainMapping', { api, domainName: name, stage });
    new CfnOutput(this, 'DomainTarget', {
      value: name.regionalDomainName,
      description: `CNAME target of ${domain.name}`,
    });
  }
}

/** Deployed last, the function that signs uses a new key only when all others know it. */
function signLast(handlers: ReadonlyMap<FunctionName, PortalFunction>): void {
  const signer = handlers.get('authApi');
  for (const [name, handler] of handlers) {
    const resource = handler.node.defaultChild;
    if (name !== 'authApi' && resource) signer?.node.addDependency(resource);
  }
}

/** Who the caller is stands in the functions' logs, under the same request id, with nothing personal. */
const ACCESS_LOG = AccessLogFormat.custom(
  JSON.stringify({
    requestId: '$context.requestId',
    time: '$context.requestTime',
    method: '$context.httpMethod',
    route: '$context.routeKey',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    bytes: '$context.responseLength',
    error: '$context.integrationErrorMessage',
  }),
);
