import type { Portal } from '../use-cases/ports/portal.ts';
import { type Account, type FindAccount, findAccount } from '../use-cases/session.ts';

/** How long a container trusts what it has read: a revoked token or locked user stops within a minute. */
const TRUSTED_MS = 30_000;
const MOST_ACCOUNTS = 1_000;

type Known = { account: Promise<Account | undefined>; read: number };

const knownOf = new WeakMap<Portal, Map<string, Known>>();

/** Finds accounts, each read at most every 30 seconds per container. */
export function cachedAccounts(portal: Portal, now: Date): FindAccount {
  const known = knownOf.get(portal) ?? new Map<string, Known>();
  knownOf.set(portal, known);
  return (of) => {
    const key = 'tokenId' in of ? `token ${of.tokenId}` : `user ${of.userId}`;
    const found = known.get(key);
    const age = found ? now.getTime() - found.read : TRUSTED_MS;
    if (found && age >= 0 && age < TRUSTED_MS) return found.account;
    const account = findAccount(portal, of);
    // A failed read is nothing to remember.
    account.catch(() => known.delete(key));
    if (known.size >= MOST_ACCOUNTS) known.clear();
    known.set(key, { account, read: now.getTime() });
    return account;
  };
}
