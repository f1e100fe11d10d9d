import jsonata from 'jsonata';

/** What an expression may read at the place where it stands. */
export type Readable = {
  variables: ReadonlySet<string>;
  result?: boolean;
  errorOutput?: boolean;
  mapItem?: boolean;
};

/** JSONata 2.0.6 without `$eval`, and what Step Functions adds; later JSONata versions must not leak in. */
const FUNCTIONS = new Set(
  `abs append assert average boolean ceil clone contains count decodeUrl decodeUrlComponent distinct each encodeUrl
  encodeUrlComponent error exists filter floor formatBase formatInteger formatNumber fromMillis join keys length lookup
  lowercase map match max merge millis min not now number pad parseInteger power random reduce replace reverse round
  shuffle sift single sort split spread sqrt string substring substringAfter substringBefore sum toMillis trim type
  uppercase zip base64encode base64decode partition range hash uuid parse`.split(/\s+/),
);

/** The part of the context object that the runner fills. */
const CONTEXT: Record<string, readonly string[]> = {
  Execution: ['Id', 'Input', 'Name', 'StartTime'],
  State: ['EnteredTime', 'Name', 'RetryCount'],
  StateMachine: ['Id', 'Name'],
  Map: ['Item'],
};

type Node = Record<string, unknown>;

/** Parts of a JSONata node that are evaluated for each value before them, so that `$` and bare names mean something. */
const INNER_PARTS = new Set(['stages', 'predicate', 'group', 'terms', 'pattern', 'update', 'delete']);
const CONTEXT_NODES = new Set(['name', 'wildcard', 'descendant', 'parent']);

/**
 * What Step Functions would refuse about an expression when the state machine is created: bad syntax, `$eval` and
 * unknown functions, unknown variables, `$` or a bare name where there is no value to look into, and parts of `$states`
 * that don't exist at this place.
 * @returns one sentence, or undefined when the expression is fine.
 */
export function problemOf(expression: string, readable: Readable): string | undefined {
  let tree: Node;
  try {
    tree = treeOf(expression);
  } catch (error) {
    return `'${expression}' is not JSONata: ${(error as Error).message}`;
  }
  const problem = problemIn(tree, false, readable, localNames(tree));
  return problem && `${problem} in '${expression}'`;
}

// A definition has the same expression in many places.
const trees = new Map<string, Node>();

function treeOf(expression: string): Node {
  const tree = trees.get(expression) ?? (jsonata(expression).ast() as unknown as Node);
  trees.set(expression, tree);
  return tree;
}

function problemIn(node: Node, inner: boolean, readable: Readable, locals: Set<string>): string | undefined {
  if (node.type === 'path') {
    const steps = node.steps as Node[];
    return (
      statesProblem(steps, readable) ??
      firstOf(steps, (step, index) => problemIn(step, inner || index > 0, readable, locals)) ??
      partsProblem({ group: node.group }, inner, readable, locals)
    );
  }
  if (node.type === 'variable') {
    const problem = variableProblem(String(node.value), inner, readable, locals);
    if (problem !== undefined) return problem;
  }
  if (CONTEXT_NODES.has(String(node.type)) && !inner) {
    return `'${node.value}' has nothing to be looked up in; begin with $states or a variable`;
  }
  const { arguments: parameters, lhs, ...rest } = node;
  const parts = node.type === 'lambda' ? rest : node.type === 'bind' ? { ...rest, parameters } : node;
  return partsProblem(parts, inner, readable, locals);
}

function partsProblem(parts: Node, inner: boolean, readable: Readable, locals: Set<string>): string | undefined {
  return firstOf(Object.entries(parts), ([key, part]) =>
    firstOf(nodesIn(part), (node) => problemIn(node, inner || INNER_PARTS.has(key), readable, locals)),
  );
}

function variableProblem(name: string, inner: boolean, readable: Readable, locals: Set<string>): string | undefined {
  if (name === '') return inner ? undefined : '$ has no value here; begin with $states or a variable';
  if (name === '$') return '$$ is not available; begin with $states or a variable';
  const known = name === 'states' || locals.has(name) || FUNCTIONS.has(name) || readable.variables.has(name);
  return known ? undefined : `$${name} is neither a variable assigned in this scope nor a known function`;
}

function statesProblem(steps: Node[], readable: Readable): string | undefined {
  const [root, field, group, name] = steps.map((step) => step.value);
  if (steps[0]?.type !== 'variable' || root !== 'states' || field === undefined) return undefined;
  if (field === 'input') return undefined;
  if (field === 'result' || field === 'errorOutput') {
    return readable[field] ? undefined : `$states.${field} does not exist here`;
  }
  if (field !== 'context') return `$states.${field} does not exist`;
  if (group === undefined) return undefined;
  const names = CONTEXT[String(group)];
  if (names === undefined || (group === 'Map' && !readable.mapItem))
    return `$states.context.${group} is not known here`;
  return name === undefined || names.includes(String(name))
    ? undefined
    : `$states.context.${group}.${name} is not known`;
}

// Names an expression binds itself: `:=`, function parameters, `@$x` and `#$i`.
function localNames(tree: Node): Set<string> {
  const names = new Set<string>();
  const visit = (node: Node): void => {
    if (node.type === 'bind') names.add(String((node.lhs as Node).value));
    if (node.type === 'lambda') for (const parameter of nodesIn(node.arguments)) names.add(String(parameter.value));
    if (node.type === 'index') names.add(String(node.value));
    for (const key of ['focus', 'index']) if (typeof node[key] === 'string') names.add(node[key]);
    for (const part of Object.values(node)) nodesIn(part).forEach(visit);
  };
  visit(tree);
  return names;
}

function nodesIn(part: unknown): Node[] {
  if (Array.isArray(part)) return part.flatMap(nodesIn);
  return typeof part === 'object' && part !== null && !(part instanceof RegExp) ? [part as Node] : [];
}

function firstOf<T>(items: T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}
