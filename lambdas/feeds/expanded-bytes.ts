import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FeedError } from './feed-error.ts';

const PIECE_BYTES = 262_144;
const FAULTS: Readonly<Record<string, string>> = {
  Z_BUF_ERROR: 'the gzip is cut off: send the whole of it',
  Z_DATA_ERROR: 'the gzip is damaged: send it again',
};

/**
 * The content of a body, piece by piece: unzipped where it was sent zipped, and never more than `most` bytes, however much
 * it would unzip to.
 *
 * @param name what messages call the body
 * @throws FeedError when it is longer, or zipped and damaged, cut off or zipped again
 */
export async function* expandedBytes(
  bytes: Uint8Array,
  { gzip, most, name }: { gzip: boolean; most: number; name: string },
): AsyncGenerator<Uint8Array> {
  const pieces: AsyncIterable<Uint8Array> = gzip
    ? pipeline(Readable.from([bytes]), createGunzip({ chunkSize: PIECE_BYTES }), () => {})
    : Readable.from([bytes]);
  let size = 0;
  try {
    for await (const piece of pieces) {
      if (size === 0 && piece[0] === 0x1f && piece[1] === 0x8b) {
        throw new FeedError(name, gzip ? 'is zipped twice' : 'is zipped: send content-encoding gzip');
      }
      size += piece.length;
      if (size > most) throw new FeedError(name, `has more than ${most} bytes when it is unzipped: send it in parts`);
      yield piece;
    }
  } catch (error) {
    const fault = FAULTS[(error as NodeJS.ErrnoException).code ?? ''];
    throw fault === undefined ? error : new FeedError(name, fault, {}, { cause: error });
  }
}
