import type { BillToAccount, Organization } from '../../lambdas/domain/organization/organization.ts';
import { idOf } from './ids.ts';
import { CURRENCY_OF, PROVIDERS, type ProviderData, type Region } from './service-providers.ts';

/** A service provider of the sample, with what its contracts need of it. */
export type SampleProvider = {
  organization: Organization;
  contact: string;
  city: string;
  postCode: string;
  region: Region;
  currency: string;
  /** Position of its aggregator in AGGREGATORS. */
  aggregator: number;
};

type PartnerData = Omit<ProviderData, 'postCode'> & { prmId: string; region: Region };

const VENDOR: PartnerData = {
  name: 'Lindenwerk Software International Ltd.',
  domain: 'lindenwerk',
  contact: 'Ingrid Solheim',
  city: 'Cork',
  address: ['5 Albert Quay', 'Cork, T12 X8N6', 'Ireland'],
  taxId: 'IE9740218QA',
  prmId: '100001',
  region: 'EMEA',
};

/** Those that hold contracts, in the order that service providers refer to. */
export const AGGREGATORS: readonly PartnerData[] = [
  {
    name: 'Meridian Channel Distribution, Inc.',
    domain: 'meridian-channel',
    contact: 'Angela Brandt',
    city: 'Chicago',
    address: ['233 W. Wabash Plaza, 18th Floor', 'Chicago, IL 60601', 'United States'],
    taxId: '36-4471920',
    prmId: '200001',
    region: 'AMER',
  },
  {
    name: 'Rhein-Maas Großhandel für Software GmbH',
    domain: 'rhein-maas',
    contact: 'Björn Küppers',
    city: 'Düsseldorf',
    address: ['Königsallee 61', '40215 Düsseldorf', 'Deutschland'],
    taxId: 'DE127553908',
    prmId: '200002',
    region: 'EMEA',
  },
  {
    name: 'Distribución Atlántica, S.A.',
    domain: 'atlantica-distribucion',
    contact: 'Iñaki Echeverría',
    city: 'Bilbao',
    address: ['Gran Vía, 45, 3.º', '48011 Bilbao', 'España'],
    taxId: 'ESA48270316',
    prmId: '200003',
    region: 'EMEA',
  },
  {
    name: '太平洋ディストリビューション株式会社',
    domain: 'taiheiyo-distribution',
    contact: '鈴木 直樹',
    city: '東京',
    address: ['〒105-0011', '東京都港区芝公園2-11-1', '日本'],
    prmId: '200004',
    region: 'APJ',
  },
];

/** Aggregator of AWS Resell contracts. */
const AWS: PartnerData = {
  name: 'Amazon Web Services',
  domain: 'aws-resell',
  contact: 'AWS Partner Operations',
  city: 'Seattle',
  address: ['Seattle, WA 98109', 'United States'],
  prmId: '200090',
  region: 'AMER',
};

// ISO 3166-1 codes of the countries that stand in the last lines of addresses.
// biome-ignore format: a table
const COUNTRIES: Readonly<Record<string, string>> = {
  Argentina: 'AR', Australia: 'AU', Brasil: 'BR', Canada: 'CA', Colombia: 'CO', Deutschland: 'DE', España: 'ES',
  France: 'FR', India: 'IN', Ireland: 'IE', México: 'MX', 'New Zealand': 'NZ', Norge: 'NO', Polska: 'PL',
  Singapore: 'SG', 'United States': 'US', Česko: 'CZ', Ελλάδα: 'GR', България: 'BG', Србија: 'RS', 中国: 'CN',
  日本: 'JP', 대한민국: 'KR',
};

/** The vendor and the aggregators, AWS last. */
export function vendorAndAggregators(seed: number): {
  vendor: Organization;
  aggregators: Organization[];
  aws: Organization;
} {
  return {
    vendor: organizationOf(seed, 'VENDOR', VENDOR),
    aggregators: AGGREGATORS.map((data) => organizationOf(seed, 'AGGREGATOR', data)),
    aws: organizationOf(seed, 'AGGREGATOR', AWS),
  };
}

/** All service providers, region by region. */
export function serviceProviders(seed: number): SampleProvider[] {
  const inOrder = Object.entries(PROVIDERS) as [Region, readonly ProviderData[]][];
  return inOrder
    .flatMap(([region, providers]) => providers.map((data) => ({ region, data })))
    .map(({ region, data }, index) => ({
      organization: organizationOf(seed, 'SERVICE_PROVIDER', { ...data, region, prmId: String(300_001 + index) }),
      contact: data.contact,
      city: data.city,
      postCode: data.postCode,
      region,
      currency: CURRENCY_OF[region],
      aggregator: index % AGGREGATORS.length,
    }));
}

function organizationOf(seed: number, type: Organization['type'], data: PartnerData): Organization {
  const { name, prmId, region, address, taxId, domain } = data;
  return {
    id: idOf(seed, `organization ${prmId}`),
    type,
    name,
    prmId,
    region,
    countryRegion: COUNTRIES[address.at(-1) ?? ''] ?? '',
    address,
    ...(taxId === undefined ? {} : { taxId }),
    email: `billing@${domain}.example`,
    awsResell: domain === AWS.domain,
    status: 'ACTIVE',
    version: 1,
  };
}

// Sales in Germany between German companies bear tax; all others are exports or under reverse charge.
const TAXED = { prmId: '200002', currency: 'EUR', rate: '19' } as const;

/** The account of an aggregator that is invoiced in a currency. */
export function billToAccountOf(seed: number, aggregator: Organization, currency: string): BillToAccount {
  const { id, prmId, name, countryRegion, address, taxId } = aggregator;
  const taxed = prmId === TAXED.prmId && currency === TAXED.currency;
  return {
    id: idOf(seed, `bill-to ${prmId} ${currency}`),
    aggregatorId: id,
    accountNumber: `${prmId}-${currency}`,
    siteId: prmId,
    location: `Accounts payable ${currency}`,
    countryRegion,
    name,
    address,
    ...(taxId === undefined ? {} : { taxId }),
    currency,
    taxRate: taxed ? TAXED.rate : '0',
    active: true,
    version: 1,
  };
}

/** Name of the person who answers for an organization that is no service provider. */
export function contactOf({ prmId }: Organization): string {
  return [VENDOR, AWS, ...AGGREGATORS].find((data) => data.prmId === prmId)?.contact ?? '';
}
