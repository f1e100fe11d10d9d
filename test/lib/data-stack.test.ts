import { resource, resourcesOf, synthesize } from '../support/templates.ts';

const { dev, prod } = synthesize('dev', 'prod');
const { data } = dev.templates;

test('the table is encrypted with our key, restorable, protected, kept, and named for good', () => {
  expect(data.Resources.Table).toMatchObject({
    Type: 'AWS::DynamoDB::GlobalTable',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      TableName: 'dev-commerce-portal',
      BillingMode: 'PAY_PER_REQUEST',
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      Replicas: [
        {
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
          SSESpecification: { KMSMasterKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } },
        },
      ],
    },
  });
});

test('the table has its four indexes from the first deploy, each carrying the row of lists', () => {
  expect(data.Resources.Table?.Properties.GlobalSecondaryIndexes).toEqual(
    ['gsi1', 'gsi2', 'gsi3', 'gsi4'].map((name) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: `${name}pk`, KeyType: 'HASH' },
        { AttributeName: `${name}sk`, KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['row'] },
    })),
  );
});

test('what holds data or signs is kept under the logical id it was made with', () => {
  for (const logicalId of [
    'Table',
    'DocumentsBucket',
    'WorkBucket',
    'AccessLogsBucket',
    'DataKey',
    'SigningKey',
    'PeoplePool',
    'EventBus',
  ]) {
    expect(data.Resources[logicalId]).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
  }
});

test.each([
  ['dev', 'GOVERNANCE'],
  ['prod', 'COMPLIANCE'],
] as const)('documents of %s are locked for ten years in %s mode', (stage, mode) => {
  const { data } = { dev, prod }[stage].templates;
  expect(data.Resources.DocumentsBucket?.Properties).toMatchObject({
    VersioningConfiguration: { Status: 'Enabled' },
    ObjectLockEnabled: true,
    ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: mode, Days: 3653 } } },
  });
  expect(data.Resources.DocumentsBucket?.Properties).not.toHaveProperty('LifecycleConfiguration');
});

test('working files go after 90 days', () => {
  expect(data.Resources.WorkBucket?.Properties.LifecycleConfiguration).toMatchObject({
    Rules: [{ ExpirationInDays: 90, Status: 'Enabled' }],
  });
});

test.each(['DocumentsBucket', 'WorkBucket'])('%s is encrypted with our key, private, and tells EventBridge', (id) => {
  expect(data.Resources[id]?.Properties).toMatchObject({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [
        {
          ServerSideEncryptionByDefault: {
            SSEAlgorithm: 'aws:kms',
            KMSMasterKeyID: { 'Fn::GetAtt': ['DataKey', 'Arn'] },
          },
        },
      ],
    },
    NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
  });
});

test('every bucket refuses requests without TLS', () => {
  const buckets = resourcesOf(data, 'AWS::S3::Bucket');
  expect(buckets).toHaveLength(3);
  for (const [id] of buckets) {
    expect(resource(data, 'AWS::S3::BucketPolicy', id).Properties).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Action: 's3:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  }
});

test('the data key is rotated by AWS and the signing key makes RS256 signatures', () => {
  expect(data.Resources.DataKey?.Properties.EnableKeyRotation).toBe(true);
  expect(data.Resources.SigningKey?.Properties).toMatchObject({
    KeySpec: 'RSA_2048',
    KeyUsage: 'SIGN_VERIFY',
  });
});

test('people prove who they are with a password and a second factor, at a verified address', () => {
  expect(data.Resources.PeoplePool?.Properties).toMatchObject({
    AutoVerifiedAttributes: ['email'],
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    UsernameAttributes: ['email'],
    UsernameConfiguration: { CaseSensitive: false },
    DeletionProtection: 'ACTIVE',
  });
  expect(data.Resources.PeoplePoolClient?.Properties).toMatchObject({
    GenerateSecret: false,
    PreventUserExistenceErrors: 'ENABLED',
    AllowedOAuthFlowsUserPoolClient: false,
  });
});
