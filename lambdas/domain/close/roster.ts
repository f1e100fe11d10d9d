/** Shards of a period's roster: enough that freezing and reading a large period never leans on one partition. */
export const ROSTER_SHARDS = 64;

/** The roster shard of a contract: FNV-1a over its id, so that every part of the portal finds the same one. */
export function rosterShard(contractId: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < contractId.length; i++) {
    hash ^= contractId.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0) % ROSTER_SHARDS;
}
