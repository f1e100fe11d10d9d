import type { Role, User } from '../../domain/organization/organization.ts';
import type { Change } from './changes.ts';

/** A machine's API token: only the hash of its secret is kept (domain.md §8). */
export type ApiToken = {
  id: string;
  userId: string;
  organizationId: string;
  name: string;
  roles: readonly Role[];
  /** SHA-256 of the secret, hex. */
  secretHash: string;
  createdTime: string;
  expires: string;
  revoked: boolean;
};

export type ApiTokens = {
  get(id: string): Promise<ApiToken | undefined>;
  created(token: ApiToken): Change;
};

export type Users = {
  get(id: string): Promise<User | undefined>;
  created(user: User): Change;
};

/** Signs and checks bearer tokens. Signing happens in the auth function alone. */
export type TokenSigner = {
  /** A signed JWT with these claims, and its key's id in the header. */
  sign(claims: Readonly<Record<string, unknown>>, issued: Date, lifetimeSeconds: number): Promise<string>;
  /** The claims of a valid token at that time; undefined for any other. */
  verify(token: string, now: Date): Promise<Readonly<Record<string, unknown>> | undefined>;
};
