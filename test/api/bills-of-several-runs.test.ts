import type { PortalClient } from '../../client/portal-client.ts';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { routes } from '../../lambdas/manifest/routes.ts';
import { documentsOfPeriod, periodDocumentKey } from '../../lambdas/use-cases/period-documents.ts';
import { refusalOf } from '../support/api-client.ts';
import { bearerOf, billOctober } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

const OCTOBER = period('2026-10');
const params = { period: OCTOBER } as const;
const { run: _run, ...BILL } = routes.getConsolidatedBills.example.answer.content[0];
const [CONTRACT] = BILL.contracts;

let opened: ApiPortal;
let provider: PortalClient;

beforeEach(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  provider = opened.client(await bearerOf(opened, 'SP-1'));
});
afterEach(() => opened.close());

/** What November's close has billed of October: an adjustment, and late usage on November's own order. */
async function settleNovember(address: string[] = []) {
  const key = 'settled/2026-11/2026-11-1/SP-1';
  await opened.portal.partyDocuments.settled({
    ...{ kind: 'CONSOLIDATED_BILL', recipientId: 'SP-1', period: period('2026-11'), run: '2026-11-1', key },
    reference: '2026-11-1/SP-1',
    hashes: { json: 'd', pdf: 'e', csv: 'f' },
    months: [
      { usagePeriod: OCTOBER, documents: 2, corrections: 1, points: '-300' },
      { usagePeriod: period('2026-11'), documents: 1, corrections: 0, points: '25' },
    ],
  });
  const contracts = [
    { ...CONTRACT, number: 'CRN-2026-000001', takesBack: true, total: '-1800' },
    { ...CONTRACT, number: 'INV-2026-000201', total: '1500' },
    { ...CONTRACT, number: 'INV-2026-000202', usagePeriod: '2026-11', total: '25' },
  ];
  const serviceProvider = { ...BILL.serviceProvider, address };
  opened.documents.set(`${key}.json`, JSON.stringify({ ...BILL, serviceProvider, period: '2026-11', contracts }));
}

test('a month that two runs have billed is one bill, with the correction as such', async () => {
  await settleNovember();
  const { body: history } = await provider.listProviderMonthlyBills();
  expect(history.content).toEqual([
    { usagePeriod: '2026-11', documents: 1, corrected: false, points: '25', runs: ['2026-11-1'] },
    { usagePeriod: '2026-10', documents: 3, corrected: true, points: '1500', runs: ['2026-10-1', '2026-11-1'] },
  ]);
  const { body } = await provider.getProviderMonthlyBill({ params });
  expect(body.contracts.map(({ number, takesBack, total }) => [number, takesBack, total])).toEqual([
    ['INV-2026-000001', undefined, '1800'],
    ['CRN-2026-000001', true, '-1800'],
    ['INV-2026-000201', undefined, '1500'],
  ]);
  expect(body.totalPoints).toBe('1500');
  const csv = await provider.getProviderMonthlyBill({ params, accept: 'text/csv' });
  expect(csv.body.split('\r\n').filter((line) => line.includes(',CONTRACT,'))).toHaveLength(3);
});

test('its document is one of its own, once a run has made it', async () => {
  await settleNovember();
  const asked = () => provider.getProviderMonthlyBillDocument({ params: { ...params, ext: 'pdf' } });
  expect((await refusalOf(asked())).code).toBe('TRY_AGAIN');
  const documents = documentsOfPeriod(await opened.portal.partyDocuments.of('SP-1'), OCTOBER);
  const key = periodDocumentKey(OCTOBER, documents);
  for (const ext of ['json', 'pdf', 'csv']) opened.documents.set(`${key}.${ext}`, ext);
  expect((await asked()).body.url).toContain(`${key}.pdf?name=bill-2026-10.pdf`);
  expect(key).toMatch(/^bills\/2026-10\/SP-1\/month-[0-9a-f]{32}$/);
});

test('a bill that is too large for an answer is to be downloaded, also when no run has made it so', async () => {
  const address = ['x'.repeat(3_000_000)];
  await settleNovember(address);
  expect((await provider.getProviderMonthlyBill({ params: { period: '2026-11' } })).status).toBe(200);
  const large = { ...BILL, serviceProvider: { ...BILL.serviceProvider, address } };
  opened.documents.set('settled/2026-10/2026-10-1/SP-1.json', JSON.stringify(large));
  const refused = await refusalOf(provider.getProviderMonthlyBill({ params }));
  expect([refused.status, refused.message]).toEqual([400, expect.stringContaining('download')]);
});
