import { createHash, timingSafeEqual } from 'node:crypto';

// The id has no underscore, so that a secret may have some.
const FORM = /^cpt_([A-Za-z0-9-]{1,64})_([A-Za-z0-9_-]{16,200})$/;

const NO_HASH = Buffer.alloc(32);

/** An API token as its owner sees it, once: "cpt_<id>_<secret>". The secret has 16 characters or more of base64url. */
export function apiTokenText(id: string, secret: string): string {
  const text = `cpt_${id}_${secret}`;
  if (!FORM.test(text)) throw new RangeError('an API token needs an id without underscore and a secret in base64url');
  return text;
}

/** Id and secret of a token's text; undefined when it hasn't the form of one. */
export function parseApiToken(text: string): { id: string; secret: string } | undefined {
  const [, id, secret] = FORM.exec(text) ?? [];
  return id && secret ? { id, secret } : undefined;
}

/** What is stored of a secret: its SHA-256, hex. Secrets are long and random, so that a slow hash would add nothing. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Whether a secret has this hash, in a time that tells nothing; without a hash, takes as long and is false. */
export function isSecretOf(secret: string, hash: string | undefined): boolean {
  const expected = hash === undefined ? NO_HASH : Buffer.from(hash, 'hex');
  const actual = createHash('sha256').update(secret).digest();
  return expected.length === actual.length && timingSafeEqual(actual, expected) && hash !== undefined;
}
