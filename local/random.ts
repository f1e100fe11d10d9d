/** Repeatable chance: the same seed gives the same sequence on every machine. */
export interface SeededRandom {
  /** A number of 0 ≤ n < 1. */
  next(): number;
  /** A whole number of 0 ≤ n < below. */
  int(below: number): number;
  /** True with the given probability: 0 never, 1 always. */
  chance(probability: number): boolean;
  /** One of the members, which must not be empty. */
  pick<T>(members: readonly T[]): T;
  /** A sequence of its own for the label, the same however far this one has been used. */
  fork(label: string): SeededRandom;
}

/** A sequence for the seed (a whole number), by the generator "mulberry32": 32 bits of state, fine for simulations. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  return {
    next,
    int: (below) => Math.floor(next() * below),
    chance: (probability) => next() < probability,
    pick(members) {
      if (members.length === 0) throw new RangeError('Nothing to pick from: the list is empty');
      return members[Math.floor(next() * members.length)]!;
    },
    fork(label) {
      let forked = seed >>> 0;
      for (const character of label)
        forked = Math.imul(forked ^ character.codePointAt(0)!, 0x01000193) ^ (forked >>> 15);
      return seededRandom(forked);
    },
  };
}
