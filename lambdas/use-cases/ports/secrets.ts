/** A text that can be read with the portal's key for secrets alone. */
export type SealedText = {
  /** The key it is encrypted with, itself encrypted. */
  wrappedKey: string;
  /** AES-256-GCM: nonce, ciphertext and tag. */
  sealed: string;
};

/** Keeps texts that nobody must read in the database: licence keys, webhooks' secrets. */
export type Secrets = {
  /** @param purpose what it belongs to: sealed for one thing, it can't be opened as another's */
  seal(text: string, purpose: string): Promise<SealedText>;
  /** @throws when it was sealed for another purpose or was changed since */
  open(secret: SealedText, purpose: string): Promise<string>;
};
