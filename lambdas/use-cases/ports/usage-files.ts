import type { UsageFile } from '../../domain/usage-file/usage-file.ts';
import type { Change } from './changes.ts';

/** Fields of a file that lists show, filter and sort by. */
export type UsageFileRow = Pick<UsageFile, 'id' | 'name' | 'format' | 'status' | 'createdTime' | 'lastModifiedTime'>;

/** Shards that waiting files are spread over. */
export const USAGE_FILE_SHARDS = 8;

export type UsageFiles = {
  /** Strongly consistent. */
  get(id: string): Promise<UsageFile | undefined>;
  /** In no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(ids: readonly string[]): Promise<UsageFile[]>;
  created(file: UsageFile): Change;
  /** A file in place of the one of its version, which the change adds one to; `now` is its `lastModifiedTime`. */
  changed(file: UsageFile, now: Date): Change;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly UsageFileRow[]>;
  /** Ids of files that wait for the portal, longest first; may lag behind by a moment. */
  waiting(shard: number): AsyncIterable<string>;
};
