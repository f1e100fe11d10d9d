import { FIRST_LINE_SET } from '../../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import type { BillingOrderStatus } from '../../lambdas/domain/billing-order/status.ts';
import { addMonths, firstDay, type Period } from '../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../lambdas/domain/catalogue/catalogue.ts';
import { type ContractType, isPointsFamily } from '../../lambdas/domain/catalogue/family.ts';
import type { ContractSku, PriceList } from '../../lambdas/domain/catalogue/price-list.ts';
import { percent, points, pointsPerUnit, quantity, unitPrice } from '../../lambdas/domain/numbers/amounts.ts';
import type { BillToAccount, Organization } from '../../lambdas/domain/organization/organization.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { ImportedContract, ImportedOrder, Programme } from '../../lambdas/use-cases/import-programme.ts';
import {
  allSkus,
  commitmentsOf,
  customersOf,
  familyOf,
  isInMoney,
  ofTrack,
  type PlainTrack,
  skuOf,
  trackOf,
} from './plain-tracks.ts';

/** Size of a programme for simulations and benchmarks: every contract has an order of as many lines. */
export type PlainSize = {
  period: Period;
  contracts: number;
  lines: number;
  /** One order in how many is left to the cutoff. @default 3 */
  cutOffEvery?: number;
  aggregators?: number;
  contractsPerProvider?: number;
  /** Contracts of all tracks beside RENTAL, beginning with this one of them (plain-tracks.ts); none unless told. */
  tracksFrom?: number;
};

const CURRENCIES = ['USD', 'EUR', 'JPY'] as const;
const TYPES: readonly ContractType[] = ['PAY-GO', 'PAY-GO', 'CUSTOM', 'PRE-PAY'];
const LEFT_TO_CUTOFF = ['PENDING_SP', 'PENDING_AGGREGATOR'] as const;

/** The n-th id of a kind, written as a UUID. */
export function plainId(kind: number, n: number): string {
  return `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(n).padStart(12, '0')}`;
}

/** A programme without stories: contracts of all three types, every fourth order with no usage at all. */
export function plainProgramme(size: PlainSize): Programme {
  const { aggregators = 4, contractsPerProvider = 4 } = size;
  const providers = Math.ceil(size.contracts / contractsPerProvider);
  const indexes = Array.from({ length: size.contracts }, (_, index) => index);
  const skus = size.tracksFrom === undefined ? [...new Set(TYPES)].map((type) => skuOf(type, 'RENTAL')) : allSkus();
  const contracts = () => contractsOf(indexes, size, aggregators, contractsPerProvider);
  return {
    organizations: [
      organization('VENDOR', 0),
      ...range(aggregators).map((n) => organization('AGGREGATOR', n)),
      ...range(providers).map((n) => organization('SERVICE_PROVIDER', n)),
    ],
    billToAccounts: range(aggregators).flatMap((n) => CURRENCIES.map((_, currency) => billToAccount(n, currency))),
    skus: skus.map((sku, n) => orderable(sku, plainId(8, n), addMonths(size.period, -12))),
    priceLists: CURRENCIES.map((currency) => priceList(currency, addMonths(size.period, -12), skus)),
    contracts: contracts(),
    ...(size.tracksFrom !== undefined && {
      customers: customersOf(contracts()),
      customerCommitments: commitmentsOf(contracts(), size.period),
    }),
    orders: ordersOf(indexes, size, aggregators, contractsPerProvider),
  };
}

const range = (length: number): number[] => Array.from({ length }, (_, n) => n);
const typeOf = (index: number): ContractType => TYPES[index % TYPES.length] as ContractType;
const plainTrackOf = (index: number, { tracksFrom }: PlainSize): PlainTrack =>
  tracksFrom === undefined ? 'RENTAL' : trackOf(index, typeOf(index), tracksFrom);
const currencyOf = (index: number): string => CURRENCIES[index % CURRENCIES.length] as string;

const KINDS = { VENDOR: 1, AGGREGATOR: 2, SERVICE_PROVIDER: 3 } as const;

const CONTACT = { email: 'operations@contact.example', firstName: 'Ada', lastName: 'Person' };

