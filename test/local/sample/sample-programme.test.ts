import { readFileSync } from 'node:fs';
import { addMonths, type Period, period } from '../../../lambdas/domain/calendar/period.ts';
import { checkLoad } from '../../../lambdas/domain/catalogue/check-load.ts';
import { checkTiers } from '../../../lambdas/domain/catalogue/check-tiers.ts';
import { CONTRACT_TYPES_OF, FAMILY_TYPES } from '../../../lambdas/domain/catalogue/family.ts';
import { hasBillingOrder } from '../../../lambdas/domain/contract/order-months.ts';
import {
  formatPercent,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatSplit,
  formatUnitPrice,
  sum,
} from '../../../lambdas/domain/numbers/amounts.ts';
import type { UsageLine } from '../../../lambdas/domain/usage/usage-line.ts';
import { loadFonts } from '../../../lambdas/runtime/fonts.ts';
import { isSecretOf, parseApiToken } from '../../../lambdas/use-cases/api-token-text.ts';
import { type SampleProgramme, sampleProgramme, sampleTokens } from '../../../local/sample/sample-programme.ts';
import { SITUATIONS } from '../../../local/sample/situations.ts';

const LATEST = period('2026-10');
const programme = sampleProgramme({ seed: 1, latestPeriod: LATEST });

const bytesOf = (of: SampleProgramme): string =>
  JSON.stringify(of, (_key, value) => (typeof value === 'bigint' ? `${value}n` : value));

const ofType = (type: string) => programme.organizations.filter((organization) => organization.type === type);

test('the same arguments give the same bytes, another seed or period gives others', () => {
  const again = sampleProgramme({ seed: 1, latestPeriod: LATEST });
  expect(bytesOf(again)).toBe(bytesOf(programme));
  expect(bytesOf(sampleProgramme({ seed: 2, latestPeriod: LATEST }))).not.toBe(bytesOf(programme));
  expect(bytesOf(sampleProgramme({ seed: 1, latestPeriod: period('2026-09') }))).not.toBe(bytesOf(programme));
});

test('there are one vendor, four aggregators and AWS, 41 service providers in three currencies and 121 contracts', () => {
  expect(ofType('VENDOR')).toHaveLength(1);
  expect(ofType('AGGREGATOR')).toHaveLength(5);
  expect(ofType('SERVICE_PROVIDER')).toHaveLength(41);
  expect(programme.contracts).toHaveLength(121);
  const currencies = new Set(programme.contracts.map(({ contract }) => `${contract.region} ${contract.currency}`));
  expect(currencies).toEqual(new Set(['AMER USD', 'EMEA EUR', 'APJ JPY']));
  const types = new Set(programme.contracts.flatMap(({ revisions }) => revisions.map(({ sku }) => sku.contractType)));
  expect(types).toEqual(new Set(['PAY-GO', 'CUSTOM', 'PRE-PAY']));
});

test('AWS holds those of AWS Resell; the other aggregators hold some in every currency', () => {
  const held = new Map<string, Set<string>>();
  for (const { contract } of programme.contracts) {
    held.set(contract.aggregatorId, (held.get(contract.aggregatorId) ?? new Set()).add(contract.currency));
  }
  const byName = ofType('AGGREGATOR').map(({ id, name }) => [name === 'Amazon Web Services', held.get(id)?.size ?? 0]);
  expect(byName).toEqual([...Array.from({ length: 4 }, () => [false, 3]), [true, 1]]);
});

test('everyone has a user, and whatever refers to something refers to what is there', () => {
  const organizations = new Map(programme.organizations.map((each) => [each.id, each]));
  const withUser = new Set(programme.users.map((user) => user.organizationId));
  expect([...organizations.keys()].filter((id) => !withUser.has(id))).toEqual([]);
  for (const { contract, revisions } of programme.contracts) {
    expect(organizations.get(contract.serviceProviderId)?.type).toBe('SERVICE_PROVIDER');
    const billTo = programme.billToAccounts.find((account) => account.id === contract.billToAccountId);
    expect(billTo).toMatchObject({ aggregatorId: contract.aggregatorId, currency: contract.currency });
    for (const { sku } of revisions) expect(programme.skus.map(({ code }) => code)).toContain(sku.code);
  }
});

test('the catalogue has every family, at least 60 products over all of them, and SKUs of all types they have', () => {
  const { families, skus, products } = programme;
  expect(families.map(({ type }) => type)).toEqual(FAMILY_TYPES);
  expect(products.length).toBeGreaterThanOrEqual(60);
  expect(new Set(products.map(({ family }) => family))).toEqual(new Set(FAMILY_TYPES));
  for (const type of FAMILY_TYPES) {
    const contractTypes = new Set(skus.filter((sku) => sku.family === type).map((sku) => sku.contractType));
    expect([type, contractTypes]).toEqual([type, new Set(CONTRACT_TYPES_OF[type])]);
  }
});

