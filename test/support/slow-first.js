import Sequencer from '@jest/test-sequencer';

/** Those that take the longest, so that none of them is left to the end, when a core would have nothing else to do. */
const SLOW = [
  'test/local/commands/start.test.ts',
  'test/local/simulation/year.test.ts',
  'test/close/chaos.test.ts',
  'test/close/kill.test.ts',
  'test/api/writes/hostile-bodies.test.ts',
  'test/api/writes/manners.test.ts',
  'test/lib/ports.test.ts',
  'test/local/simulation/lives.test.ts',
];

export default class SlowFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const index = SLOW.findIndex((slow) => path.replaceAll('\\', '/').endsWith(slow));
      return index < 0 ? SLOW.length : index;
    };
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}
