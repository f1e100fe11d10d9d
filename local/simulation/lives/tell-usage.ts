import type { SeededRandom } from '../../random.ts';
import type { Month } from './days.ts';
import { TIERED } from './offer.ts';
import type { Usage } from './story.ts';

// Names that sort by code point otherwise than by language or by code unit.
const SITES = ['Site 1', 'site 2', 'Site 10', 'Ärhus', '東京', '\u{1F3E2} tower', '\uFF5E wave'];
const PRODUCTS = ['CORE', 'EDGE', TIERED, 'LEAST'];
const CUSTOMERS = ['', '', 'C-9', 'C-10'];
const POINTS_PER_UNIT = ['1', '4', '4.5', '1.25', '0.3333'];
const MOST_LINES = 5;

/** What is reported of a month: now and then nothing, else some lines of about `scale` points together. */
export function tellUsage(random: SeededRandom, month: Month, scale: number): Usage[] {
  const chance = random.fork(`usage ${month}`);
  if (chance.chance(0.15)) return [];
  const count = 1 + chance.int(MOST_LINES);
  const most = Math.ceil((scale * 1.5) / count);
  return Array.from({ length: count }, (_, n) => {
    const product = chance.pick(PRODUCTS);
    const pointsPerUnit = chance.pick(POINTS_PER_UNIT);
    const units = chance.chance(0.05) ? 0 : chance.int(Math.ceil(most / Number(pointsPerUnit)) + 1);
    const decimals = chance.chance(0.3) ? '' : `.${String(chance.int(1_000_000)).padStart(6, '0')}`;
    return {
      id: `line-${month}-${n}`,
      site: chance.pick(SITES),
      product,
      customer: chance.pick(CUSTOMERS),
      quantity: units === 0 ? '0' : `${units}${decimals}`,
      pointsPerUnit,
      ...(product === 'LEAST' && { minQuantity: '10' }),
      inMinCommit: chance.chance(0.88),
    };
  });
}
