import { CfnOutput, CfnResource, Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import type { PortalNames } from '../names.ts';

/**
 * Where people prove who they are: a user pool of Cognito, the trusted issuer of the portal. It knows addresses, passwords and
 * second factors and nothing of roles: a person without a user in the portal can sign up here and gets nowhere.
 */
export class PeoplePool extends Construct {
  readonly issuer: string;
  readonly clientId: string;

  constructor(scope: Construct, id: string, { names }: { names: PortalNames }) {
    super(scope, id);
    const pool = new UserPool(this, 'UserPool', {
      userPoolName: names.prefix,
      // Whoever is invited makes the account by oneself; the address has to be proved to sign in.
      selfSignUpEnabled: true,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      autoVerify: { email: true },
      keepOriginal: { email: true },
      standardAttributes: { email: { required: true, mutable: true } },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { sms: false, otp: true },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pinned(pool, 'PeoplePool');
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason: 'What the Plus plan adds is billed per user; a second factor is required of everybody instead.',
    });
    const client = pool.addClient('Portal', {
      userPoolClientName: 'portal',
      // Runs in browsers, which keep no secret.
      generateSecret: false,
      authFlows: { userSrp: true },
      disableOAuth: true,
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.hours(1),
      accessTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(12),
    });
    pinned(client, 'PeoplePoolClient');
    this.issuer = pool.userPoolProviderUrl;
    this.clientId = client.userPoolClientId;
    new CfnOutput(this, 'PeoplePoolClientId', { value: this.clientId, description: 'Client that people sign in with' });
  }
}

/** Fixes a logical id: a pool that CloudFormation replaced would lose every account. */
function pinned(construct: UserPool | UserPoolClient, logicalId: string): void {
  const resource = construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${logicalId} is not one resource`);
  resource.overrideLogicalId(logicalId);
}
