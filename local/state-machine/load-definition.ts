import { DefinitionError } from './errors.ts';

const PLACEHOLDER = /\$\{([A-Za-z0-9_]+)\}/g;

/**
 * Reads an Amazon States Language file as CloudFormation's DefinitionSubstitutions would: every `${Name}` is replaced
 * in the text, then the text is parsed.
 * @param text the file's text.
 * @param substitutions the value of each name.
 * @returns the parsed definition, for `createRunner`.
 * @throws DefinitionError for a placeholder without a value, a value nobody uses, or text that is not JSON.
 */
export function loadDefinition(text: string, substitutions: Record<string, string>): unknown {
  const unused = new Set(Object.keys(substitutions));
  const filled = text.replace(PLACEHOLDER, (_, name: string) => {
    const value = substitutions[name];
    if (value === undefined) throw new DefinitionError(`\${${name}}`, 'has no substitution; add one of that name');
    unused.delete(name);
    const escaped = JSON.stringify(value).slice(1, -1);
    if (escaped !== value) throw new DefinitionError(`\${${name}}`, 'its value would break the JSON around it');
    return value;
  });
  for (const name of unused) throw new DefinitionError(`\${${name}}`, 'is substituted but the file does not use it');
  try {
    return JSON.parse(filled);
  } catch (error) {
    throw new DefinitionError('$', `is not JSON: ${(error as Error).message}`);
  }
}
