/** What Node 24 can do with numbers in JSON and TypeScript's own declarations don't know yet. */
interface JSON {
  /** A value that JSON.stringify writes as this very literal. */
  rawJSON(literal: string): { readonly rawJSON: string };
  /** `source` is the literal that a primitive value was read from. */
  parse(
    text: string,
    reviver: (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown,
  ): unknown;
}
