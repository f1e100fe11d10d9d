import type { Period } from '../../../lambdas/domain/calendar/period.ts';
import type { CutoffPolicy } from '../../../lambdas/domain/calendar/programme-calendar.ts';
import { type ImportedContract, importProgramme } from '../../../lambdas/use-cases/import-programme.ts';
import { runContractDay } from '../../../lambdas/use-cases/run-contract-day.ts';
import { runMeterDay } from '../../../lambdas/use-cases/run-meter-day.ts';
import { runProgrammeDay } from '../../../lambdas/use-cases/run-programme-day.ts';
import { startClose } from '../../../lambdas/use-cases/start-close.ts';
import { BLANK_PAGES } from '../blank-pages.ts';
import { type Day, daysBetween, firstOf, monthOf, monthsLater } from '../lives/days.ts';
import { storedState } from '../stored-state.ts';
import { type Life, openLife, openWorld, TABLE_NAME, type World } from '../world.ts';
import { billDifferences, printedMonths } from './compare-year.ts';
import { CLOSING_DAY, CLOSING_TIME, FILLING_TIME, MONTHS_AFTER, type Year } from './events.ts';
import { fedLiving, type Living, nameOf, reportedLiving } from './living.ts';
import { closeInStorm } from './storms.ts';
import { tellYear } from './tell-year.ts';
import { addMeters, yearProgramme } from './year-programme.ts';

/** What became of a year: nothing wrong is an empty list. */
export type YearOutcome = {
  seed: number;
  problems: readonly string[];
  documents: number;
  /** Months of contracts whose bills were compared, and how often the usage of one was. */
  months: number;
  looks: number;
  happened: Readonly<Record<string, number>>;
  /** Contracts by what they are of. */
  families: Readonly<Record<string, number>>;
};

const MOST_PROBLEMS = 20;

/**
 * Lives a year of service providers in the portal, day by day, with its jobs and closes. With every close what the portal has
 * of each month's usage is compared with what must be accounted for, so that nothing is lost or there twice; at the end what
 * all valid documents print of a month is compared with what it costs by a straight-line calculation.
 *
 * @param how.cutoffPolicy late costs what on time would have cost, so that a month comes to the same by either
 * @param how.isStormy each close is begun in bad weather, mostly to its death
 */
export async function runYear(
  seed: number,
  providers: number,
  months: number,
  { cutoffPolicy = 'billAsReported', isStormy = false }: { cutoffPolicy?: CutoffPolicy; isStormy?: boolean } = {},
): Promise<YearOutcome> {
  const year = tellYear(seed, providers, months);
  const world = await openWorld(new Date(`${firstOf(year.first)}T00:00:00Z`));
  const life = openLife(world, { seed, pdf: BLANK_PAGES, cutoffPolicy });
  const { programme, contracts, fed } = yearProgramme(year);
  await importProgramme(life.portal, programme);
  await addMeters(life.portal, year, contracts);
  const living = year.providers.flatMap((provider): Living[] => [
    reportedLiving(provider, contracts[provider.n] as ImportedContract, { first: year.first, cutoffPolicy }),
    fedLiving(provider, fed[provider.n] as ImportedContract, year),
  ]);
  const closed = async (month: string): Promise<string[]> => {
    if (isStormy) return closeInStorm(world, month, { seed, cutoffPolicy }, life);
    await startClose(life.portal, { period: month as Period, mode: 'SCHEDULED', now: life.portal.clock() });
    await life.settled();
    return [];
  };
  const { looks, problems, happened } = await liveThrough(year, living, world, { portal: life.portal, closed });
  const stored = await storedState(world.database, TABLE_NAME);
  const printed = printedMonths(stored, world.documents.contents);
  const all = Array.from({ length: months + MONTHS_AFTER }, (_, n) => monthsLater(year.first, n));
  problems.push(...living.flatMap((each) => billDifferences(each, all, stored, printed)));
  await world.close();
  const families: Record<string, number> = {};
  for (const { kind } of living) families[kind] = (families[kind] ?? 0) + 1;
  const compared = { documents: stored.invoices.length, months: living.length * all.length, looks };
  return { seed, problems, ...compared, happened, families };
}

async function liveThrough(
  year: Year,
  living: readonly Living[],
  world: World,
  { portal, closed }: Pick<Life, 'portal'> & { closed: (month: string) => Promise<string[]> },
) {
  const happened: Record<string, number> = {};
  const problems: string[] = [];
  let looks = 0;
  const at = (day: Day, time: string) => {
    world.time.now = Date.parse(`${day}T${time}Z`);
  };

  const done = new Map<Living, number>();

  /** What happens to a contract until a time of a day. */
  async function live(each: Living, day: Day, until: string): Promise<void> {
    for (;;) {
      const next = done.get(each) ?? 0;
      const happening = each.happenings[next];
      if (!happening || happening.day > day || (happening.day === day && happening.at >= until)) return;
      done.set(each, next + 1);
      if (!happening.isPossible()) continue;
      at(happening.day, happening.at);
      const { kind } = happening;
      happened[kind] = (happened[kind] ?? 0) + 1;
      try {
        await happening.happen(portal);
      } catch (error) {
        problems.push(`${nameOf(each)}, ${happening.day}: ${kind} failed: ${(error as Error).message}`);
      }
    }
  }

  async function close(month: string, day: Day): Promise<void> {
    at(day, CLOSING_TIME);
    problems.push(...(await closed(month)));
    for (const each of living) {
      each.cutOff(month);
      const found = await each.look(portal, month, day);
      looks += found.looks;
      problems.push(...found.differences.map((difference) => `${nameOf(each)}, ${day}: ${difference}`));
    }
  }

  const end = monthsLater(year.first, year.months + MONTHS_AFTER);
  for (const day of daysBetween(firstOf(year.first), `${end}-${CLOSING_DAY}`)) {
    at(day, '00:05:00');
    const jobs = [await runContractDay(portal), await runProgrammeDay(portal)];
    const month = monthsLater(monthOf(day), -1);
    if (day.endsWith(`-${CLOSING_DAY}`) && month >= year.first) {
      for (const each of living) await live(each, day, CLOSING_TIME);
      await close(month, day);
    }
    for (const each of living) await live(each, day, FILLING_TIME);
    at(day, FILLING_TIME);
    const filling = await runMeterDay(portal);
    for (const each of living) each.fill();
    for (const each of living) await live(each, day, '24:00:00');
    const failures = [...jobs, filling].flatMap((job) => job.failures);
    problems.push(...failures.map(({ message }) => `the jobs of ${day}: ${message}`));
    if (problems.length > MOST_PROBLEMS) break;
  }
  return { looks, problems, happened };
}