test('the vendor could load the catalogue as it is', () => {
  const { families, skus, products, priceLists } = programme;
  const load = {
    families,
    skus: skus.map((sku) => ({
      ...sku,
      term: String(sku.termMonths),
      minCommit: formatPoints(sku.minimumPoints),
      discount: formatPercent(sku.discount),
      commitValue: String(sku.commitValue),
    })),
    products: products.map((product) => ({
      ...product,
      ppu: formatPointsPerUnit(product.pointsPerUnit),
      minQuantity: product.minQuantity === undefined ? undefined : formatQuantity(product.minQuantity),
      tiers: product.tiers?.map(({ from, to, pointsPerUnit, split }) => ({
        from: formatQuantity(from),
        to: to === undefined ? undefined : formatQuantity(to),
        ppu: formatPointsPerUnit(pointsPerUnit),
        split: formatSplit(split),
      })),
    })),
    priceLists: priceLists.map(({ prices, ...list }) => ({
      ...list,
      prices: Object.entries(prices).map(([sku, { listPrice, overagePrice }]) => ({
        sku,
        listPrice: formatUnitPrice(listPrice),
        overagePrice: overagePrice === undefined ? undefined : formatUnitPrice(overagePrice),
      })),
    })),
  };
  const content = { families: [], skus: [], products: [] };
  const result = checkLoad(load, { content, priceLists: [], lastFrozen: undefined, newId: () => 'made up' });
  expect(result.ok ? [] : result.faults).toEqual([]);
  expect(result.ok && result.checked.content.products).toEqual(products.toSorted((a, b) => (a.code < b.code ? -1 : 1)));
});

test('ids are in the form of UUIDs and none comes twice', () => {
  const { organizations, users, billToAccounts, apiTokens, families, skus, products, contracts, orders } = programme;
  const entries = [...organizations, ...users, ...billToAccounts, ...apiTokens, ...families, ...skus, ...products];
  const ids = [...entries, ...contracts.map((each) => each.contract)]
    .map(({ id }) => id)
    .concat(orders.map(({ order }) => order.id));
  expect(new Set(ids).size).toBe(ids.length);
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(ids.filter((id) => !uuid.test(id))).toEqual([]);
});

test('each contract has exactly one order in each month it is to have one in, to the open month', () => {
  const months = Array.from({ length: 7 }, (_, index) => addMonths(LATEST, index - 5));
  const expected = programme.contracts.flatMap(({ contract }) =>
    months.filter((month) => hasBillingOrder(contract, month)).map((month) => `${contract.id} ${month}`),
  );
  const actual = programme.orders.map(({ order }) => `${order.contractId} ${order.usagePeriod}`);
  expect(actual.toSorted()).toEqual(expected.toSorted());
});

test('what an order holds is what its lines add up to', () => {
  const wrong = programme.orders.filter(
    ({ order, lines }) =>
      order.held.lines !== lines.length || order.held.quantity !== sum(lines.map((line) => line.quantity)),
  );
  expect(wrong).toEqual([]);
});

// AWS names its own services, and nobody reports them.
const resold = new Set(
  programme.contracts.flatMap(({ contract }) => (contract.listing.familyType === 'AWS_RESELL' ? [contract.id] : [])),
);
const reported = programme.orders.filter(({ order }) => !resold.has(order.contractId));

test('every line is of a product of the catalogue, once a site, in the quantity it is measured in', () => {
  const products = new Map(programme.products.map((product) => [product.code, product]));
  const isOfProduct = (line: UsageLine) => {
    const product = products.get(line.productCode);
    return (
      product !== undefined &&
      line.productName === product.name &&
      line.uom === product.uom &&
      line.pointsPerUnit === product.pointsPerUnit &&
      line.minQuantity === product.minQuantity
    );
  };
  for (const { order, lines } of reported) {
    const wrong = lines.filter(
      (line) =>
        line.usagePeriod !== order.usagePeriod || line.siteName === '' || line.quantity <= 0n || !isOfProduct(line),
    );
    const ids = new Set(lines.map((line) => line.id));
    const places = new Set(lines.map((line) => `${line.siteName} ${line.productCode}`));
    expect([wrong.length, ids.size, places.size]).toEqual([0, lines.length, lines.length]);
  }
});

test('a reported month has 3 to 20 lines, or 300', () => {
  const counts = programme.orders
    .filter(({ order }) => order.usagePeriod <= LATEST)
    .map(({ lines }) => lines.length)
    .filter((count) => count > 0);
  expect(counts.filter((count) => (count < 3 || count > 23) && count !== 300)).toEqual([]);
  expect(counts).toContain(300);
});

