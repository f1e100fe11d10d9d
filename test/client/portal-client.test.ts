import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portalClient } from '../../client/portal-client.ts';
import { NoAnswer } from '../../client/refusal.ts';
import { outcomeOf, refusalOf } from '../support/api-client.ts';
import { bearerOf, billOctober } from '../support/billed-programme.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
let vendor: ReturnType<ApiPortal['client']>;
let aggregator: ReturnType<ApiPortal['client']>;

beforeAll(async () => {
  opened = await openApiPortal();
  await billOctober(opened);
  vendor = opened.client(await bearerOf(opened, 'VENDOR'));
  aggregator = opened.client(await bearerOf(opened, 'AGG-1'));
});
afterAll(() => opened.close());

const ORGANIZATION = {
  type: 'SERVICE_PROVIDER',
  name: 'Müritz Cloud AG',
  prmId: '300017',
  region: 'EMEA',
  countryRegion: 'DE',
  address: ['Am Strande 7'],
  email: 'billing@mueritz.example',
} as const;

test('parameters are given as text or as what they stand for', async () => {
  const query = { usagePeriod: '2026-10', sort: 'number', limit: 1, offset: 1 };
  const { status, body } = await vendor.listVendorInvoices({ query });
  expect([status, body.total, body.content[0]?.number]).toEqual([200, 3, 'INV-2026-000002']);
  const same = await vendor.listVendorInvoices({ query: { ...query, limit: '1', offset: '1' } });
  expect(same.body).toEqual(body);
  const params = { number: 'INV-2026-000001', ext: 'pdf' } as const;
  const link = await aggregator.getAggregatorInvoiceDocument({ params });
  expect(link.body.url).toContain('INV-2026-000001.pdf');
});

test('a filter with every sign that a URL has a meaning for arrives as it is', async () => {
  const filter = 'contractNumber!="a&b=c?d#e+f/g%20h i"';
  expect((await aggregator.listAggregatorInvoices({ query: { filter } })).body.total).toBe(2);
});

test('a list is read as CSV by who asks for it', async () => {
  const { body } = await aggregator.listAggregatorInvoices({ accept: 'text/csv', query: { sort: 'number' } });
  expect(body.split('\r\n')[1]).toContain('INV-2026-000001');
});

test('a change goes by the version that was read, and a read tells when there is no other', async () => {
  const created = await vendor.createOrganization({ body: ORGANIZATION });
  expect(created).toMatchObject({ status: 201, location: `/api/vendor/v1/organizations/${created.body.id}` });
  const params = { organizationId: created.body.id };
  const { etag } = await vendor.getOrganization({ params });
  expect(await vendor.getOrganization({ params, ifNoneMatch: etag })).toMatchObject({ status: 304, body: undefined });
  const change = { params, body: { region: 'AMER' }, ifMatch: etag };
  const changed = await vendor.changeOrganization(change);
  expect(changed.body.region).toBe('AMER');
  expect(await refusalOf(vendor.changeOrganization(change))).toMatchObject({ status: 412, code: 'VERSION_MISMATCH' });
  const read = await vendor.getOrganization({ params, ifNoneMatch: etag });
  expect(read).toMatchObject({ status: 200, etag: changed.etag, body: { region: 'AMER' } });
});

test('a request with a key is done once', async () => {
  const request = { body: { ...ORGANIZATION, prmId: '300018' }, idempotencyKey: 'k-1' };
  const [first, second] = [await vendor.createOrganization(request), await vendor.createOrganization(request)];
  expect(second.body).toEqual(first.body);
  const other = vendor.createOrganization({ ...request, body: ORGANIZATION });
  expect((await refusalOf(other)).code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('a file is sent as the text or the bytes it is', async () => {
  const csv = 'code,name,type\nNEW,Neue Größe,RENTAL\n';
  const query = { kind: 'families', dryRun: true } as const;
  for (const file of [csv, new TextEncoder().encode(csv)]) {
    const { body } = await vendor.loadCatalogue({ query, csv: file });
    expect(body).toMatchObject({ dryRun: true, families: { created: 1 } });
  }
  const { body } = await vendor.loadCatalogue({ body: { families: [{ code: 'NEW', name: 'N', type: 'RENTAL' }] } });
  expect(body).toMatchObject({ dryRun: false, families: { created: 1 } });
});

test('what has no answer to read is answered with its status alone', async () => {
  const created = await aggregator.createAggregatorApiToken({
    body: { name: 'script', expires: '2026-12-01T00:00:00Z', roles: ['Read Only'] },
  });
  const revoked = await aggregator.revokeAggregatorApiToken({ params: { tokenId: created.body.id } });
  expect(revoked).toMatchObject({ status: 204, body: undefined });
});

test('a refusal has its code, a sentence and the fields that are wrong', async () => {
  const refused = await refusalOf(vendor.startClose({ body: { period: '2026-13' } }));
  expect(refused).toMatchObject({ status: 400, code: 'BAD_REQUEST', errors: [{ field: 'period' }] });
  expect(refused.message).toContain('is no usage period');
  expect(refused.problem.instance).toBe(refused.headers.get('x-request-id'));
  expect(await refusalOf(vendor.getVendorInvoice({ params: { number: '../../x y' } }))).toMatchObject({ status: 404 });
});

test('without a token only what is open to everybody is answered', async () => {
  const stranger = opened.client();
  expect((await stranger.getHealth()).status).toBe(200);
  expect((await refusalOf(stranger.listCloses())).code).toBe('NOT_SIGNED_IN');
});

test.each(['', '.', '..'])('%j is not sent in a path, where it would name another thing', async (run) => {
  await expect(outcomeOf(vendor.getClose({ params: { run } }))).rejects.toThrow(RangeError);
});

describe('who does not answer as a portal does', () => {
  const ANSWERS = [
    { status: 502, type: 'text/html', text: '<h1>Bad gateway</h1>' },
    { status: 403, type: 'application/json', text: '{"message":"Forbidden"}' },
    { status: 200, type: 'text/html', text: '<h1>Sign in to the network</h1>' },
    { status: 201, type: 'application/json', text: '{}' },
    { status: 304, type: 'application/json', text: '' },
  ];
  let server: Server;
  let url: string;
  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = ANSWERS[Number(request.url?.split('/')[1])];
      if (!answer) return response.destroy();
      return response.writeHead(answer.status, { 'content-type': answer.type }).end(answer.text);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  test.each(ANSWERS.map(({ status, type }, index) => [status, type, index] as const))(
    'gives no answer with %d and %s',
    async (status, _, index) => {
      const request = portalClient({ url: `${url}/${index}` }).getHealth();
      await expect(request).rejects.toThrow(NoAnswer);
      await expect(request).rejects.toThrow(` ${status} `);
    },
  );

  test('gives none when it breaks off or is not there', async () => {
    await expect(portalClient({ url: `${url}/9/` }).getHealth()).rejects.toThrow(`No portal answers at ${url}/9/`);
    await expect(portalClient({ url: 'http://127.0.0.1:9' }).getHealth()).rejects.toThrow(NoAnswer);
  });
});
