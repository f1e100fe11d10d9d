/**
 * `npm test`: runs all tests, or those whose path contains the words given, and ends with the plain line
 * "N passed, N failed".
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSigningKey, SIGNING_KEY } from './signing-key.ts';

const folder = mkdtempSync(join(tmpdir(), 'commerce-portal-tests-'));
const results = join(folder, 'results.json');
const jest = join(import.meta.dirname, '../../node_modules/jest/bin/jest.js');
// What is young is collected less often: tests make much that is not kept.
const options = ['--max-semi-space-size=64', jest];
const { status } = spawnSync(
  process.execPath,
  [...options, '--json', `--outputFile=${results}`, '--silent=false', ...process.argv.slice(2)],
  {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, CDK_DISABLE_CLI_TELEMETRY: 'true', [SIGNING_KEY]: newSigningKey() },
  },
);

type Results = { numPassedTests: number; numFailedTests: number; numFailedTestSuites: number; numPendingTests: number };
try {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(results, 'utf8')) as Results;
  // A suite that doesn't even load has no failed test, but has failed all the same.
  process.stdout.write(`${numPassedTests} passed, ${Math.max(numFailedTests, numFailedTestSuites)} failed\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = status ?? 1;
