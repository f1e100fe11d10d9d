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
  version: number;
};

export type ApiTokens = {
  get(id: string): Promise<ApiToken | undefined>;
  /** All of an organization, revoked and expired ones too, from an index that may lag behind. */
  ofOrganization(organizationId: string): Promise<ApiToken[]>;
  created(token: ApiToken): Change;
  /** Refused when the stored one isn't of the version before. */
  changed(before: ApiToken, after: ApiToken): Change;
};

export type Users = {
  get(id: string): Promise<User | undefined>;
  /** All of an organization but the deleted, from an index that may lag behind. */
  ofOrganization(organizationId: string): Promise<User[]>;
  /** Whether the organization has an active Administrator. */
  hasAdministrator(organizationId: string): Promise<boolean>;
  /** Those who have this address, in small letters: at most one in each organization. */
  withAddress(email: string): Promise<User[]>;
  /** Refused when the user exists or another of the organization has the address. */
  created(user: User): Change[];
  /**
   * The first change is the user's own, refused when the stored one isn't of the version before. A further one is refused
   * when the organization would be left without an active Administrator.
   */
  changed(before: User, after: User): Change[];
};

/** Codes mailed to addresses, whoever has them: single use, five attempts. */
export type SignInCodes = {
  /** Puts a code in place of an earlier one; false when that is not a minute old. */
  replaced(email: string, codeHash: string, times: { now: Date; expires: Date }): Promise<boolean>;
  /** Counts an attempt and answers the hash of the code; undefined when there is none that is still good. */
  tried(email: string, now: Date): Promise<string | undefined>;
  /** Uses up the code of that hash; true for one caller only. */
  used(email: string, codeHash: string): Promise<boolean>;
};

/** The trusted issuer that people sign in with (Cognito on AWS). */
export type IdentityProvider = {
  /** The verified address, in small letters, that a valid id token names; undefined for any other token. */
  addressOf(idToken: string, now: Date): Promise<string | undefined>;
};

/** Signs and checks bearer tokens. Signing happens in the auth function alone. */
export type TokenSigner = {
  /** A signed JWT with these claims, and its key's id in the header. */
  sign(claims: Readonly<Record<string, unknown>>, issued: Date, lifetimeSeconds: number): Promise<string>;
  /** The claims of a valid token at that time; undefined for any other. */
  verify(token: string, now: Date): Promise<Readonly<Record<string, unknown>> | undefined>;
};
