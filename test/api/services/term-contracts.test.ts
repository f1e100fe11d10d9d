import { pointsPerUnit } from '../../../lambdas/domain/numbers/amounts.ts';
import { importCatalogue } from '../../../lambdas/use-cases/import-catalogue.ts';
import { listContractProducts } from '../../../lambdas/use-cases/read-catalogue.ts';
import { openMemoryObjects } from '../../../local/memory-objects.ts';
import { skuOf } from '../../domain/support/contracts.ts';
import { contractIdOf, skuId } from '../../support/contract-portal.ts';
import { OCTOBER, openServicePortal, type ServicePortal } from '../../support/service-portal.ts';

const SP = { organizationId: 'SP-1' };
const VENDOR = { organizationId: 'VENDOR' };
const METER = 'de16af2a-0c1d-4e5f-8a9b-8cd5d5bdad1e';

const TERM_SKU = { ...skuOf('PAY-GO', '100'), id: 'sku-term', code: 'TERM-100', kind: 'TERM' as const };
const LARGER = { ...skuOf('PAY-GO', '500'), id: 'sku-term-500', code: 'TERM-500', kind: 'TERM' as const };

const product = (code: string, kind?: 'TERM') => ({
  id: `product-${code}`,
  code,
  name: code,
  category: 'Any',
  family: 'RENTAL' as const,
  uom: 'GB vRAM',
  pointsPerUnit: pointsPerUnit('5'),
  metering: 'VRAM' as const,
  ...(kind && { kind }),
});

let opened: ServicePortal;
let rental: string;
let term: string;
beforeEach(async () => {
  opened = await openServicePortal();
  await importCatalogue(opened.portal, {
    skus: [TERM_SKU, LARGER],
    products: [product('CORE'), product('PLATFORM', 'TERM')],
  });
  await opened.portal.units.commit([
    opened.portal.catalogue.priceListCreated(
      opened.pricesOf([TERM_SKU, LARGER, { code: 'RENTAL-1800' }, { code: 'RENTAL-3600' }]),
    ),
  ]);
  rental = contractIdOf(await opened.create({ bolDate: '2026-10-01' }));
  term = contractIdOf(await opened.create({ bolDate: '2026-10-01', contractSKUId: TERM_SKU.id }));
});
afterEach(() => opened.close());

const codesOf = async (contractId: string) => {
  const caller = {
    userId: 'ada',
    organizationId: 'SP-1',
    organizationType: 'SERVICE_PROVIDER',
    roles: ['Operations'],
  } as const;
  const query = { limit: 20, offset: 0, filter: 'product.code!=P-TIERED' };
  const { content } = await listContractProducts(opened.portal, caller, contractId, query);
  return content.map(({ code }) => code);
};

test('a product of Term contracts is reported there, and nowhere else', async () => {
  expect([await codesOf(rental), await codesOf(term)]).toEqual([['CORE'], ['PLATFORM']]);
  const write = async (contractId: string, code: string) => {
    const { id } = await opened.orderOf(contractId, OCTOBER);
    return (await opened.of('addUsage', id, SP, { body: { code, quantity: '30' } })).status;
  };
  expect(await write(rental, 'PLATFORM')).toBe(400);
  expect(await write(term, 'CORE')).toBe(400);
  expect([await write(rental, 'CORE'), await write(term, 'PLATFORM')]).toEqual([201, 201]);
  expect((await opened.closeMonth(OCTOBER))[term]).toEqual(['PLATFORM 30: 150 = 150.00']);
});

test('a meter reports for a Term contract beside a RENTAL one, each what is billed there', async () => {
  opened.portal.documents = { ...opened.portal.documents, ...openMemoryObjects() };
  await opened.send('chooseAutomaticReporting', { body: { optedIn: true } }, SP);
  const register = (...contractIds: string[]) =>
    opened.send(
      'registerUsageMeter',
      {
        body: {
          instanceId: METER,
          name: 'um',
          version: '4.8.0.0',
          contracts: contractIds.map((contractId) => ({ contractId })),
        },
      },
      SP,
    );
  expect((await register(term)).body).toMatchObject({ status: 400, errors: [{ field: 'contracts[0].contractId' }] });
  const { body: meter } = await register(rental, term);
  const reading = { source: 'vm-1', hour: '2026-10-01T05:00:00Z', sequence: 1, configuredGb: 1488 };
  const readings = [
    { ...reading, products: ['CORE', 'PLATFORM'], reservedGb: 24 },
    { ...reading, products: ['PLATFORM'], source: 'vm-2', reservedGb: 24 },
  ];
  const body = readings.map((each) => `${JSON.stringify(each)}\n`).join('');
  const uploaded = await opened.send('uploadReadings', { params: { meterId: String(meter.id) }, body }, SP);
  expect(uploaded.body).toMatchObject({ accepted: 2 });
  await opened.meterDay();
  // 24 GB for one of 744 hours, once and twice.
  expect([await opened.linesOn(rental, OCTOBER), await opened.linesOn(term, OCTOBER)]).toEqual([
    ['CORE 0.032258'],
    ['PLATFORM 0.064516'],
  ]);
});

test('a contract stays of its kind', async () => {
  const upgrade = (contractId: string, contractSKUId: string) =>
    opened.ask('upgradeContract', contractId, { contractSKUId, effectiveDate: '2026-12-01' });
  expect((await upgrade(rental, LARGER.id)).body).toMatchObject({ status: 400, errors: [{ field: 'contractSKUId' }] });
  expect((await upgrade(term, skuId('RENTAL-3600'))).body).toMatchObject({ errors: [{ field: 'contractSKUId' }] });
  expect((await upgrade(term, LARGER.id)).status).toBe(200);
});

test('the vendor loads them: of RENTAL alone, and never changed', async () => {
  const entry = { code: 'T1', name: 'T1', category: 'Any', family: 'RENTAL', uom: 'Core', ppu: '2' };
  const load = (products: object[]) => opened.send('loadCatalogue', { body: { products } }, VENDOR);
  expect((await load([{ ...entry, kind: 'TERM' }])).status).toBe(200);
  const { body } = await opened.send('listCatalogueProducts', { query: { filter: 'code==T1' } }, VENDOR);
  expect(body.content).toMatchObject([{ code: 'T1', kind: 'TERM' }]);
  expect((await load([entry])).body.code).toBe('CATALOGUE_ENTRY_FIXED');
  expect((await load([{ ...entry, code: 'T2', family: 'VELO', ppu: '0', kind: 'TERM' }])).body).toMatchObject({
    errors: [{ field: 'products[0].kind' }],
  });
  expect((await load([{ ...entry, code: 'T2', kind: 'OTHER' }])).body).toMatchObject({
    errors: [{ field: 'products[0].kind' }],
  });
});
