/** What a log says of an error and of what caused it. */
export type ErrorEntry = { name: string; message: string; stack: string; cause?: ErrorEntry };

/** The entry of whatever was thrown. */
export function errorEntry(error: unknown): ErrorEntry {
  if (!(error instanceof Error)) return { name: 'unknown', message: String(error), stack: '' };
  const { name, message, stack = '', cause } = error;
  return { name, message, stack, ...(cause instanceof Error && { cause: errorEntry(cause) }) };
}

/** The entry without what looks like a token or an address: a log holds neither, and messages of others may. */
export function redacted({ name, message, stack, cause }: ErrorEntry): ErrorEntry {
  return {
    name,
    message: withoutSecrets(message),
    stack: withoutSecrets(stack),
    ...(cause && { cause: redacted(cause) }),
  };
}

const SECRETS = /\bcpt_[\w-]+|\beyJ[\w-]+(?:\.[\w-]+)*|[^\s"'<>(){}[\],;:]+@[^\s"'<>(){}[\],;:]+\.[a-z]{2,}/gi;

function withoutSecrets(text: string): string {
  return text.replace(SECRETS, '[removed]');
}
