// Sources run as the ES modules they are: only the types are stripped.
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } }],
  },
  // Tests are most of what runs meanwhile: the core that is kept free by default would be half of a small machine.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
