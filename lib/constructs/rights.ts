import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { RENDERED_FOLDER, type Rights } from '../../lambdas/manifest/functions/function.ts';
import { tableDefinition } from '../../lambdas/manifest/table.ts';
import type { PortalNames } from '../names.ts';

/**
 * Partitions to which items are only ever added: the audit trail, the receivables and prepayment ledgers. IAM can forbid
 * changing and deleting their items, but can't tell a put that creates an item from one that replaces it: that is what
 * the stores' condition `attribute_not_exists(pk)` on these items is for.
 */
const APPEND_ONLY_PARTITIONS = ['AUDIT#*', 'RECEIVABLES#*', 'PREPAYMENT#*'];

export type PortalResources = {
  names: PortalNames;
  dataKeyId: string;
  signingKeyId?: string;
  /** Key that the keys of single secrets are wrapped with. */
  secretsKeyId?: string;
  /** Key whose last tokens are still verified after a rotation. */
  previousSigningKeyId?: string;
  senderDomain: string;
};

/** ARN of the monthly close, made from its fixed name. */
export function stateMachineArn(stack: Stack, { stateMachine }: PortalNames): string {
  const arnFormat = ArnFormat.COLON_RESOURCE_NAME;
  return stack.formatArn({ service: 'states', resource: 'stateMachine', resourceName: stateMachine, arnFormat });
}

/** ARNs of what the portal consists of, made from fixed names. */
export function portalArns(stack: Stack, resources: PortalResources) {
  const { names, dataKeyId, signingKeyId, previousSigningKeyId, secretsKeyId, senderDomain } = resources;
  const arn = (service: string, resource: string, resourceName: string, arnFormat = ArnFormat.SLASH_RESOURCE_NAME) =>
    stack.formatArn({ service, resource, resourceName, arnFormat });
  const bucket = (kind: 'documents' | 'work') =>
    `arn:${stack.partition}:s3:::${names.bucket(kind, stack.account, stack.region)}`;
  const table = arn('dynamodb', 'table', names.table);
  return {
    table,
    indexes: tableDefinition.indexes.map(({ name }) => `${table}/index/${name}`),
    documents: bucket('documents'),
    work: bucket('work'),
    eventBus: arn('events', 'event-bus', names.eventBus),
    mail: [arn('ses', 'identity', senderDomain), arn('ses', 'configuration-set', names.configurationSet)],
    stateMachine: stateMachineArn(stack, names),
    executions: arn('states', 'execution', `${names.stateMachine}:*`, ArnFormat.COLON_RESOURCE_NAME),
    mapExecutions: arn('states', 'execution', `${names.stateMachine}/*:*`, ArnFormat.COLON_RESOURCE_NAME),
    mapRuns: arn('states', 'mapRun', `${names.stateMachine}/*:*`, ArnFormat.COLON_RESOURCE_NAME),
    dataKey: arn('kms', 'key', dataKeyId),
    signingKey: signingKeyId && arn('kms', 'key', signingKeyId),
    secretsKey: secretsKeyId && arn('kms', 'key', secretsKeyId),
    previousSigningKey: previousSigningKeyId && arn('kms', 'key', previousSigningKeyId),
  };
}

/**
 * The policy of a function with these rights, nothing more: actions as the manifest lists them, each on the one thing
 * it is meant for.
 * @throws Error when a right needs something the stack doesn't know.
 */
export function policyStatements(stack: Stack, rights: Rights, resources: PortalResources): PolicyStatement[] {
  const arns = portalArns(stack, resources);
  const allow = (actions: readonly string[], on: string[], conditions = {}) =>
    actions.length === 0 ? [] : [new PolicyStatement({ actions: [...actions], resources: on, conditions })];
  const { table = [], documents = [], work = [], eventBus = [], mail = [], executions = [] } = rights;
  const { rendered = [], signingKey = [], secretsKey = [] } = rights;
  const bucket = (actions: readonly string[], arn: string) => {
    const onBucket = actions.filter((action) => action === 's3:ListBucket');
    const onObjects = actions.filter((action) => action !== 's3:ListBucket');
    return [...allow(onBucket, [arn]), ...allow(onObjects, [`${arn}/*`])];
  };
  const executionRights = executions.flatMap((action) => allow([action], [executionResource(action, arns)]));
  if (signingKey.length > 0 && !arns.signingKey) throw new Error('this stack gives no rights on the signing key');
  if (secretsKey.length > 0 && !arns.secretsKey) throw new Error('this stack gives no rights on the key of secrets');
  const reads = table.length + documents.length + work.length > 0;
  const writesTable = table.some((action) => !READS.has(action));
  const writes = writesTable || [...documents, ...rendered, ...work].includes('s3:PutObject');
  return [
    ...allow(table, [arns.table]),
    ...allow(
      table.filter((action) => action === 'dynamodb:Query'),
      arns.indexes,
    ),
    ...(writesTable ? [appendOnly(arns.table)] : []),
    ...bucket(documents, arns.documents),
    ...allow(rendered, [`${arns.documents}/${RENDERED_FOLDER}/*`]),
    ...bucket(work, arns.work),
    ...allow(eventBus, [arns.eventBus]),
    ...allow(mail, arns.mail),
    ...executionRights,
    ...allow(signingKey, [arns.signingKey ?? '']),
    ...allow(secretsKey, [arns.secretsKey ?? '']),
    ...(arns.previousSigningKey
      ? allow(
          signingKey.filter((action) => action === 'kms:GetPublicKey'),
          [arns.previousSigningKey],
        )
      : []),
    ...(reads ? dataKeyStatements(stack, arns.dataKey, writes) : []),
  ];
}

const READS = new Set(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:ConditionCheckItem']);

/** Use of the data key through the table and the buckets only, never directly. */
export function dataKeyStatements(stack: Stack, dataKey: string, writes: boolean): PolicyStatement[] {
  const actions = ['kms:Decrypt', 'kms:DescribeKey'];
  if (writes) actions.push('kms:Encrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo');
  const services = ['dynamodb', 's3'].map((service) => `${service}.${stack.region}.${stack.urlSuffix}`);
  return [
    new PolicyStatement({
      actions,
      resources: [dataKey],
      conditions: { StringEquals: { 'kms:ViaService': services } },
    }),
  ];
}

/** In a transaction each action is judged as if it came alone, so this also binds TransactWriteItems. */
function appendOnly(table: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'AuditAndLedgerAreAppendOnly',
    effect: Effect.DENY,
    actions: [
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:PartiQLUpdate',
      'dynamodb:PartiQLDelete',
    ],
    resources: [table],
    conditions: { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': APPEND_ONLY_PARTITIONS } },
  });
}

function executionResource(action: string, arns: ReturnType<typeof portalArns>): string {
  switch (action) {
    case 'states:StartExecution':
      return arns.stateMachine;
    case 'states:DescribeExecution':
    case 'states:ListMapRuns':
      return arns.executions;
    case 'states:DescribeMapRun':
      return arns.mapRuns;
    default:
      throw new Error(`lib/constructs/rights.ts doesn't know which resource ${action} is for: add it there`);
  }
}
