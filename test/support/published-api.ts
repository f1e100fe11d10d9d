import { existsSync, readFileSync } from 'node:fs';

/** The published APIs as they were documented: endpoints, and structures by name. */
export type PublishedEndpoint = {
  api: PublishedApiName;
  tag: string;
  method: string;
  path: string;
  roles: string[] | null;
  query: string[] | null;
  selectors: string[];
  request: string | null;
  response: string | null;
  /** "400 Bad Request"; null where it isn't known. */
  errors: string[] | null;
  /** "index" where only the operation's title is known. */
  evidence: string;
  /** What of it nobody has read: "path", "response". */
  inferred: string[];
};
export type PublishedField = { name: string; type: string; required: boolean | null; enum: string[] | null };
export type PublishedStructure = { api: PublishedApiName; name: string; fields: PublishedField[] };
export type PublishedApi = { endpoints: PublishedEndpoint[]; structures: PublishedStructure[] };
export type PublishedApiName = 'Aggregator API' | 'Cloud Services Provider API';

const FILE = new URL('../../../shared/reference/published-api.json', import.meta.url);

/** Undefined, and said so, where the documentation isn't beside the project. */
export function readPublishedApi(): PublishedApi | undefined {
  if (existsSync(FILE)) {
    const { endpoints, structures } = JSON.parse(readFileSync(FILE, 'utf8')) as PublishedApi;
    // A name says where its structure was seen in an older version alone: "contractCustomer (v1.0.1)".
    return { endpoints, structures: structures.map((each) => ({ ...each, name: each.name.split(' ')[0] ?? '' })) };
  }
  console.warn(`Skipped: the documentation of the published APIs is not at ${FILE.pathname}`);
  return undefined;
}

/**
 * A structure's name at the beginning of "UserToken (required)" or after the status of "200 PageOfContract (…)"; none where
 * the documentation doesn't say which ("200 - type not published"), or says "204 no content".
 */
export const nameIn = (text: string | null): string | undefined =>
  /^(?:\d{3} )?(?!page or array|no content)([A-Za-z]\w+)/.exec(text ?? '')?.[1];
