// Tests run in plain Node, as the sources do: only the types are stripped. Files share the modules their worker has
// loaded, as requests share those of a warm function, so a test leaves nothing behind in them. See docs/decisions/0025.
export default {
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {},
  runner: 'jest-light-runner',
  testSequencer: '<rootDir>/test/support/slow-first.js',
  setupFilesAfterEnv: ['<rootDir>/test/support/time-limits.ts'],
  // Tests are most of what runs meanwhile: the core that is kept free by default would be half of a small machine.
  maxWorkers: '100%',
};
