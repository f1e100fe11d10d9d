import { createRequire } from 'node:module';

type Validator = (definition: unknown) => { isValid: boolean; errors: Record<string, unknown>[] };

// Both are CommonJS: asl-validator comes without types, the other hides its names from `import`.
const require = createRequire(import.meta.url);
const validate = require('asl-validator') as Validator;
const { getLanguageService, TextDocument } =
  require('amazon-states-language-service') as typeof import('amazon-states-language-service');

/**
 * What two independent checkers say about an Amazon States Language file: asl-validator and AWS's own language service.
 * @param definitionText the file's text; `${Name}` placeholders inside strings are fine.
 * @returns one sentence a problem, beginning with the checker's name; empty when both are content.
 */
export async function checkAsl(definitionText: string): Promise<string[]> {
  const problems: string[] = [];
  const { errors } = validate(JSON.parse(definitionText));
  for (const { Message: message } of errors) problems.push(`asl-validator: ${message}`);
  const document = TextDocument.create('file:///definition.asl.json', 'asl', 1, definitionText);
  const service = getLanguageService({});
  for (const { message, range } of await service.doValidation(document, service.parseJSONDocument(document))) {
    problems.push(`amazon-states-language-service: line ${range.start.line + 1}: ${message}`);
  }
  return problems;
}
