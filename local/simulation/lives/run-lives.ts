import { BLANK_PAGES } from '../blank-pages.ts';
import { storedState } from '../stored-state.ts';
import { openLife, openWorld, TABLE_NAME } from '../world.ts';
import { differences, expectedSaid, storedSaid } from './compare-lives.ts';
import { firstOf } from './days.ts';
import { liveThrough } from './live.ts';
import { straightLine } from './straight-line.ts';
import { tellStories } from './tell-stories.ts';

/** What became of the lives of a seed: nothing wrong is an empty list. */
export type LivesOutcome = {
  seed: number;
  problems: readonly string[];
  /** Documents and ledger entries that are as calculated, when nothing is wrong. */
  documents: number;
  ledgerEntries: number;
  /** How many of each kind there are, and of each kind of request how many came to what. */
  happened: Readonly<Record<string, number>>;
};

/**
 * Lives contracts of a seed from their first request to their end, month by month with closes, and compares every document
 * and every entry of the prepayment ledgers with a straight-line calculation beside the portal.
 */
export async function runLives(seed: number, contracts: number, months: number): Promise<LivesOutcome> {
  const chronicle = tellStories(seed, contracts, months);
  const world = await openWorld(new Date(`${firstOf(chronicle.first)}T00:00:00Z`));
  const lived = await liveThrough(chronicle, world, openLife(world, { seed, pdf: BLANK_PAGES }));
  const stored = storedSaid(lived, await storedState(world.database, TABLE_NAME), world.documents.contents);
  await world.close();
  const happened: Record<string, number> = {};
  const count = (what: string) => {
    happened[what] = (happened[what] ?? 0) + 1;
  };
  const said = chronicle.stories.map((story) => {
    const expected = straightLine(story, chronicle);
    for (const { kind, lines } of expected.documents) {
      count(`document ${kind}`);
      if (lines.some((line) => line.kind === 'SETTLEMENT')) count('settlement');
    }
    for (const { kind } of expected.ledger) count(`ledger ${kind}`);
    for (const { wish, approved, rejected, withdrawn } of story.asks) {
      const fate = withdrawn ? 'withdrawn' : rejected ? 'rejected' : 'asked';
      count(`${wish.type} ${fate}${approved && withdrawn ? ' after approval' : ''}`);
    }
    if (story.deactivated) count('deactivated');
    for (let n = 0; n < expected.doneByCloses; n++) count('took effect in a close');
    return expectedSaid(story.n, expected);
  });
  const problems = [
    ...lived.problems,
    ...differences(
      'document',
      said.flatMap(({ documents }) => documents),
      stored.documents,
    ),
    ...differences(
      'ledger entry',
      said.flatMap(({ ledger }) => ledger),
      stored.ledger,
    ),
  ];
  return { seed, problems, documents: stored.documents.length, ledgerEntries: stored.ledger.length, happened };
}
