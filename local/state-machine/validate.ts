import type { StateMachine } from './definition.ts';
import { DefinitionError } from './errors.ts';
import { type Checks, choice, fields, item, list, object, text } from './field-checks.ts';
import { type Known, type Surroundings, stateFields } from './state-fields.ts';

/**
 * Checks that the runner knows every part of a definition, with JSONata as its query language.
 * @param definition what `loadDefinition` gave.
 * @param known the resources and functions there are handlers for.
 * @returns the same definition, typed.
 * @throws DefinitionError with the path of the first part that it doesn't know.
 */
export function validateDefinition(definition: unknown, known: Known): StateMachine {
  const machine = object(definition, '$');
  fields(machine, '$', {
    Comment: text,
    Version: choice('1.0'),
    QueryLanguage: choice('JSONata'),
    TimeoutSeconds: item('positive'),
    StartAt: text,
    States: object,
  });
  if (machine.QueryLanguage !== 'JSONata') throw new DefinitionError('$.QueryLanguage', "must be 'JSONata'");
  checkStates(machine, '$', { known, outer: new Set(), inIteration: false, names: new Set() });
  return definition as StateMachine;
}

// Checks StartAt and States of a machine, a Parallel branch or an ItemProcessor.
function checkStates(machine: Record<string, unknown>, path: string, around: Surroundings): void {
  const states = object(machine.States, `${path}.States`);
  const own = assignedIn(states, `${path}.States`);
  for (const name of own) {
    if (around.outer.has(name)) {
      throw new DefinitionError(path, `assigns $${name}, which an outer scope assigns too; use another name`);
    }
  }
  const variables = new Set([...around.outer, ...own]);
  requireState(states, machine.StartAt, `${path}.StartAt`);
  for (const [name, value] of Object.entries(states)) {
    const at = `${path}.States.${name}`;
    if (name.length > 80) throw new DefinitionError(at, 'has a name above 80 characters');
    if (around.names.has(name)) throw new DefinitionError(at, 'has a name that another state of the definition has');
    around.names.add(name);
    const state = object(value, at);
    fields(state, at, checksFor(state, at, { ...around, variables }));
    checkTransitions(state, at, states);
  }
}

function checksFor(
  state: Record<string, unknown>,
  path: string,
  around: Surroundings & { variables: ReadonlySet<string> },
): Checks {
  const checks = stateFields(state, { ...around, checkStates })[String(state.Type)];
  if (checks === undefined) throw new DefinitionError(`${path}.Type`, `'${state.Type}' is not a known state type`);
  return checks;
}

function checkTransitions(state: Record<string, unknown>, path: string, states: Record<string, unknown>): void {
  const terminal = ['Succeed', 'Fail', 'Choice'].includes(String(state.Type));
  if (!terminal && (state.Next === undefined) === (state.End === undefined)) {
    throw new DefinitionError(path, 'must have either Next or End');
  }
  if (state.Items !== undefined && state.ItemReader !== undefined) {
    throw new DefinitionError(path, 'has both Items and ItemReader; one source is enough');
  }
  if (state.Next !== undefined) requireState(states, state.Next, `${path}.Next`);
  if (state.Default !== undefined) requireState(states, state.Default, `${path}.Default`);
  for (const field of ['Choices', 'Catch']) {
    for (const [index, entry] of list(state[field] ?? [], path).entries()) {
      requireState(states, object(entry, path).Next, `${path}.${field}[${index}].Next`);
    }
  }
}

function requireState(states: Record<string, unknown>, name: unknown, path: string): void {
  if (typeof name !== 'string' || !Object.hasOwn(states, name)) {
    throw new DefinitionError(path, `names the state '${name}', which is not there`);
  }
}

// Every variable that a state, one of its choice rules or one of its catchers assigns.
function assignedIn(states: Record<string, unknown>, path: string): Set<string> {
  const names = new Set<string>();
  for (const [name, value] of Object.entries(states)) {
    const at = `${path}.${name}`;
    const state = object(value, at);
    const places = [state, ...list(state.Choices ?? [], at), ...list(state.Catch ?? [], at)];
    for (const place of places)
      for (const key of Object.keys(object(object(place, at).Assign ?? {}, at))) names.add(key);
  }
  return names;
}
