import { distributed } from '../../support/distributed-maps.ts';
import { machineOf, problemOf } from '../../support/state-machines.ts';

const pass = { Type: 'Pass', End: true };

test.each([
  ['bad syntax', '{% 1 + %}', 'is not JSONata'],
  ['$eval', "{% $eval('1') %}", '$eval is neither'],
  ['an unknown function', '{% $format(1) %}', '$format is neither'],
  ['an unknown variable', '{% $nobody %}', '$nobody is neither'],
  ['$ with nothing to stand for', '{% $.x %}', '$ has no value here'],
  ['$$', '{% $states.input.($$.x) %}', '$$ is not available'],
  ['a bare name', '{% x.y %}', "'x' has nothing to be looked up in"],
  ['a bare name as an argument', '{% $sum(x) %}', "'x' has nothing to be looked up in"],
  ['$states.result outside a task', '{% $states.result %}', '$states.result does not exist here'],
  ['$states.errorOutput outside a Catch', '{% $states.errorOutput.Error %}', '$states.errorOutput does not exist here'],
  ['an unknown part of $states', '{% $states.inputs %}', '$states.inputs does not exist'],
  ['an unknown part of the context', '{% $states.context.Task.Token %}', '$states.context.Task is not known here'],
  [
    'an unknown field of the context',
    '{% $states.context.Execution.RoleArn %}',
    '$states.context.Execution.RoleArn is not known',
  ],
  ['the Map context outside a Map', '{% $states.context.Map.Item.Index %}', '$states.context.Map is not known here'],
  ['spaces around the marks', ' {% 1 %}', 'must begin with {% and end with %}'],
  ['an open mark', '{% 1', 'must begin with {% and end with %}'],
])('an expression with %s is refused', (_, expression, problem) => {
  expect(problemOf(machineOf({ A: { ...pass, Output: { deep: [expression] } } }))).toContain(
    '$.States.A.Output.deep[0]: ',
  );
  expect(problemOf(machineOf({ A: { ...pass, Output: { deep: [expression] } } }))).toContain(problem);
});

test.each([
  '{% $states.input.items[price > 10 and $.n = 1].{"a": b} %}',
  '{% $map($states.input, function($item, $index) { $item.x + $index }) %}',
  '{% ($sum := $states.input.a; $f := function($n) { $n + $sum }; $f(1)) %}',
  '{% $states.input.items@$i.$states.input.prices@$p[$p.id = $i.id].{"n": $p.n} %}',
  '{% $states.input.items#$at.{"at": $at} %}',
  '{% $states.input.list^(>price).name %}',
  '{% $states.input ~> |items|{"x": y}| %}',
  '{% $states.input.items{kind: $sum(price)} %}',
  '{% $states.input.items.**.id %}',
  '{% $states.input.text ~> /a+/ %}',
  '{% $reduce($states.input.list, function($a, $b) { $merge([$a, {$b.id: $b.n}]) }, {}) %}',
  '{% $states.context.Execution.Input.period %}',
  '{% -$states.input.n in [1..3] ? null : $exists($states.input.m) %}',
])('the expression %s is accepted', (expression) => {
  expect(problemOf(machineOf({ A: { ...pass, Output: expression } }))).toBe('accepted');
});

test('an inner scope may not assign a variable of the scope around it', () => {
  const branch = { StartAt: 'B', States: { B: { ...pass, Assign: { x: 1 } } } };
  const states = { A: { Type: 'Parallel', Branches: [branch], Assign: { x: 2 }, End: true } };
  expect(problemOf(machineOf(states))).toContain(
    '$.States.A.Branches[0]: assigns $x, which an outer scope assigns too',
  );
});

test('a variable of a branch is unknown outside of it', () => {
  const branch = { StartAt: 'B', States: { B: { ...pass, Assign: { x: 1 } } } };
  const states = { A: { Type: 'Parallel', Branches: [branch], Output: '{% $x %}', End: true } };
  expect(problemOf(machineOf(states))).toContain('$x is neither');
});

test('a child of a distributed Map sees no variable from outside, but its Map state does', () => {
  const reads = { P: { ...pass, Output: '{% $x %}' } };
  const before = { Type: 'Pass', Assign: { x: 1 }, Next: 'B' };
  expect(problemOf(machineOf({ A: before, B: distributed({}, reads) }))).toContain('$x is neither');
  const hands = distributed({ ItemSelector: { x: '{% $x %}' } });
  expect(problemOf(machineOf({ A: before, B: hands }))).toBe('accepted');
});
