/** Gives every test and hook a time after which it has failed: the runner of the tests has none of its own. */
const LIMIT = 30_000;

type Work = (...given: never[]) => unknown;
type Declare = (name: string, work: Work, limit?: number) => void;

function limited(work: Work, limit = LIMIT): Work {
  const declared = new Error(`not done after ${limit} ms`);
  return async (...given) => {
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(declared), limit);
    try {
      return await Promise.race([work(...given), late.promise]);
    } finally {
      clearTimeout(timer);
    }
  };
}

const plain = globalThis.test;
const each = plain.each as unknown as (...table: unknown[]) => Declare;
const test = Object.assign(
  (name: string, work: Work, limit?: number) => plain(name, limited(work, limit) as jest.ProvidesCallback),
  plain,
  {
    each:
      (...table: unknown[]): Declare =>
      (name, work, limit) =>
        each(...table)(name, limited(work, limit)),
  },
);

const hook = (declare: jest.Lifecycle) => (work: Work, limit?: number) =>
  declare(limited(work, limit) as jest.ProvidesHookCallback);

Object.assign(globalThis, {
  test,
  it: test,
  beforeAll: hook(beforeAll),
  beforeEach: hook(beforeEach),
  afterEach: hook(afterEach),
  afterAll: hook(afterAll),
});
