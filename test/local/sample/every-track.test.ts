import { period } from '../../../lambdas/domain/calendar/period.ts';
import { CONTRACT_KINDS, FAMILY_TYPES } from '../../../lambdas/domain/catalogue/family.ts';
import type { ImportedOrder } from '../../../lambdas/use-cases/import-programme.ts';
import { cloudTracks } from '../../../local/sample/cloud-tracks.ts';
import { customerTracks } from '../../../local/sample/customer-tracks.ts';
import { recordTracks } from '../../../local/sample/record-tracks.ts';
import { sampleProgramme } from '../../../local/sample/sample-programme.ts';

const LATEST = period('2026-10');
const DRAWN = { seed: 1, latestPeriod: LATEST, months: 2 };

test('every track has contracts in the sample that report usage of the period to be closed', () => {
  const programmes = [sampleProgramme(DRAWN), cloudTracks(DRAWN), customerTracks(DRAWN), recordTracks(DRAWN)];
  const reported = programmes.flatMap(({ contracts = [], orders = [] }) => {
    const ofLatest = [...(orders as Iterable<ImportedOrder>)].filter(({ order }) => order.usagePeriod === LATEST);
    const used = new Set(ofLatest.flatMap(({ order, lines }) => (lines.length > 0 ? order.contractId : [])));
    return [...contracts].filter(({ contract }) => used.has(contract.id));
  });
  const tracks = reported.map(({ contract: { listing } }) => listing.kind ?? listing.familyType);
  expect([...new Set(tracks)].sort()).toEqual([...FAMILY_TYPES, ...CONTRACT_KINDS].sort());
});
