import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { openTable, type Table } from '../stores/table.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { required, settingsFromEnvironment } from './configuration.ts';
import { apiPorts } from './table-ports.ts';

const clock = (): Date => new Date();

/**
 * Joins the ports with what stands behind them on AWS. A function has the parts that its environment names, and so those
 * that the manifest gives it; clients of other services are not even loaded, and what asks for a part that the function
 * never has (`process.env.…`, as it stands here) is left out of its bundle (lib/bundle.ts).
 */
export async function composePortal(more: (table: Table) => Partial<Portal> = () => ({})): Promise<Portal> {
  const table = openTable(new DynamoDBClient({}), required('TABLE_NAME'));
  const [objects, executions, eventBus, mail, signer, secrets, identities] = await Promise.all([
    composeObjects(),
    composeExecutions(),
    composeEventBus(),
    composeMail(),
    composeSigner(),
    composeSecrets(),
    composeIdentities(),
  ]);
  const parts: Partial<Portal> = {
    settings: settingsFromEnvironment(),
    clock,
    newId: randomUUID,
    ...apiPorts(table),
    ...more(table),
    ...objects,
    ...executions,
    ...eventBus,
    ...mail,
    ...signer,
    ...secrets,
    ...identities,
  };
  return whole(parts);
}

/** A portal whose missing parts say so when they are used, naming the part. */
export function whole(parts: Partial<Portal>): Portal {
  return new Proxy(parts as Portal, {
    get: (target, name) => {
      const part = Reflect.get(target, name);
      if (part === undefined && typeof name === 'string' && name !== 'then') {
        throw new Error(`this function has no ${name}: its environment in the manifest doesn't name it`);
      }
      return part;
    },
  });
}

async function composeObjects(): Promise<Partial<Portal>> {
  if (process.env.DOCUMENTS_BUCKET || process.env.WORK_BUCKET) {
    const { S3Client } = await import('@aws-sdk/client-s3');
    const stores = await import('../stores/s3-objects.ts');
    const { openUploads } = await import('../stores/s3-uploads.ts');
    const client = new S3Client({});
    return {
      ...(process.env.DOCUMENTS_BUCKET && { documents: stores.openDocuments(client, required('DOCUMENTS_BUCKET')) }),
      ...(process.env.WORK_BUCKET && {
        workFiles: stores.openWorkFiles(client, required('WORK_BUCKET')),
        // A link is signed before its bytes are known: no checksum of them can stand in it.
        uploads: openUploads(new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED' }), required('WORK_BUCKET')),
      }),
    };
  }
  return {};
}

async function composeExecutions(): Promise<Partial<Portal>> {
  if (process.env.STATE_MACHINE_ARN) {
    const { SFNClient } = await import('@aws-sdk/client-sfn');
    const { openExecutions } = await import('../stores/step-functions.ts');
    return { executions: openExecutions(new SFNClient({}), required('STATE_MACHINE_ARN')) };
  }
  return {};
}

async function composeEventBus(): Promise<Partial<Portal>> {
  if (process.env.EVENT_BUS_NAME) {
    const { EventBridgeClient } = await import('@aws-sdk/client-eventbridge');
    const { openEventBus } = await import('../stores/event-bus.ts');
    return { eventBus: openEventBus(new EventBridgeClient({}), required('EVENT_BUS_NAME')) };
  }
  return {};
}

async function composeMail(): Promise<Partial<Portal>> {
  if (process.env.MAIL_CONFIGURATION_SET) {
    const { SESv2Client } = await import('@aws-sdk/client-sesv2');
    const { openSesSimpleMailer } = await import('../stores/ses-simple-mailer.ts');
    return { mailer: openSesSimpleMailer(new SESv2Client({}), required('MAIL_CONFIGURATION_SET')) };
  }
  return {};
}

async function composeSigner(): Promise<Partial<Portal>> {
  if (process.env.SIGNING_KEY_ID) {
    const { KMSClient } = await import('@aws-sdk/client-kms');
    const { kmsSigningKeys, parseKmsKeyIds } = await import('../stores/kms-signer.ts');
    const { sessionTokens } = await import('./session-tokens.ts');
    const keys = kmsSigningKeys(new KMSClient({}), parseKmsKeyIds(required('SIGNING_KEY_ID')));
    return { signer: sessionTokens(keys, required('PORTAL_URL')) };
  }
  return {};
}

async function composeSecrets(): Promise<Partial<Portal>> {
  if (process.env.SECRETS_KEY_ID) {
    const { KMSClient } = await import('@aws-sdk/client-kms');
    const { kmsDataKeys } = await import('../stores/kms-data-keys.ts');
    const { openSecrets } = await import('../stores/envelope.ts');
    return { secrets: openSecrets(kmsDataKeys(new KMSClient({}), required('SECRETS_KEY_ID'))) };
  }
  return {};
}

async function composeIdentities(): Promise<Partial<Portal>> {
  if (process.env.TRUSTED_ISSUER) {
    const { fetchKeySet, identityTokens } = await import('./identity-tokens.ts');
    const issuer = required('TRUSTED_ISSUER');
    return {
      identities: identityTokens({ issuer, clientId: required('TRUSTED_CLIENT_ID') }, () => fetchKeySet(issuer)),
    };
  }
  return {};
}
