import type { Period } from '../../domain/calendar/period.ts';

/** How far a shard of a period's roster has come. */
export type RosterHead = {
  /** The period has ended: its orders are being opened and its roster handed on to the next one. */
  over: boolean;
  /** The orders of the period before are open, and this period's are made of its roster. */
  begun: boolean;
  /** A close was started. */
  frozen: boolean;
};

/** What the programme-day job has done, so that it goes on where it was left. Strongly consistent. */
export type ProgrammeDays = {
  /** The last period begun in all shards; undefined before the first. */
  begunUpTo(): Promise<Period | undefined>;
  /** Never goes back. */
  begunAll(period: Period): Promise<void>;
  head(period: Period, shard: number): Promise<RosterHead>;
  /** From here on `NOT_OPEN` orders of the period are refused: what its roster holds now is all that has to be handed on. */
  over(period: Period, shard: number, now: Date): Promise<RosterHead>;
  begun(period: Period, shard: number, now: Date): Promise<void>;
  /** What is done once for a whole period: its check and its mails. */
  stepsDone(period: Period): Promise<ReadonlySet<string>>;
  stepDone(period: Period, step: string, now: Date): Promise<void>;
};
