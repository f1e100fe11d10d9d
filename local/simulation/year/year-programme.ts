import { firstDay, type Period } from '../../../lambdas/domain/calendar/period.ts';
import type { Product } from '../../../lambdas/domain/catalogue/product.ts';
import { points, pointsPerUnit } from '../../../lambdas/domain/numbers/amounts.ts';
import type { UsageMeter } from '../../../lambdas/domain/usage-meter/usage-meter.ts';
import type { ImportedContract, Programme } from '../../../lambdas/use-cases/import-programme.ts';
import { newOrder } from '../../../lambdas/use-cases/new-order.ts';
import type { Portal } from '../../../lambdas/use-cases/ports/portal.ts';
import { type Fraction, fraction } from '../lives/fractions.ts';
import { plainProgramme } from '../plain-programme.ts';
import { SITES, type Site, type Year } from './events.ts';

/** Products of the year: one that meters report, one that is written by hand. */
export const METERED = { code: 'METERED', pointsPerUnit: '41.25' };
export const BY_HAND = { code: 'BY-HAND', pointsPerUnit: '2' };

const MONTHS = 36;
// More than a year can use: what a prepayment covers would else depend on the order in which things are billed.
const PREPAID = '100000000';

/** A provider with one contract each: of four, two are PAY-GO, one CUSTOM, one PRE-PAY. */
export function yearProgramme({ first, providers }: Year): {
  programme: Programme;
  contracts: readonly ImportedContract[];
} {
  const size = { period: first as Period, contracts: providers.length, lines: 0, contractsPerProvider: 1 };
  const plain = plainProgramme(size);
  const imported = [...(plain.contracts ?? [])].map(({ contract, revisions, prepayment }): ImportedContract => {
    const from = firstDay(first as Period);
    const isNegotiated = contract.listing.contractType !== 'PAY-GO';
    return {
      contract: { ...contract, bolDate: from, termFrom: from, ...(isNegotiated && { termMonths: MONTHS }) },
      revisions: revisions.map((revision) => ({
        ...revision,
        from,
        ...(isNegotiated && { minCommits: Array.from({ length: MONTHS }, () => points('500')) }),
      })),
      ...(prepayment && { prepayment: { ...prepayment, points: points(PREPAID) } }),
    };
  });
  const { orders: _orders, contracts: _contracts, ...parties } = plain;
  const start = new Date(`${first}-01T00:00:00Z`);
  const orders = imported.map(({ contract }) => ({ order: newOrder(contract, first as Period, start), lines: [] }));
  return {
    programme: { ...parties, products: [product(METERED), product(BY_HAND)], contracts: imported, orders },
    contracts: imported,
  };
}

function product({ code, pointsPerUnit: ppu }: typeof METERED): Product {
  return {
    id: `product-${code}`,
    code,
    name: code,
    category: 'Compute',
    uom: 'GB vRAM',
    family: 'RENTAL',
    pointsPerUnit: pointsPerUnit(ppu),
    ...(code === METERED.code && { metering: 'VRAM' }),
  };
}

export const meterIdOf = (n: number): string => `meter-${n}`;
export const siteIdOf = (n: number, site: Site): string => `site-${n}-${site}`;

/** Gives the contracts their sites and the providers that have one their meter. */
export async function addMeters(portal: Portal, { providers }: Year, contracts: readonly ImportedContract[]) {
  const now = portal.clock();
  for (const { n, isMetered } of providers) {
    const { contract } = contracts[n] as ImportedContract;
    const { id: contractId, contractNumber, serviceProviderId, aggregatorId, contractReferenceNumber } = contract;
    const sites = SITES.map((name) =>
      portal.usageSites.created({
        ...{ id: siteIdOf(n, name), contractId, serviceProviderId, contractReferenceNumber, name },
        ...{ countryRegion: 'US', address: '', postCode: '', lastModifiedTime: now.toISOString(), version: 1 },
      }),
    );
    const meter: UsageMeter = {
      id: meterIdOf(n),
      serviceProviderId,
      instanceId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
      name: `Meter ${n}`,
      softwareVersion: '4.8',
      mode: 'PRODUCTION',
      connection: 'ONLINE',
      contracts: [{ contractId, contractNumber, familyType: 'RENTAL', aggregatorId, siteId: siteIdOf(n, 'North') }],
      shared: false,
      registeredTime: now.toISOString(),
      lastModifiedTime: now.toISOString(),
      edits: 1,
      version: 1,
    };
    const result = await portal.units.commit([...sites, ...(isMetered ? portal.usageMeters.created(meter, now) : [])]);
    if (!result.ok) throw new Error(`provider ${n} is there already`);
  }
}

/** What a contract's months are charged by. */
export type YearTerms = {
  currency: 'USD' | 'EUR' | 'JPY';
  minimum: Fraction;
  price: Fraction;
  overage?: Fraction;
  /** PRE-PAY: more than there is to draw. */
  balance?: Fraction;
};

/** The terms of a contract as the plain programme has them: the same in every month. */
export function termsOf({ contract }: ImportedContract): YearTerms {
  const currency = contract.currency as YearTerms['currency'];
  const { contractType } = contract.listing;
  if (contractType !== 'PAY-GO') {
    // 1.1 less 12.5 %.
    const terms = { currency, minimum: fraction('500'), price: fraction('0.9625') };
    return contractType === 'CUSTOM' ? terms : { ...terms, balance: fraction(PREPAID) };
  }
  const [price, overage] = currency === 'JPY' ? ['132.5', '140'] : ['0.88', '0.9'];
  return { currency, minimum: fraction('1800'), price: fraction(price), overage: fraction(overage) };
}
