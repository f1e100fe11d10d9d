import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';

/** The published APIs as they were documented: endpoints, and structures by name. */
export type PublishedEndpoint = {
  api: string;
  tag: string;
  method: string;
  path: string;
  roles: string[] | null;
  query: string[] | null;
  selectors: string[];
  request: string | null;
  response: string;
  /** "index" where only the operation's title is known. */
  evidence: string;
};
type Field = { name: string; type: string; required: boolean | null; enum: string[] | null };
type Structure = { api: string; name: string; fields: Field[] };
export type PublishedApi = { endpoints: PublishedEndpoint[]; structures: Structure[] };

const FILE = new URL('../../../shared/reference/published-api.json', import.meta.url);

/** Undefined, and said so, where the documentation isn't beside the project. */
export function readPublishedApi(): PublishedApi | undefined {
  if (existsSync(FILE)) {
    const { endpoints, structures } = JSON.parse(readFileSync(FILE, 'utf8')) as PublishedApi;
    // A name says where its structure was seen in an older version alone: "contractCustomer (v1.0.1)".
    return { endpoints, structures: structures.map((each) => ({ ...each, name: each.name.split(' ')[0] ?? '' })) };
  }
  console.warn(`Skipped: the documentation of the published APIs is not at ${FILE.pathname}`);
  return undefined;
}

type JsonSchema = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  oneOf?: JsonSchema[];
};

const SIMPLE: Readonly<Record<string, readonly string[]>> = {
  string: ['string'],
  number: ['number', 'integer'],
  integer: ['integer'],
  // "object: YYYY-MM -> number"
  'object:': ['object'],
  boolean: ['boolean'],
};
const CONTACT: Structure['fields'] = ['firstName', 'lastName', 'email'].map((name) => ({
  name,
  type: 'string',
  required: false,
  enum: null,
}));

/** What a schema of ours has otherwise than the published structure of that name: nothing when it is kept. */
export function differencesFrom(
  { structures }: PublishedApi,
  published: { api: string; name: string },
  schema: z.ZodType,
  io: 'input' | 'output',
): string[] {
  const json = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' }) as JsonSchema;
  const resolved = (of: JsonSchema | undefined): JsonSchema | undefined => {
    const name = of?.$ref?.split('/').at(-1);
    return name === undefined ? of : resolved(name === '#' ? json : json.$defs?.[name]);
  };
  const fieldsOf = (name: string): Field[] | undefined =>
    (
      structures.find((each) => each.name === name && each.api === published.api) ??
      structures.find((each) => each.name === name)
    )?.fields;

  function ofFields(given: readonly Field[], of: JsonSchema, path: string): string[] {
    const fields = given.filter(({ name }) => !name.includes('.')).concat(unnamedParents(given));
    const ours = Object.keys(of.properties ?? {});
    const unknown = ours.filter((name) => !fields.some((field) => field.name === name));
    return [
      ...unknown.map((name) => `${path}.${name} is not published`),
      ...fields.flatMap((field) => ofField(field, of, `${path}.${field.name}`, within(given, field.name))),
    ];
  }

  function ofField(field: Field, of: JsonSchema, path: string, members: readonly Field[]): string[] {
    const { name, type, required, enum: values } = field;
    const schemaOfField = resolved(of.properties?.[name]);
    if (!schemaOfField) return [`${path} is missing`];
    if (members.length > 0) return ofFields(members, schemaOfField, path);
    const isRequired = of.required?.includes(name) === true;
    // Whether an answer always has a field is not published: nearly all are marked optional.
    if (io === 'input' && required !== isRequired) return [`${path} is ${isRequired ? '' : 'not '}required`];
    return [...ofType(type, schemaOfField, path), ...ofEnum(values, schemaOfField, path)];
  }

  function ofType(type: string, of: JsonSchema, path: string): string[] {
    const [, element] = /^array of (\w+)/.exec(type) ?? [];
    if (element) {
      const items = resolved(of.items);
      return items ? ofType(element, items, `${path}[]`) : [`${path} is no array`];
    }
    const [, list, members] = /^(array of|object) \{([^}]*)\}/.exec(type) ?? [];
    if (members) {
      const whole = list === 'object' ? of : resolved(of.items);
      return whole ? ofFields(membersOf(members), whole, path) : [`${path} is no array`];
    }
    const simple = SIMPLE[type.split(' ')[0] ?? ''];
    if (simple) return simple.includes(typeOf(of)) ? [] : [`${path} is ${typeOf(of)}, not ${type}`];
    const fields = type === 'contact' ? CONTACT : fieldsOf(type);
    return fields ? ofFields(fields, of, path) : [`${path}: there is no published structure ${type}`];
  }

  /** Of a body that takes several types, the one that is published: the others are added beside it. */
  function publishedForm(whole: JsonSchema): JsonSchema {
    const forms = whole.oneOf?.map((each) => resolved(each));
    return forms?.find((each) => each?.properties?.type?.const === published.name) ?? whole;
  }

  const fields = fieldsOf(published.name);
  return fields
    ? ofFields(fields, publishedForm(resolved(json) as JsonSchema), published.name)
    : [`there is no published structure ${published.name}`];
}

function typeOf(schema: JsonSchema): string {
  return schema.type ?? typeof (schema.const ?? schema.enum?.[0]);
}

function ofEnum(values: string[] | null, schema: JsonSchema, path: string): string[] {
  if (!values) return [];
  const ours = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  const others = [
    ...values.filter((value) => !ours.includes(value)),
    ...ours.filter((value) => !values.includes(value as string)),
  ];
  return others.length === 0 ? [] : [`${path} has other values than published: ${others.join(', ')}`];
}

/** Fields of "firstName, lastName" or "clusterId: string, quantity: number". */
function membersOf(text: string): Field[] {
  return text.split(',').map((member) => {
    const [name = '', type = 'string'] = member.split(':').map((part) => part.trim());
    return { name, type, required: false, enum: null };
  });
}

/** Of "metadata.comment", "comment" within "metadata". */
function within(fields: readonly Field[], parent: string): Field[] {
  return fields
    .filter(({ name }) => name.startsWith(`${parent}.`))
    .map((field) => ({ ...field, name: field.name.slice(parent.length + 1) }));
}

/** Objects that the documentation only names in the paths of their fields. */
function unnamedParents(fields: readonly Field[]): Field[] {
  const parents = new Set(fields.filter(({ name }) => name.includes('.')).map(({ name }) => name.split('.')[0] ?? ''));
  return [...parents]
    .filter((parent) => !fields.some(({ name }) => name === parent))
    .map((name) => ({ name, type: 'object', required: false, enum: null }));
}
