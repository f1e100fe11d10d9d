import { invoke, outputOf, runOnce } from '../../support/state-machines.ts';

const evaluate = (expression: string, input: Parameters<typeof outputOf>[1] = {}, options = {}) =>
  outputOf({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }, input, options);

test('the functions Step Functions adds to JSONata are there', async () => {
  expect(await evaluate('$partition([1..5], 2)')).toEqual([[1, 2], [3, 4], [5]]);
  expect(await evaluate('$partition([1..5], 9.9)')).toEqual([[1, 2, 3, 4, 5]]);
  expect(await evaluate('$range(0, 10, 5)')).toEqual([0, 5, 10]);
  expect(await evaluate('$range(3, 1, -1)')).toEqual([3, 2, 1]);
  expect(await evaluate("$hash('abc', 'SHA-256')")).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(await evaluate("$hash({'a': 1}, 'MD5')")).toBe('bb6cb5c68df4652941caf652a366f2d8');
  expect(await evaluate('$parse($states.input)', '{"a":[1]}')).toEqual({ a: [1] });
  expect(await evaluate('$uuid()')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('random numbers come from the runner, or from a seed', async () => {
  expect(await evaluate('$random()', {}, { random: () => 0.5 })).toBe(0.5);
  expect(await evaluate('$random(7) = $random(7)')).toBe(true);
  expect(await evaluate('$random(7) = $random(8)')).toBe(false);
});

test('time comes from the clock of the runner', async () => {
  expect(await evaluate('$millis()')).toBe(Date.parse('2026-03-01T00:00:00.000Z'));
  expect(await evaluate('$now()')).toBe('2026-03-01T00:00:00.000Z');
  expect(await evaluate("$now('[Y0001]-[M01]', '+0900')")).toBe('2026-03');
});

test('the functions refuse what they can not do', async () => {
  for (const bad of [
    '$partition([1], 0)',
    '$partition([1], -1)',
    '$range(0, 1, 0)',
    '$range(0, 1000, 1)',
    "$hash('a', 'CRC')",
    "$parse('{')",
  ]) {
    const { result } = await runOnce({ A: { Type: 'Pass', Output: `{% ${bad} %}`, End: true } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  }
});

test('what an expression gives behaves as plain JSON in the next one', async () => {
  const states = {
    A: { Type: 'Pass', Assign: { one: '{% $states.input.list[n > 1].[n] %}' }, Next: 'B' },
    B: { Type: 'Pass', Output: { whole: '{% $one %}', count: '{% $count($one) %}' }, End: true },
  };
  expect(await outputOf(states, { list: [{ n: 1 }, { n: 2 }] })).toEqual({ whole: [2], count: 1 });
});

test('variables live on through later states, and Assign and Output see them as they were on entry', async () => {
  const states = {
    A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
    B: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: ['{% $x %}', '{% $y %}'], Next: 'C' },
    C: { Type: 'Pass', Output: ['{% $states.input %}', '{% $x %}', '{% $y %}'], End: true },
  };
  expect(await outputOf(states)).toEqual([[1, 2], 2, 1]);
});

test('a branch reads the variables around it; its own are gone when it ends and unseen by its siblings', async () => {
  const branch = (name: string, value: number) => ({
    StartAt: `In ${value}`,
    States: {
      [`In ${value}`]: { Type: 'Pass', Assign: { [name]: value }, Next: `Out ${value}` },
      [`Out ${value}`]: { Type: 'Pass', Output: `{% $outer + $${name} %}`, End: true },
    },
  });
  const states = {
    A: { Type: 'Pass', Assign: { outer: 10 }, Next: 'P' },
    P: {
      Type: 'Parallel',
      Branches: [branch('own', 1), branch('own', 2)],
      Assign: { results: '{% $states.result %}' },
      Next: 'Z',
    },
    Z: { Type: 'Pass', Output: { outer: '{% $outer %}', results: '{% $results %}' }, End: true },
  };
  expect(await outputOf(states)).toEqual({ outer: 10, results: [11, 12] });
});

test('an iteration of a Map has variables of its own', async () => {
  const states = {
    A: { Type: 'Pass', Assign: { base: 100 }, Output: [1, 2, 3], Next: 'M' },
    M: {
      Type: 'Map',
      ItemProcessor: {
        StartAt: 'F',
        States: {
          F: invoke('f', { Assign: { mine: '{% $states.result.Payload + $base %}' }, Next: 'G' }),
          G: { Type: 'Pass', Output: '{% $mine %}', End: true },
        },
      },
      End: true,
    },
  };
  const f = async (item: unknown) => item;
  expect(await outputOf(states, {}, { functions: { f } })).toEqual([101, 102, 103]);
});

test('Assign in a Catch of a Parallel state reaches the scope around it', async () => {
  const states = {
    P: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } }],
      Catch: [{ ErrorEquals: ['States.ALL'], Assign: { why: '{% $states.errorOutput.Error %}' }, Next: 'Z' }],
      Next: 'Z',
    },
    Z: { Type: 'Pass', Output: '{% $why %}', End: true },
  };
  expect(await outputOf(states)).toBe('E');
});
