import { unzipSync } from 'fflate';
import { runMeterDay } from '../../../lambdas/use-cases/run-meter-day.ts';
import { tellParties } from '../../../lambdas/use-cases/tell-parties.ts';
import { OCTOBER, openMeterPortal, SP, vm } from '../../support/meter-portal.ts';

let opened: Awaited<ReturnType<typeof openMeterPortal>>;
beforeEach(async () => {
  opened = await openMeterPortal();
});
afterEach(() => opened.close());

const TWIN = 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e';
const change = (meterId: string, body: object, headers = {}) =>
  opened.send('changeUsageMeter', { params: { meterId }, body, headers }, SP);
const listOf = async (filter: string) =>
  (await opened.send('listContractUsageMeters', { params: { contractId: opened.contractId }, query: { filter } }, SP))
    .body;
const typeOfOrder = async () => (await opened.openOrder(OCTOBER)).autoReportType;

test('a meter needs the choice of the organization, which stays while a meter is registered', async () => {
  expect((await opened.register()).body.code).toBe('AUTOMATIC_REPORTING_OFF');
  await opened.optIn();
  const { body } = await opened.register();
  expect((await opened.send('chooseAutomaticReporting', { body: { optedIn: false } }, SP)).body.code).toBe(
    'USAGE_METERS_REGISTERED',
  );
  await opened.send('removeUsageMeter', { params: { meterId: String(body.id) } }, SP);
  expect((await opened.send('chooseAutomaticReporting', { body: { optedIn: false } }, SP)).body).toMatchObject({
    optedIn: false,
    usageMeters: 0,
  });
});

test.each([
  [{ instanceId: 'none' }, 'instanceId'],
  [{ version: 'v4' }, 'version'],
  [{ contracts: [] }, 'contracts'],
  [{ contracts: [{ contractId: 'foreign' }] }, 'contracts[0].contractId'],
])('a meter that is wrong is refused, naming %j', async (over, field) => {
  await opened.optIn();
  expect((await opened.register(over)).body).toMatchObject({ status: 400, errors: [{ field }] });
});

test('a contract with sites needs one of them, and a meter one contract of a family', async () => {
  await opened.optIn();
  const { contractId, sites } = opened;
  expect((await opened.register({ contracts: [{ contractId }] })).body.errors).toMatchObject([
    { field: 'contracts[0].usageSiteId' },
  ]);
  const twice = {
    contracts: [
      { contractId, usageSiteId: sites.A },
      { contractId, usageSiteId: sites.B },
    ],
  };
  expect((await opened.register(twice)).body.errors).toMatchObject([{ field: 'contracts[1].contractId' }]);
});

test('renamed, moved and taken into production, never back; what was reported stays where it was', async () => {
  await opened.optIn();
  await opened.openOrder(OCTOBER);
  const { body, headers } = await opened.register({ mode: 'TEST' });
  const id = String(body.id);
  expect(headers.location).toBe(`/api/provider/v1/usageMeters/${id}`);
  expect(await typeOfOrder()).toBe('NONE');
  await opened.upload(id, [vm()]);
  expect((await change(id, { name: 'renamed' }, { 'if-match': '"v9"' })).status).toBe(412);
  const { contractId, sites } = opened;
  const moved = await change(
    id,
    { name: 'renamed', contracts: [{ contractId, usageSiteId: sites.B }] },
    { 'if-match': '"v1"' },
  );
  expect(moved.body).toMatchObject({ name: 'renamed', contracts: [{ usageSite: { name: 'B' } }] });
  expect((await change(id, { mode: 'PRODUCTION' })).body).toMatchObject({
    mode: 'PRODUCTION',
    productionSince: '2026-11-02T02:00:00.000Z',
  });
  expect(await typeOfOrder()).toBe('AUTOMATED');
  expect((await change(id, { mode: 'TEST' })).body.code).toBe('TRANSITION_NOT_ALLOWED');
  // Hours of the time it was in test don't count.
  expect(await opened.applied()).toEqual([]);
  await opened.send('removeUsageMeter', { params: { meterId: id } }, SP);
  expect(await typeOfOrder()).toBe('NONE');
});

test('one instance id registered twice is unknown until one is removed', async () => {
  await opened.optIn();
  const [first] = await Promise.all([opened.register(), opened.register({ name: 'second' })]);
  const unknown = { connectionMode: 'UNKNOWN', uploadHealthStatus: 'UNKNOWN' };
  expect((await listOf(`instanceId==${TWIN}`)).content).toMatchObject([unknown, unknown]);
  await opened.send('removeUsageMeter', { params: { meterId: String(first.body.id) } }, SP);
  expect((await listOf('uploadHealthStatus==GREEN')).total).toBe(1);
});

