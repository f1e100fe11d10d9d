/** One allowed change of state: who may cause it and by which verb. */
export type Transition<State extends string, Actor extends string> = {
  readonly from: State;
  readonly to: State;
  readonly by: Actor;
  readonly verb: string;
};

export type TransitionResult<State extends string> =
  | { ok: true; to: State }
  | { ok: false; reason: 'TRANSITION_NOT_ALLOWED'; from: State; verb: string };

/**
 * The state a verb leads to, where the table allows that actor that verb in that state; a transition that is not in the
 * table is refused and changes nothing (domain.md §4).
 */
export function transition<State extends string, Actor extends string>(
  table: readonly Transition<State, Actor>[],
  from: State,
  verb: string,
  by: Actor,
): TransitionResult<State> {
  const found = table.find((entry) => entry.from === from && entry.verb === verb && entry.by === by);
  return found ? { ok: true, to: found.to } : { ok: false, reason: 'TRANSITION_NOT_ALLOWED', from, verb };
}
