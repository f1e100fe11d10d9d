import { type LivesOutcome, runLives } from '../../../local/simulation/lives/run-lives.ts';

// In this seed a contract was billed for a month after its end, whose order had been made before that was known.
const SEED = 4;
const CONTRACTS = 16;
const MONTHS = 14;

/** What has to have happened, or the lives prove little. */
const KINDS = [
  'document ORDER',
  'document PREPAYMENT',
  'document CREDIT_NOTE',
  'ledger CREDIT',
  'ledger DRAW',
  'ledger FORFEIT',
  'CREATE asked',
  'CREATE rejected',
  'UPGRADE asked',
  'DOWNGRADE asked',
  'TOPUP asked',
  'TOPUP withdrawn after approval',
  'AMEND asked',
  'PREPAY_AMEND asked',
  'RENEW asked',
  'TERMINATE asked',
  'deactivated',
  'settlement',
  'took effect in a close',
];

let outcome: LivesOutcome;

beforeAll(async () => {
  outcome = await runLives(SEED, CONTRACTS, MONTHS);
}, 120_000);

test('every invoice, credit note and ledger entry of contracts lived day by day is as calculated beside the portal', () => {
  expect(outcome.problems).toEqual([]);
});

test.each(KINDS)('among what happened is: %s', (kind) => {
  expect(outcome.happened[kind]).toBeGreaterThan(0);
});