const prmIdOf = (type: Organization['type'], n: number): string => `${KINDS[type]}${String(n).padStart(6, '0')}`;
const accountNumberOf = (aggregator: number, currency: number): string => String(10_000 + aggregator * 10 + currency);

function organization(type: Organization['type'], n: number): Organization {
  const name = `${type === 'VENDOR' ? 'Vendor' : type === 'AGGREGATOR' ? 'Aggregator' : 'Provider'} ${n}`;
  return {
    id: plainId(KINDS[type], n),
    type,
    name,
    prmId: prmIdOf(type, n),
    region: 'AMER',
    countryRegion: 'US',
    address: [`${n + 1} Main Street`, 'Springfield'],
    email: `billing@${name.toLowerCase().replace(' ', '-')}.example`,
    awsResell: false,
    status: 'ACTIVE',
    version: 1,
  };
}

function billToAccount(aggregator: number, currency: number): BillToAccount {
  return {
    id: plainId(4, aggregator * CURRENCIES.length + currency),
    aggregatorId: plainId(KINDS.AGGREGATOR, aggregator),
    accountNumber: accountNumberOf(aggregator, currency),
    siteId: String(20_000 + aggregator),
    location: 'Springfield',
    countryRegion: 'US',
    name: `Aggregator ${aggregator}`,
    address: [`${aggregator + 1} Account Road`, 'Springfield'],
    currency: CURRENCIES[currency] as string,
    taxRate: currency === 1 ? '19' : '0',
    active: true,
    version: 1,
  };
}

function orderable(sku: ContractSku, id: string, bolDate: Period): OrderableSku {
  return { ...sku, id, bolDate, termMonths: 12, discount: percent('0'), commitType: 'MONTHLY', commitValue: 0 };
}

function priceList(currency: string, validFrom: Period, skus: readonly ContractSku[]): PriceList {
  const price = {
    listPrice: unitPrice(currency === 'JPY' ? '132.5' : '0.88'),
    overagePrice: unitPrice(currency === 'JPY' ? '140' : '0.9'),
  };
  const productPrices = Object.fromEntries(range(7).map((n) => [`PRODUCT-${n}`, productPrice(n)]));
  const listed = skus.filter(({ contractType, family }) => contractType === 'PAY-GO' && isPointsFamily(family));
  const prices = Object.fromEntries(listed.map(({ code }) => [code, price]));
  return { currency, version: `${currency}-${validFrom}`, validFrom, prices, productPrices };
}

const productPrice = (n: number) => unitPrice(`0.${n + 1}2345`);

function* contractsOf(
  indexes: readonly number[],
  size: PlainSize,
  aggregators: number,
  perProvider: number,
): Generator<ImportedContract> {
  for (const index of indexes) yield contractOf(index, size, aggregators, perProvider);
}