test('the history is approved, and the latest period stands as a programme does at its cutoff', () => {
  const statuses = (from: Period, to: Period) => {
    const found = reported.filter(({ order }) => order.usagePeriod >= from && order.usagePeriod <= to);
    return Object.groupBy(found, ({ order }) => order.status);
  };
  expect(Object.keys(statuses(addMonths(LATEST, -5), addMonths(LATEST, -1)))).toEqual(['PENDING_VENDOR']);
  const latest = statuses(LATEST, LATEST);
  expect(latest.PENDING_SP).toHaveLength(8);
  expect(latest.PENDING_AGGREGATOR).toHaveLength(6);
  expect(latest.PENDING_VENDOR?.every(({ order }) => order.serviceProviderPurchaseOrder !== '')).toBe(true);
});

test('negotiated terms end, with a minimum for each month they touch, and tiers are as catalogues must be', () => {
  for (const { revisions } of programme.contracts) {
    for (const { sku, minCommits, from, until } of revisions) {
      if (sku.contractType === 'PAY-GO') expect(minCommits).toBeUndefined();
      else expect([until === undefined, minCommits?.length]).toEqual([false, from.endsWith('-01') ? 12 : 13]);
    }
  }
  expect(programme.products.flatMap(({ tiers }) => (tiers ? checkTiers(tiers) : []))).toEqual([]);
});

test('each token is one of a user of its kind of organization, and its secret is the stored one', () => {
  const holders = { vendor: 'VENDOR', aggregator: 'AGGREGATOR', serviceProvider: 'SERVICE_PROVIDER' } as const;
  for (const [holder, type] of Object.entries(holders)) {
    const { id, secret } = parseApiToken(sampleTokens(1)[holder as keyof typeof holders]) ?? { id: '', secret: '' };
    const stored = programme.apiTokens.find((token) => token.id === id);
    expect(isSecretOf(secret, stored?.secretHash)).toBe(true);
    const user = programme.users.find((each) => each.id === stored?.userId);
    expect(programme.organizations.find((each) => each.id === user?.organizationId)?.type).toBe(type);
    expect(user?.roles).toEqual(expect.arrayContaining([...(stored?.roles ?? ['none'])]));
  }
});

test('the fonts of the documents have every character of every party and site', () => {
  const fonts = loadFonts();
  const sites = programme.orders.flatMap(({ lines }) => lines.map((line) => line.siteName));
  const texts = programme.organizations.flatMap(({ name, address }) => [name, ...address]).concat(sites);
  const missing = [...new Set(texts)].filter((text) => fonts.run(text, 'regular').glyphs.some(({ id }) => id === 0));
  expect(missing).toEqual([]);
  const characters = new Set(texts.join(''));
  expect(['ß', 'é', 'ł', 'ω', 'ш', '株', '云', '클'].filter((character) => !characters.has(character))).toEqual([]);
});

test('the README lists every situation with its number of contracts', () => {
  const readme = readFileSync(new URL('../../../local/sample/README.md', import.meta.url), 'utf8');
  const rows = readme.split('\n').filter((line) => /^\| .* \| \d+ \|$/.test(line));
  expect(rows).toEqual(SITUATIONS.map(({ name, contracts }) => `| ${name} | ${contracts} |`));
});

test('deals are of contracts, products and users that are there, in every state that hands bring about', () => {
  const contracts = new Map(programme.contracts.map(({ contract }) => [contract.id, contract]));
  const products = new Map(programme.products.map((product) => [product.code, product]));
  const users = new Map(programme.users.map((user) => [user.id, user]));
  for (const deal of programme.deals) {
    const contract = contracts.get(deal.contractId);
    expect(contract).toMatchObject({ status: 'ACTIVE', aggregatorId: deal.aggregatorId, currency: deal.currency });
    expect(products.get(deal.productSKU)).toMatchObject({ family: contract?.listing.familyType });
    expect(users.get(deal.registrantId)?.roles).toContain('Deal Administrator');
    expect([deal.dealNumber, deal.closeDate !== undefined]).toEqual([
      deal.dealNumber,
      deal.status.startsWith('CLOSED'),
    ]);
  }
  expect(new Set(programme.deals.map(({ status }) => status)).size).toBe(7);
  const listed = programme.rebateSheets.flatMap(({ entries }) => entries);
  expect(listed.filter(({ productSKU }) => !products.has(productSKU))).toEqual([]);
});

test('AWS has billed the history of AWS Resell, and told a part of the open month', () => {
  const { costReports } = programme;
  expect(costReports.map(({ usagePeriod, isBilled }) => `${usagePeriod} ${isBilled}`)).toEqual([
    ...['2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'].map((month) => `${month} true`),
    '2026-11 false',
  ]);
  for (const { services, total } of costReports) expect(sum(services.map(({ amount }) => amount))).toBe(total);
  expect(new Set(costReports.map(({ total }) => total)).size).toBe(costReports.length);
});
