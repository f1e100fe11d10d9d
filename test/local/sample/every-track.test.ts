import { period } from '../../../lambdas/domain/calendar/period.ts';
import { CONTRACT_KINDS, FAMILY_TYPES } from '../../../lambdas/domain/catalogue/family.ts';
import { type UsageSite, usageSiteFaults } from '../../../lambdas/domain/contract/usage-site.ts';
import type { ImportedOrder } from '../../../lambdas/use-cases/import-programme.ts';
import { cloudTracks } from '../../../local/sample/cloud-tracks.ts';
import { customerTracks } from '../../../local/sample/customer-tracks.ts';
import { recordTracks } from '../../../local/sample/record-tracks.ts';
import { sampleProgramme } from '../../../local/sample/sample-programme.ts';

const LATEST = period('2026-10');
const DRAWN = { seed: 1, latestPeriod: LATEST, months: 2 };
const programmes = [sampleProgramme(DRAWN), cloudTracks(DRAWN), customerTracks(DRAWN), recordTracks(DRAWN)];
const reported = programmes.flatMap(({ orders = [] }) => [...(orders as Iterable<ImportedOrder>)]);

test('every track has contracts in the sample that report usage of the period to be closed', () => {
  const tracked = programmes.flatMap(({ contracts = [], orders = [] }) => {
    const ofLatest = [...(orders as Iterable<ImportedOrder>)].filter(({ order }) => order.usagePeriod === LATEST);
    const used = new Set(ofLatest.flatMap(({ order, lines }) => (lines.length > 0 ? order.contractId : [])));
    return [...contracts].filter(({ contract }) => used.has(contract.id));
  });
  const tracks = tracked.map(({ contract: { listing } }) => listing.kind ?? listing.familyType);
  expect([...new Set(tracks)].sort()).toEqual([...FAMILY_TYPES, ...CONTRACT_KINDS].sort());
});

test('usage names sites that its contract has, which are as sites must be', () => {
  const sites = new Map(programmes.flatMap(({ usageSites = [] }) => usageSites).map((site) => [site.id, site]));
  const lost = reported.flatMap(({ order, lines }) =>
    lines.flatMap(({ siteId, siteName }) => {
      const site = siteId === undefined ? undefined : sites.get(siteId);
      const isOfContract = siteName === (site?.name ?? '') && (!site || site.contractId === order.contractId);
      return isOfContract ? [] : `${siteName} of ${order.contractNumber}`;
    }),
  );
  expect(lost).toEqual([]);
  for (const of of Map.groupBy(sites.values(), ({ contractId }) => contractId).values()) {
    const others = (site: UsageSite) => of.filter(({ id }) => id !== site.id);
    expect(of.flatMap((site) => usageSiteFaults(site, others(site)))).toEqual([]);
  }
  const contracts = new Map(
    programmes.flatMap(({ contracts = [] }) => [...contracts]).map((each) => [each.contract.id, each.contract]),
  );
  for (const { contractId, serviceProviderId, contractReferenceNumber } of sites.values()) {
    expect(contracts.get(contractId)).toMatchObject({ serviceProviderId, contractReferenceNumber });
  }
});

test('a month is open to be reported once it is over: until then its orders have what meters and feeds have said', () => {
  const later = reported.filter(({ order }) => order.usagePeriod > LATEST);
  expect(new Set(later.map(({ order }) => order.status))).toEqual(new Set(['NOT_OPEN']));
  const origins = later.flatMap(({ order, lines }) =>
    lines.map(({ origin, prefilled, quantity }) => [order.autoReportType !== 'NONE', origin, prefilled === quantity]),
  );
  expect(new Set(origins.map((each) => each.join(' ')))).toEqual(new Set(['true METER true', 'true FEED true']));
});
