import { createHash, createPrivateKey, createPublicKey, randomBytes, sign } from 'node:crypto';
import type { ClientOptions, PortalClient } from '../../client/portal-client.ts';
import type { MailMessage } from '../../lambdas/documents/mail/message.ts';
import type { BillToAccount, Organization, Role, User } from '../../lambdas/domain/organization/organization.ts';
import { sessionTokens } from '../../lambdas/runtime/session-tokens.ts';
import { openWebhookSender } from '../../lambdas/stores/webhook-sender.ts';
import { apiTokenText, hashOfSecret } from '../../lambdas/use-cases/api-token-text.ts';
import type { ApiToken } from '../../lambdas/use-cases/ports/access.ts';
import type { StageProgress } from '../../lambdas/use-cases/ports/closes.ts';
import type { Documents } from '../../lambdas/use-cases/ports/objects.ts';
import type { Portal } from '../../lambdas/use-cases/ports/portal.ts';
import { startHttpServer } from '../../local/http/server.ts';
import { secretsOf } from '../../local/local-secrets.ts';
import { openMemoryObjects } from '../../local/memory-objects.ts';
import { checkedClient } from './api-client.ts';
import { memoryUploads } from './memory-uploads.ts';
import { openPortalParts } from './portal-parts.ts';
import { newSigningKey, SIGNING_KEY } from './signing-key.ts';

/** What the API needs of a portal: its stores over a database in memory, and ports that remember what they were told. */
export type ApiPortal = {
  portal: Portal;
  /** The database behind its stores. */
  database: Awaited<ReturnType<typeof openPortalParts>>['database'];
  /** The portal's clock: set `time` to move it. */
  clock: { time: Date };
  documents: Map<string, string>;
  /** Objects of the work bucket, and those of them that it has told of, oldest first. */
  objects: Map<string, Uint8Array>;
  uploaded: string[];
  executions: Map<string, { status: 'RUNNING' | 'ENDED'; progress: StageProgress[] }>;
  addOrganization(id: string, type: Organization['type']): Promise<void>;
  /** Adds a user with an API token and answers the token's text. */
  addUser(
    user: Partial<User> & Pick<User, 'id' | 'organizationId' | 'roles'>,
    token?: Partial<ApiToken>,
  ): Promise<string>;
  addBillToAccount(aggregatorId: string): Promise<void>;
  /** What was mailed, oldest first. */
  mails: MailMessage[];
  /** Where its API is served over HTTP. */
  url: string;
  /** A client of it, with a bearer token or without one. */
  client(token?: ClientOptions['token']): PortalClient;
  close(): Promise<void>;
};

// One pair for all tests (signing-key.ts): making one takes longer than most tests.
const privateKey = createPrivateKey(process.env[SIGNING_KEY] ?? newSigningKey());
const publicKey = createPublicKey(privateKey);
const KEY_ID = 'test-key';

/** Signs as the portal does, for tokens that the portal itself would not make. */
export const testTokens = (issuer = 'https://portal.example') =>
  sessionTokens(
    {
      currentKeyId: () => KEY_ID,
      sign: async (_keyId, data) => sign('sha256', data, privateKey),
      publicKey: async (keyId) => (keyId === KEY_ID ? publicKey : undefined),
    },
    issuer,
  );

