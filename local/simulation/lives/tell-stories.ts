import { type SeededRandom, seededRandom } from '../../random.ts';
import { type Day, daysBetween, daysLater, firstOf, type Month, monthsLater } from './days.ts';
import type { Chronicle } from './story.ts';
import { tellStory } from './tell-story.ts';

// 29 February 2024 lies within the first year.
const FIRST: Month = '2023-03';
const DAYS_AFTER_LAST_CLOSE = 5;
const CLOSE = 9;
const OUTAGES = [
  { chance: 0.04, shortest: 1, longest: 3 },
  // Over a close and more: that has to do then what the job has not.
  { chance: 0.008, shortest: 8, longest: 45 },
];

/** Lives of contracts over months, told beforehand: the same seed tells the same ones. */
export function tellStories(seed: number, contracts: number, months: number): Chronicle {
  const random = seededRandom(seed);
  const lastDay = daysLater(firstOf(monthsLater(FIRST, months)), CLOSE + DAYS_AFTER_LAST_CLOSE);
  const frame = { first: FIRST, months, jobDays: tellJobDays(random.fork('job days'), firstOf(FIRST), lastDay) };
  const stories = Array.from({ length: contracts }, (_, n) => tellStory(n, random.fork(`story ${n}`), frame));
  return { seed, ...frame, stories };
}

/** Now and then the daily job doesn't run for some days; on the first and the last day it does. */
function tellJobDays(random: SeededRandom, first: Day, last: Day): Day[] {
  let outage = 0;
  return daysBetween(first, last).filter((day) => {
    const begins = outage === 0 ? OUTAGES.find(({ chance }) => random.chance(chance)) : undefined;
    if (begins) outage = begins.shortest + random.int(begins.longest - begins.shortest + 1);
    else if (outage > 0) outage -= 1;
    return outage === 0 || day === first || day === last;
  });
}
