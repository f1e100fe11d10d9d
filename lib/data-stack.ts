import { CfnOutput, CfnResource, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Billing, ProjectionType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Alias, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct, IConstruct } from 'constructs';
import { EVENT_SOURCE } from '../lambdas/manifest/event-source.ts';
import { tableDefinition } from '../lambdas/manifest/table.ts';
import type { StageConfig } from './config.ts';
import { MailIdentity } from './constructs/mail-identity.ts';
import { PeoplePool } from './constructs/people-pool.ts';
import { type ParameterName, type PortalNames, portalNames } from './names.ts';

/**
 * Everything that holds data, and the keys: what a mistaken deploy must never replace. Hence fixed logical ids, kept
 * resources, and no code.
 */
export class DataStack extends Stack {
  private readonly names: PortalNames;

  constructor(scope: Construct, id: string, config: StageConfig, props: StackProps) {
    super(scope, id, { ...props, description: 'Commerce Portal: data', terminationProtection: true });
    this.names = portalNames(config.stage);
    const dataKey = this.dataKey();
    this.table(dataKey);
    const accessLogs = this.accessLogs();
    this.documents(config, dataKey, accessLogs);
    this.work(dataKey, accessLogs);
    this.eventBus();
    this.signingKeys(config);
    this.secretsKey();
    const people = new PeoplePool(this, 'People', { names: this.names });
    this.parameter('trusted-issuer', people.issuer);
    this.parameter('trusted-client-id', people.clientId);
    new MailIdentity(this, 'Mail', { names: this.names, senderAddress: config.senderAddress });
  }

  private dataKey(): Key {
    const key = new Key(this, 'DataKey', {
      description: 'Encrypts the table and the buckets of the Commerce Portal',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new Alias(this, 'DataKeyAlias', { aliasName: `alias/${this.names.prefix}-data`, targetKey: key });
    this.parameter('data-key-id', key.keyId);
    return pinned(key, 'DataKey');
  }

  /**
   * Signs bearer tokens (RS256). AWS rotates no asymmetric keys, docs/operations.md says how we do: the key of the generation
   * before stays, so that its last tokens can be verified.
   */
  private signingKeys({ signingKeyGeneration: generation }: StageConfig): void {
    const key = this.signingKey(generation);
    new Alias(this, 'SigningKeyAlias', { aliasName: `alias/${this.names.prefix}-signing`, targetKey: key });
    this.parameter('signing-key-id', key.keyId);
    if (generation > 1) this.parameter('previous-signing-key-id', this.signingKey(generation - 1).keyId);
  }

  private signingKey(generation: number): Key {
    const id = generation === 1 ? 'SigningKey' : `SigningKey${generation}`;
    const key = new Key(this, id, {
      description: 'Signs the bearer tokens of the Commerce Portal',
      keySpec: KeySpec.RSA_2048,
      keyUsage: KeyUsage.SIGN_VERIFY,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    return pinned(key, id);
  }

  /** Wraps the keys of single secrets: licence keys, secrets of webhooks. A key of its own, so that using it is seen. */
  private secretsKey(): void {
    const key = new Key(this, 'SecretsKey', {
      description: 'Wraps the keys of secrets in the table of the Commerce Portal',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new Alias(this, 'SecretsKeyAlias', { aliasName: `alias/${this.names.prefix}-secrets`, targetKey: key });
    this.parameter('secrets-key-id', pinned(key, 'SecretsKey').keyId);
  }

  private table(encryptionKey: Key): void {
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const table = new TableV2(this, 'Table', {
      tableName: this.names.table,
      partitionKey: text(tableDefinition.partitionKey),
      sortKey: text(tableDefinition.sortKey),
      globalSecondaryIndexes: tableDefinition.indexes.map((index) => ({
        indexName: index.name,
        partitionKey: text(index.partitionKey),
        sortKey: text(index.sortKey),
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: [...tableDefinition.projectedAttributes],
      })),
      timeToLiveAttribute: tableDefinition.timeToLiveAttribute,
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(encryptionKey),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pinned(table, 'Table');
  }

  private accessLogs(): IBucket {
    const bucket = this.bucket('access-logs', {
      // Log delivery can't write under a customer's key.
      encryption: BucketEncryption.S3_MANAGED,
      lifecycleRules: [{ expiration: Duration.days(365) }],
    });
    // A Bucket is an IBucket, but for CDK's types when exactOptionalPropertyTypes is on.
    return bucket as IBucket;
  }

  private documents(config: StageConfig, encryptionKey: Key, accessLogs: IBucket): void {
    // The longest run of leap years: ten years never come out a day short.
    const retention = Duration.days(Math.ceil(config.documentRetentionYears * 365.25));
    const bucket = this.bucket('documents', {
      ...guarded(encryptionKey, accessLogs, 'documents/'),
      versioned: true,
      objectLockEnabled: true,
      objectLockDefaultRetention:
        config.objectLock === 'COMPLIANCE'
          ? ObjectLockRetention.compliance(retention)
          : ObjectLockRetention.governance(retention),
    });
    sendEvents(bucket);
  }

  private work(encryptionKey: Key, accessLogs: IBucket): void {
    const bucket = this.bucket('work', {
      ...guarded(encryptionKey, accessLogs, 'work/'),
      lifecycleRules: [{ expiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
    });
    sendEvents(bucket);
  }

  private bucket(kind: 'documents' | 'work' | 'access-logs', props: Partial<BucketProps>): Bucket {
    const id = { documents: 'DocumentsBucket', work: 'WorkBucket', 'access-logs': 'AccessLogsBucket' }[kind];
    const bucket = new Bucket(this, id, {
      bucketName: this.names.bucket(kind, this.account, this.region),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
      ...props,
    });
    return pinned(bucket, id);
  }

  private eventBus(): void {
    const bus = new EventBus(this, 'EventBus', {
      eventBusName: this.names.eventBus,
      description: 'What has happened in the Commerce Portal, for whoever wants to know',
    });
    bus.applyRemovalPolicy(RemovalPolicy.RETAIN);
    bus.archive('EventArchive', {
      archiveName: this.names.eventBus,
      description: 'Events of the last year, for a consumer that has to catch up',
      eventPattern: { source: [EVENT_SOURCE] },
      retention: Duration.days(365),
    });
    pinned(bus, 'EventBus');
    new CfnOutput(this, 'EventBusName', { value: bus.eventBusName, description: 'Bus of the portal’s events' });
  }

  private parameter(name: ParameterName, stringValue: string): void {
    new StringParameter(this, `Parameter-${name}`, { parameterName: this.names.parameter(name), stringValue });
  }
}

/** Fixes a logical id: were it ever derived anew, CloudFormation would replace the resource. */
function pinned<T extends IConstruct>(construct: T, logicalId: string): T {
  const resource = construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${logicalId} is not one resource`);
  resource.overrideLogicalId(logicalId);
  return construct;
}

/** Encrypted with a key of ours, each access written down. */
function guarded(encryptionKey: Key, serverAccessLogsBucket: IBucket, serverAccessLogsPrefix: string) {
  return {
    encryption: BucketEncryption.KMS,
    encryptionKey,
    bucketKeyEnabled: true,
    serverAccessLogsBucket,
    serverAccessLogsPrefix,
  };
}

/** Sends the bucket's events to EventBridge; the property of Bucket would do it through a function with wide rights. */
function sendEvents(bucket: Bucket): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}
