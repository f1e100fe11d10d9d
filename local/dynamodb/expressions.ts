import conditionParser from 'dynalite/db/conditionParser.js';
import projectionParser from 'dynalite/db/projectionParser.js';
import updateParser from 'dynalite/db/updateParser.js';

/** Expressions kept; a programme has some dozens, so this only guards against texts that are built from data. */
const MAX_EXPRESSIONS = 1000;

/** Expressions that the parser checks by the values given. */
const LOOKS_AT_VALUES = /\bbetween\b|attribute_type/i;

interface Parsed {
  tree: object;
  names: string[];
  /** Names of the values by the object that stands for each in the tree. */
  values: Map<object, string>;
}

/**
 * Makes dynalite's expression parsers remember what they parsed, since parsing costs more than all else of a write.
 * An expression is remembered with its attribute names and the types of its values; the values are put in anew each
 * time. Not remembered are refused expressions, and those whose checks look at the values themselves.
 */
export function rememberExpressions(): void {
  for (const parser of [conditionParser, updateParser, projectionParser]) {
    const parse = parser.parse;
    const known = new Map<string, Parsed>();
    parser.parse = (text, { context }) => {
      const { attrNames = {}, attrVals = {}, unusedAttrNames, unusedAttrVals } = context;
      const key = `${text} ${JSON.stringify(attrNames)} ${typesOf(attrVals)}`;
      let parsed = known.get(key);
      if (!parsed) {
        if (LOOKS_AT_VALUES.test(text)) return parse(text, { context });
        const unused = { unusedAttrNames: { ...attrNames }, unusedAttrVals: { ...attrVals } };
        const tree = parse(text, { context: { ...context, ...unused } });
        if (typeof tree === 'string') return tree;
        const names = Object.keys({ ...attrNames, ...attrVals });
        parsed = {
          tree,
          names: names.filter((name) => !(name in unused.unusedAttrNames || name in unused.unusedAttrVals)),
          values: new Map(Object.entries(attrVals).map(([name, value]) => [value, name])),
        };
        if (known.size >= MAX_EXPRESSIONS) known.clear();
        known.set(key, parsed);
      }
      for (const name of parsed.names) {
        delete unusedAttrNames[name];
        delete unusedAttrVals[name];
      }
      return withValues(parsed.tree, parsed.values, attrVals);
    };
  }
}

function typesOf(values: Record<string, object>): string {
  let types = '';
  for (const name in values) types += `${name} ${Object.keys(values[name]!)} `;
  return types;
}

/** A copy of the tree (the actions change theirs) with the given values. */
function withValues<T>(tree: T, names: Map<object, string>, values: Record<string, object>): T {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (Array.isArray(tree)) return tree.map((branch) => withValues(branch, names, values)) as T;
  const name = names.get(tree);
  if (name !== undefined) return values[name] as T;
  const copy: Record<string, unknown> = {};
  for (const member in tree) copy[member] = withValues(tree[member], names, values);
  return copy as T;
}
