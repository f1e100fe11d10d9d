/** A type in dynalite's tables: `String`, `Map<AttributeValue>`, `AttrStruct<ValueStruct>` …, with the types within. */
export type Type = string | { type?: string; children?: Type | Types };
export type Types = { [member: string]: Type };

type Check = (value: unknown) => boolean;

/**
 * A quick look whether dynalite's own check of types would give the same request back: every member known and of its
 * type, nothing null. What is not so, or not looked into here (binary values), dynalite has to check itself: it takes or
 * refuses it as DynamoDB would. It reads its tables anew for each value, which was a fifth of the database's time.
 */
export function wellFormed(types: Types): Check {
  return structure(Object.fromEntries(Object.entries(types).map(([name, type]) => [name, checkOf(type)])));
}

function checkOf(type: Type): Check {
  const name = typeof type === 'string' ? type : (type.type ?? '');
  const children = typeof type === 'string' ? {} : (type.children ?? {});
  switch (name.replace(/<.*/, '')) {
    case 'String':
      return isText;
    case 'Boolean':
      return isBoolean;
    case 'Integer':
    case 'Long':
      return Number.isInteger;
    case 'List':
    case 'ParameterizedList':
      return list(checkOf(children as Type));
    case 'Map':
    case 'ParameterizedMap':
      return map(checkOf(children as Type));
    case 'ValueStruct':
    case 'FieldStruct':
      return wellFormed(children as Types);
    case 'AttrStruct':
      return isAttributeValue;
    default:
      return isNever;
  }
}

const isText: Check = (value) => typeof value === 'string';
const isBoolean: Check = (value) => typeof value === 'boolean';
const isNever: Check = () => false;

const list =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

function map(check: Check): Check {
  return (value) => {
    if (!isObject(value)) return false;
    for (const key in value) if (!check(value[key])) return false;
    return true;
  };
}

function structure(members: Record<string, Check>): Check {
  const known = new Map(Object.entries(members));
  return (value) => {
    if (!isObject(value)) return false;
    for (const key in value) if (!known.get(key)?.(value[key])) return false;
    return true;
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isAttributeValue: Check = structure({
  S: isText,
  N: isText,
  BOOL: isBoolean,
  NULL: isBoolean,
  SS: list(isText),
  NS: list(isText),
  L: (value) => list(isAttributeValue)(value),
  M: (value) => map(isAttributeValue)(value),
});
