/** New values of some members; what is undefined stays. */
export type Edit<Of> = { readonly [Member in keyof Of]?: Of[Member] | undefined };

/** A thing with an edit made, and what the audit trail says of it: the members that differ, before and after. */
export function changedFields<Of extends object>(
  before: Of,
  edit: Edit<Partial<Of>>,
): { after: Of; from: string; to: string } {
  const given = Object.entries(edit).filter(([, value]) => value !== undefined);
  const after = { ...before, ...Object.fromEntries(given) } as Of;
  const names = given.map(([name]) => name as keyof Of & string).filter((name) => !same(before[name], after[name]));
  const said = (of: Of): string => JSON.stringify(Object.fromEntries(names.map((name) => [name, of[name]])));
  return { after, from: said(before), to: said(after) };
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