/** @param client see openPortalParts */
export async function openApiPortal(client?: { sdk: boolean }): Promise<ApiPortal> {
  const { database, table, clock, parts } = await openPortalParts(client);
  const documents = new Map<string, string>();
  const mails: MailMessage[] = [];
  const executions: ApiPortal['executions'] = new Map();
  const workFiles = openMemoryObjects();
  const uploaded: string[] = [];

  const joined: Partial<Portal> = {
    ...parts,
    executions: {
      start: async (name) => {
        executions.set(name, { status: 'RUNNING', progress: [] });
      },
      status: async (name) => executions.get(name)?.status ?? 'UNKNOWN',
      progress: async (name) => executions.get(name)?.progress ?? [],
    },
    documents: memoryDocuments(documents, clock),
    workFiles,
    uploads: memoryUploads(workFiles.contents, uploaded),
    signer: testTokens(),
    secrets: secretsOf(randomBytes(32)),
    identities: { addressOf: async () => undefined },
    webhookSender: openWebhookSender({ toThisMachine: true }),
    mailer: { send: async (message) => void mails.push(message) },
  };
  // The rest of a portal is not the API's.
  const portal = joined as Portal;
  const server = await startHttpServer({ portal, port: 0, ...NO_PAGES, log: () => {} });

  return {
    portal,
    database,
    clock,
    documents,
    objects: workFiles.contents,
    uploaded,
    executions,
    addOrganization: async (id, type) => {
      const organization: Organization = {
        id,
        type,
        name: `Ångström ${id}`,
        prmId: `prm-${id}`,
        region: 'EMEA',
        countryRegion: 'SE',
        address: ['Secret Street 1'],
        email: `mail@${id}.example`,
        awsResell: false,
        status: 'ACTIVE',
        version: 1,
      };
      await table.commit(portal.organizations.created(organization));
    },
    addUser: async (user, token = {}) => {
      // Of the user, so that a test sees the same token every time it is run.
      const secret = createHash('sha256').update(user.id).digest('base64url');
      const record: ApiToken = {
        id: `token-${user.id}`,
        userId: user.id,
        organizationId: user.organizationId,
        name: 'script',
        roles: user.roles,
        secretHash: hashOfSecret(secret),
        createdTime: '2026-01-01T00:00:00.000Z',
        expires: '2027-01-01T00:00:00.000Z',
        revoked: false,
        version: 1,
        ...token,
      };
      await table.commit([
        ...portal.users.created({
          firstName: 'Ada',
          lastName: 'Person',
          email: `${user.id.toLowerCase()}@person.example`,
          status: 'ACTIVE',
          version: 1,
          ...user,
        }),
        portal.apiTokens.created(record),
      ]);
      return apiTokenText(record.id, secret);
    },
    addBillToAccount: async (aggregatorId) => {
      const account: BillToAccount = {
        id: `account-of-${aggregatorId}`,
        aggregatorId,
        accountNumber: '10001',
        siteId: '1000001',
        location: 'location-100010',
        countryRegion: 'US',
        name: 'Accounts payable',
        address: ['Secret Street 1'],
        currency: 'USD',
        taxRate: '0',
        active: true,
        version: 1,
      };
      await table.commit([portal.organizations.billToCreated(account)]);
    },
    mails,
    url: server.url,
    client: (token) => checkedClient(server.url, token),
    close: async () => {
      await server.close();
      await database.close();
    },
  };
}

/** Beside the API, the server of a test has nothing to show. */
const NO_PAGES = {
  mailFolder: '',
  documentsFolder: '',
  links: { make: () => ({ url: '', expires: '' }), check: () => undefined },
};

function memoryDocuments(texts: Map<string, string>, clock: { time: Date }): Documents {
  return {
    putOnce: async (key, body) => {
      texts.set(key, Buffer.from(body).toString());
      return 'CREATED';
    },
    get: async (key) => {
      const text = texts.get(key);
      return text === undefined ? undefined : Buffer.from(text);
    },
    list: async function* (prefix) {
      for (const [key, text] of texts) if (key.startsWith(prefix)) yield { key, size: text.length };
    },
    link: async (key, fileName) => ({
      url: `https://documents.example/${key}?name=${fileName}`,
      expires: new Date(clock.time.getTime() + 300_000).toISOString(),
    }),
  };
}

export const ALL_ROLES: readonly Role[] = [
  'Administrator',
  'Operations',
  'Read Only',
  'Auto Report Operations',
  'Deal Administrator',
];
