import { invoke, Named, onAnyError, powerCut, runOnce } from '../../support/state-machines.ts';

test('a crash passes every Retry and Catch and rejects the run, and nothing further is begun', async () => {
  const crash = powerCut();
  const called: string[] = [];
  const functions = {
    f: async () => {
      throw crash;
    },
    g: async () => called.push('g'),
  };
  const guards = { Retry: [onAnyError({})], Catch: [onAnyError({ Next: 'Z' })] };
  const Z = { Type: 'Succeed' };
  await expect(runOnce({ A: invoke('f', guards), Z }, {}, { functions })).rejects.toBe(crash);
  const branches = {
    A: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'F', States: { F: invoke('f', guards), Z } },
        { StartAt: 'P', States: { P: { Type: 'Wait', Seconds: 9, Next: 'G' }, G: invoke('g') } },
      ],
      ...guards,
      Next: 'Y',
    },
    Y: { Type: 'Succeed' },
  };
  branches.A.Catch = [onAnyError({ Next: 'Y' })];
  await expect(runOnce(branches, {}, { functions })).rejects.toBe(crash);
  expect(called).toEqual([]);
});

test('a crash outweighs the failure of a sibling that came first', async () => {
  const crash = powerCut();
  const functions = {
    f: async () => {
      throw new Named('E');
    },
    g: async () => {
      await new Promise(setImmediate);
      throw crash;
    },
  };
  const branches = ['f', 'g'].map((name) => ({ StartAt: name, States: { [name]: invoke(name) } }));
  const states = {
    A: { Type: 'Parallel', Branches: branches, Catch: [onAnyError({ Next: 'Z' })], Next: 'Z' },
    Z: { Type: 'Succeed' },
  };
  await expect(runOnce(states, {}, { functions })).rejects.toBe(crash);
});

test('a crash in a task that was given up as too late still ends the execution', async () => {
  const crash = powerCut();
  let fail: (error: Error) => void = () => undefined;
  const functions = {
    slow: () =>
      new Promise<never>((_, reject) => {
        fail = reject;
      }),
    next: async () => fail(crash),
  };
  const states = {
    A: invoke('slow', { TimeoutSeconds: 1, Catch: [onAnyError({ Next: 'B' })] }),
    B: invoke('next', { Next: 'C' }),
    C: { Type: 'Wait', Seconds: 1, Next: 'D' },
    D: { Type: 'Succeed' },
  };
  await expect(runOnce(states, {}, { functions })).rejects.toBe(crash);
});
