import { PortalError } from '../use-cases/errors.ts';
import type { IfMatch } from '../use-cases/if-match.ts';

/** The strong entity tag of a version: "v3", in quotes. */
export const entityTag = (version: number): string => `"v${version}"`;

const ENTITY_TAG = '(?:W/)?"[\\x21\\x23-\\x7e]*"';
const LIST = new RegExp(`^ *${ENTITY_TAG}(?: *, *${ENTITY_TAG})* *$`);

/** The tags of such a header; undefined when it is none. */
function tagsOf(header: string): string[] | undefined {
  return LIST.test(header) ? header.match(new RegExp(ENTITY_TAG, 'g'))?.map(String) : undefined;
}

/**
 * Reads `If-Match` (RFC 9110): `*`, or entity tags as the portal gives them. Tags of another form, and weak ones, match no
 * version.
 * @throws PortalError BAD_REQUEST when it is neither
 */
export function readIfMatch(header: string | undefined): IfMatch {
  if (header === undefined) return undefined;
  if (header.trim() === '*') return 'ANY';
  const tags = tagsOf(header);
  if (!tags) {
    throw new PortalError('BAD_REQUEST', 'If-Match takes * or ETags in quotes, e.g. "v3"', [
      { field: 'If-Match', message: 'must be * or ETags in quotes' },
    ]);
  }
  return tags.flatMap((tag) => (/^"v\d{1,15}"$/.test(tag) ? [Number(tag.slice(2, -1))] : []));
}

/** Whether `If-None-Match` says that the caller has this version; one that is no list of entity tags says nothing. */
export function hasVersion(header: string | undefined, version: number): boolean {
  if (header === undefined) return false;
  if (header.trim() === '*') return true;
  return tagsOf(header)?.some((tag) => tag.replace(/^W\//, '') === entityTag(version)) ?? false;
}
