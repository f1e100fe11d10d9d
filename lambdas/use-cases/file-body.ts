import { expandedBytes } from '../feeds/expanded-bytes.ts';
import { PortalError } from './errors.ts';

/** A file as it was sent in place of a JSON body. */
export type FileBody = { bytes: Uint8Array; gzip: boolean };

const MOST_BYTES = 4_000_000;
const MOST_EXPANDED_BYTES = 64_000_000;

/**
 * The content of a file, piece by piece; a FeedError while it is read says what is wrong with it.
 * @throws PortalError BODY_TOO_LARGE
 */
export function fileContent({ bytes, gzip }: FileBody): AsyncGenerator<Uint8Array> {
  if (bytes.length > MOST_BYTES) {
    throw new PortalError('BODY_TOO_LARGE', `The body has ${bytes.length} bytes: at most ${MOST_BYTES} are taken`);
  }
  return expandedBytes(bytes, { gzip, most: MOST_EXPANDED_BYTES, name: 'the body' });
}
