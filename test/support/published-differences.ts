import * as z from 'zod';
import type { PublishedApi, PublishedField, PublishedStructure } from './published-api.ts';

type JsonSchema = {
  type?: string;
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  additionalProperties?: JsonSchema | boolean;
  required?: string[];
  items?: JsonSchema;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  oneOf?: JsonSchema[];
};
/** A schema of ours, and its name in the OpenAPI document or where it stands in one that has a name: "Contract.serviceProvider". */
type Ours = { schema: JsonSchema; place: string };

const SIMPLE: Readonly<Record<string, readonly string[]>> = {
  string: ['string'],
  number: ['number', 'integer'],
  integer: ['integer'],
  boolean: ['boolean'],
};
const FORMATS: Readonly<Record<string, readonly string[]>> = {
  'string (UUID)': ['uuid'],
  'string date': ['date'],
  'string date-time': ['date-time'],
  'string (email)': ['email'],
};
/** Contacts whose type the documentation doesn't name; each is a structure of its own. */
const CONTACTS: Readonly<Record<string, string>> = { systemContact: 'SystemContact', licenseContact: 'LicenseContact' };

/**
 * What a schema of ours has otherwise than the published structure of that name: nothing when it is kept.
 * @param reached is told of each published structure that was compared, and where it stands here
 */
export function differencesFrom(
  { structures }: PublishedApi,
  published: { api: string; name: string },
  schema: z.ZodType,
  io: 'input' | 'output',
  reached: (structure: PublishedStructure, place: string) => void = () => {},
): string[] {
  const json = z.toJSONSchema(schema, { io, reused: 'inline', unrepresentable: 'any' }) as JsonSchema;
  const root: Ours = { schema: json, place: schema.meta()?.id ?? published.name };

  function resolved(of: JsonSchema | undefined, place: string): Ours | undefined {
    const name = of?.$ref?.split('/').at(-1);
    if (name === undefined) return of && { schema: of, place };
    return name === '#' ? root : resolved(json.$defs?.[name], name);
  }

  const structureOf = (name: string): PublishedStructure | undefined =>
    structures.find((each) => each.name === name && each.api === published.api) ??
    structures.find((each) => each.name === name);

  function ofStructure(name: string, ours: Ours, path: string): string[] {
    const structure = structureOf(name);
    if (!structure) return [`${path}: there is no published structure ${name}`];
    reached(structure, ours.place);
    return ofFields(structure.fields, ours, path);
  }

  function ofFields(given: readonly PublishedField[], ours: Ours, path: string): string[] {
    const fields = given.filter(({ name }) => !name.includes('.')).concat(unnamedParents(given));
    const known = Object.keys(ours.schema.properties ?? {});
    const unknown = known.filter((name) => !fields.some((field) => field.name === name));
    return [
      ...unknown.map((name) => `${path}.${name} is not published`),
      ...fields.flatMap((field) => ofField(field, ours, `${path}.${field.name}`, within(given, field.name))),
    ];
  }

  function ofField(field: PublishedField, whole: Ours, path: string, members: readonly PublishedField[]): string[] {
    const { name, type, required, enum: values } = field;
    const ours = resolved(whole.schema.properties?.[name], `${whole.place}.${name}`);
    if (!ours) return [`${path} is missing`];
    if (members.length > 0) return ofFields(members, ours, path);
    const isRequired = whole.schema.required?.includes(name) === true;
    // Whether an answer always has a field is not published: nearly all are marked optional.
    if (io === 'input' && required !== isRequired) return [`${path} is ${isRequired ? '' : 'not '}required`];
    const declared = type === 'contact' ? (CONTACTS[name] ?? type) : type;
    return [...ofType(declared, ours, path), ...ofEnum(values, ours.schema, path)];
  }

  function ofType(type: string, ours: Ours, path: string): string[] {
    const [, element] = /^array of (\w+)/.exec(type) ?? [];
    const items = resolved(ours.schema.items, `${ours.place}[]`);
    if (element) return items ? ofType(element, items, `${path}[]`) : [`${path} is no array`];
    const [, list, members] = /^(array of|object) \{([^}]*)\}/.exec(type) ?? [];
    if (members) {
      const whole = list === 'object' ? ours : items;
      return whole ? ofFields(membersOf(members), whole, path) : [`${path} is no array`];
    }
    if (type === 'object: YYYY-MM -> number') return ofMonths(ours.schema, path);
    const simple = SIMPLE[type.split(' ')[0] ?? ''];
    if (!simple) return ofStructure(type, ours, path);
    if (!simple.includes(typeOf(ours.schema))) return [`${path} is ${typeOf(ours.schema)}, not ${type}`];
    return ofFormat(type, ours.schema, path);
  }

  /** Texts that are ids, days, times or months say so. */
  function ofFormat(type: string, { format, pattern }: JsonSchema, path: string): string[] {
    if (type === 'string YYYY-MM') return pattern ? [] : [`${path} says no pattern of a month`];
    const formats = FORMATS[type];
    return !formats || formats.includes(format ?? '') ? [] : [`${path} is no ${type}, but ${format ?? 'any text'}`];
  }

  function ofMonths({ type, additionalProperties: each }: JsonSchema, path: string): string[] {
    const values = typeof each === 'object' ? resolved(each, path) : undefined;
    const isKept = type === 'object' && values !== undefined && SIMPLE.number?.includes(typeOf(values.schema));
    return isKept ? [] : [`${path} is no object of numbers by month`];
  }

  /** Of a body that takes several types, the one that is published: the others are added beside it. */
  function publishedForm(whole: Ours): Ours {
    const forms = whole.schema.oneOf?.map((each) => resolved(each, whole.place));
    return forms?.find((each) => each?.schema.properties?.type?.const === published.name) ?? whole;
  }

  return ofStructure(published.name, publishedForm(resolved(json, root.place) as Ours), published.name);
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
function membersOf(text: string): PublishedField[] {
  return text.split(',').map((member) => {
    const [name = '', type = 'string'] = member.split(':').map((part) => part.trim());
    return { name, type, required: false, enum: null };
  });
}

/** Of "metadata.comment", "comment" within "metadata". */
function within(fields: readonly PublishedField[], parent: string): PublishedField[] {
  return fields
    .filter(({ name }) => name.startsWith(`${parent}.`))
    .map((field) => ({ ...field, name: field.name.slice(parent.length + 1) }));
}

/** Objects that the documentation only names in the paths of their fields. */
function unnamedParents(fields: readonly PublishedField[]): PublishedField[] {
  const parents = new Set(fields.filter(({ name }) => name.includes('.')).map(({ name }) => name.split('.')[0] ?? ''));
  return [...parents]
    .filter((parent) => !fields.some(({ name }) => name === parent))
    .map((name) => ({ name, type: 'object', required: false, enum: null }));
}
