import { createHash } from 'node:crypto';

/** An id in the form of a UUID (version 8: made by a rule of our own), the same for the same seed and name. */
export function idOf(seed: number, name: string): string {
  const hex = digest(seed, name).toString('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4];
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** The secret of a sample API token: anyone who knows the seed knows it, so it is for a portal on one machine only. */
export function sampleSecret(seed: number, name: string): string {
  return digest(seed, `secret of ${name}`).toString('base64url');
}

function digest(seed: number, name: string): Buffer {
  return createHash('sha256').update(`${seed}/${name}`).digest();
}