function contractOf(index: number, size: PlainSize, aggregators: number, perProvider: number): ImportedContract {
  const contractType = typeOf(index);
  const currency = currencyOf(index);
  const track = plainTrackOf(index, size);
  const family = familyOf(track);
  const sku = skuOf(contractType, track);
  const id = plainId(5, index);
  const aggregator = index % aggregators;
  const from = firstDay(addMonths(size.period, -6));
  const negotiated = {
    minCommits: Array.from({ length: 12 }, () => points('500')),
    locked: {
      listPrice: unitPrice(isInMoney(track) ? '1' : '1.1'),
      discount: percent('12.5'),
      priceListVersion: `${currency}-locked`,
    },
  };
  return {
    contract: {
      id,
      contractNumber: String(100_000 + index),
      businessNumber: String(index),
      contractReferenceNumber: `AMER${index}${family}`,
      serviceProviderId: plainId(KINDS.SERVICE_PROVIDER, Math.floor(index / perProvider)),
      aggregatorId: plainId(KINDS.AGGREGATOR, aggregator),
      status: 'ACTIVE',
      region: 'AMER',
      currency,
      contacts: { serviceProvider: CONTACT, aggregator: CONTACT, system: CONTACT, license: CONTACT },
      bolDate: from,
      termFrom: from,
      ...(contractType === 'PAY-GO' ? {} : { termMonths: 12, spf: 'SPF1' }),
      graceTermMonths: 0,
      revision: 1,
      listing: {
        serviceProviderPrmId: prmIdOf('SERVICE_PROVIDER', Math.floor(index / perProvider)),
        aggregatorPrmId: prmIdOf('AGGREGATOR', aggregator),
        billToAccountNumber: accountNumberOf(aggregator, index % CURRENCIES.length),
        skuCode: sku.code,
        contractType,
        familyType: family,
        familyCode: family,
        familyName: family === 'RENTAL' ? 'Rental Commercial' : family,
        ...(sku.kind && { kind: sku.kind }),
      },
      billToAccountId: plainId(4, aggregator * CURRENCIES.length + (index % CURRENCIES.length)),
      billingOrderPreference: 'ONLINE',
      vendorPurchaseOrder: `PO-${index}`,
      fillPurchaseOrderInMbo: true,
      ...(track === 'SOV' && { hasCommitments: true }),
      ...(contractType === 'PRE-PAY' && { triggerPoint: points('5500'), prepaid: points('6000') }),
      tags: [],
      delinquent: false,
      requests: 0,
      version: 1,
      lastModifiedTime: `${from}T00:00:00.000Z`,
    },
    revisions: [{ contractId: id, revision: 1, from, sku, ...(contractType === 'PAY-GO' ? {} : negotiated) }],
    ...(contractType === 'PRE-PAY' && { prepayment: { points: points('6000'), requestId: plainId(6, index) } }),
  };
}

function* ordersOf(
  indexes: readonly number[],
  size: PlainSize,
  aggregators: number,
  perProvider: number,
): Generator<ImportedOrder> {
  for (const index of indexes) {
    const { cutOffEvery = 3 } = size;
    const lines = index % 4 === 3 && index % 8 === 3 ? [] : linesOf(index, size);
    yield {
      order: {
        id: plainId(7, index),
        contractId: plainId(5, index),
        contractNumber: String(100_000 + index),
        serviceProviderId: plainId(KINDS.SERVICE_PROVIDER, Math.floor(index / perProvider)),
        aggregatorId: plainId(KINDS.AGGREGATOR, index % aggregators),
        usagePeriod: size.period,
        revision: 1,
        status:
          index % cutOffEvery === 0
            ? (LEFT_TO_CUTOFF[Math.floor(index / cutOffEvery) % 2] as BillingOrderStatus)
            : 'PENDING_VENDOR',
        autoReportType: isInMoney(plainTrackOf(index, size)) ? 'AUTOMATED' : 'NONE',
        serviceProviderPurchaseOrder: `SP-${index}`,
        vendorPurchaseOrder: `PO-${index}`,
        billingOrderPreference: 'ONLINE',
        lineSet: FIRST_LINE_SET,
        held: heldUsage(size.period, lines, new Map()),
        lastModifiedTime: `${firstDay(size.period)}T00:00:00.000Z`,
        version: 1,
      },
      lines,
    };
  }
}

function linesOf(index: number, size: PlainSize): UsageLine[] {
  const track = plainTrackOf(index, size);
  const [currency, discount] = [currencyOf(index), percent(typeOf(index) === 'PAY-GO' ? '0' : '12.5')];
  return range(size.lines).map((n) => {
    const line: UsageLine = {
      id: `line-${n}`,
      usagePeriod: size.period,
      siteName: `Site ${n % 3}`,
      productCode: `PRODUCT-${n % 7}`,
      productName: `Product number ${n % 7}`,
      customerNumber: '',
      uom: 'GB vRAM',
      quantity: quantity(
        `${10 + ((index * 7 + n * 13) % 90)}.${String((index * 31 + n * 17) % 1_000_000).padStart(6, '0')}`,
      ),
      pointsPerUnit: pointsPerUnit(n % 2 === 0 ? '4' : '1.25'),
      inMinCommit: n % 11 !== 10,
    };
    return ofTrack(track, line, n, { unitPrice: productPrice(n % 7), discount, currency, from: 'LIST' });
  });
}
