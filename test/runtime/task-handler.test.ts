import { taskHandler } from '../../lambdas/runtime/task-handler.ts';

const written: string[] = [];
const keep = (text: string | Uint8Array): boolean => {
  written.push(String(text));
  return true;
};

beforeEach(() => {
  written.length = 0;
  process.env.TABLE_NAME = 'not asked';
  jest.spyOn(process.stdout, 'write').mockImplementation(keep);
  jest.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => {
  delete process.env.TABLE_NAME;
  jest.restoreAllMocks();
});

test('what has failed without stopping a task is logged with its cause, and counted', async () => {
  const failures = [new Error('contract C-1: it does not exist', { cause: new RangeError('the cause') })];
  const task = async () => ({ failures });
  const measure = ({ failures: all }: { failures: Error[] }) => ({ ContractFailures: all.length });
  await taskHandler('a-task', task, measure, (result) => result.failures)({});
  const log = written.join('');
  expect(log).toContain('contract C-1: it does not exist');
  expect(log).toContain('the cause');
  expect(log).toMatch(/"ContractFailures":1/);
  expect(log).toContain('"message":"done"');
});