test('a meter that stops turns red and is told of once; so is that it uploads again', async () => {
  await opened.optIn();
  await opened.openOrder(OCTOBER);
  const { body } = await opened.register();
  const { portal, clock, mails } = opened;
  const told = async () => {
    const { failures } = await runMeterDay(portal);
    expect(failures).toEqual([]);
    for (const notice of await portal.notices.waiting()) await tellParties(portal, notice);
    return mails.splice(0).map(({ subject }) => subject);
  };
  // Of the licences that the contract came with.
  await told();
  expect(await told()).toEqual([]);
  clock.time = new Date('2026-11-03T02:00:01Z');
  expect(await told()).toEqual(['Usage meter um has stopped uploading']);
  expect((await listOf('uploadHealthStatus==RED')).total).toBe(1);
  clock.time = new Date('2026-11-09T00:00:00Z');
  expect(await told()).toEqual([]);
  await opened.upload(String(body.id), [vm()]);
  expect(await told()).toEqual(['Usage meter um uploads again']);
  expect((await listOf('uploadHealthStatus==GREEN')).total).toBe(1);
});

test('its page shows the last six months, recent events and that its version is near the end of support', async () => {
  await opened.optIn();
  await opened.openOrder(OCTOBER);
  const { body } = await opened.register({ version: '4.7.1' });
  const meterId = String(body.id);
  await opened.upload(meterId, [vm(), vm({ source: 'vm-2' })]);
  const page = () => opened.send('getUsageMeter', { params: { meterId }, query: { events: '1' } }, SP);
  const months = [
    { usagePeriod: '2026-11', status: 'NOTHING_REPORTED' },
    { usagePeriod: '2026-10', status: 'BEING_APPLIED', readings: 2 },
  ];
  const { body: shown } = await page();
  expect(shown).toMatchObject({
    supportWarning: { end: 'GENERAL_SUPPORT', past: false },
    events: [{ action: 'uploadReadings' }],
  });
  expect(shown.months).toHaveLength(6);
  expect(shown.months).toMatchObject([...months, {}, {}, {}, {}]);
  await opened.applied();
  expect((await page()).body.months).toMatchObject([{}, { status: 'REPORTED' }, {}, {}, {}, {}]);
});

test('an aggregator sees meters of its contracts, with their service provider', async () => {
  await opened.optIn();
  await opened.register();
  const list = (organizationId: string, filter: string) =>
    opened.send('listAggregatorUsageMeters', { query: { filter } }, { organizationId });
  const { body } = await list('AGG-1', 'serviceProvider.prmId==prm-SP-1;mode==PRODUCTION');
  expect(body).toMatchObject({ total: 1, content: [{ name: 'um', serviceProvider: { prmId: 'prm-SP-1' } }] });
  expect((await list('AGG-2', 'name==um')).body.total).toBe(0);
});

test('the usage report of a month is made on request, the same bytes for the same readings', async () => {
  await opened.optIn();
  await opened.openOrder(OCTOBER);
  const { body } = await opened.register();
  await opened.upload(String(body.id), [vm({ customer: '=1+1' }), vm({ source: 'vm-2', site: 'B' })]);
  const ask = (usagePeriod: string) => opened.send('requestUsageReport', { body: { usagePeriod } }, SP);
  const get = () => opened.send('getUsageReport', { params: { usagePeriod: '2026-10' } }, SP);
  expect((await get()).status).toBe(404);
  expect((await ask('2023-10')).status).toBe(400);
  expect((await ask('2026-10')).body).toMatchObject({ status: 'REQUESTED' });
  expect((await runMeterDay(opened.portal)).reports).toBe(1);
  const made = await get();
  expect(made.body).toMatchObject({
    status: 'READY',
    link: { url: expect.stringContaining('usage-reports/2026-10/SP-1/') },
  });
  await ask('2026-10');
  await runMeterDay(opened.portal);
  expect((await get()).body.link).toEqual(made.body.link);
  const [[, zip] = []] = [...opened.objects.contents].filter(([key]) => key.endsWith('.zip'));
  const files = unzipSync(zip as Uint8Array);
  const names = Object.keys(files).map((name) => name.replace(/^\d+\//, '').replace(/[0-9a-f-]{36}/, 'id'));
  expect(names.sort()).toEqual([
    'Monthly_Usage.tsv',
    'customer__3d_1_2b_1_Monthly_Usage.tsv',
    'site_id_prm-SP-1_Monthly_Usage.tsv',
    'site_id_prm-SP-1_Monthly_Usage.tsv',
  ]);
  const [whole] = Object.entries(files).filter(([name]) => name.endsWith('/Monthly_Usage.tsv'));
  expect(new TextDecoder().decode(whole?.[1])).toContain("\tA\t'=1+1\tCORE\tCore\tGB vRAM\t0.021505\r\n");
});
