import { type Period, period, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../../lambdas/domain/catalogue/catalogue.ts';
import type { ContractType, FamilyType } from '../../../lambdas/domain/catalogue/family.ts';
import type { PriceList } from '../../../lambdas/domain/catalogue/price-list.ts';
import type { Contract, ContractRevision } from '../../../lambdas/domain/contract/contract.ts';
import { lastDayOfTerm } from '../../../lambdas/domain/contract/schedule.ts';
import type { ContractRequest, RequestPayload } from '../../../lambdas/domain/contract-request/request.ts';
import { percent, points, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import type { BillToAccount, Organization } from '../../../lambdas/domain/organization/organization.ts';

export const CONTACT = { email: 'ada@person.example', firstName: 'Ada', lastName: 'Person' };

export function skuOf(type: ContractType, minimum = '0', family: FamilyType = 'RENTAL'): OrderableSku {
  return {
    id: `sku-${type}-${minimum}-${family}`,
    code: `${family}-${type}-${minimum}`,
    contractType: type,
    family,
    minimumPoints: points(minimum),
    bolDate: period('2020-01'),
    termMonths: 12,
    discount: percent('0'),
    commitType: 'MONTHLY',
    commitValue: 0,
  };
}

export function organizationOf(type: Organization['type'], more: Partial<Organization> = {}): Organization {
  return {
    id: type,
    type,
    name: type,
    prmId: type === 'AGGREGATOR' ? '00012' : '300001',
    region: 'AMER',
    countryRegion: 'US',
    address: [],
    email: 'billing@party.example',
    awsResell: false,
    status: 'ACTIVE',
    version: 1,
    ...more,
  };
}

export function accountOf(more: Partial<BillToAccount> = {}): BillToAccount {
  return {
    id: 'account-1',
    aggregatorId: 'AGGREGATOR',
    accountNumber: '10001',
    siteId: '1',
    location: 'location-1',
    countryRegion: 'US',
    name: 'Aggregator',
    address: [],
    currency: 'USD',
    taxRate: '0',
    active: true,
    version: 1,
    ...more,
  };
}

/** A list of prices that are valid for ever, in USD. */
export function pricesOf(prices: Readonly<Record<string, string>>): PriceList[] {
  const entries = Object.entries(prices).map(([code, price]) => [code, { listPrice: unitPrice(price) }]);
  return [{ currency: 'USD', version: 'USD-1', validFrom: period('2020-01'), prices: Object.fromEntries(entries) }];
}

export const LOCKED: NonNullable<ContractRevision['locked']> = {
  listPrice: unitPrice('1'),
  discount: percent('20'),
  priceListVersion: 'USD-1',
};

type Signed = { contract: Contract; revisions: ContractRevision[] };

/** An active contract of a SKU from a day on, for so many months (open-ended without). */
export function signed(
  sku: OrderableSku,
  from: string,
  termMonths?: number,
  minCommits?: readonly string[],
  more: Partial<Contract> = {},
): Signed {
  const bolDate = plainDate(from);
  const end = termMonths === undefined ? {} : { eolDate: lastDayOfTerm(bolDate, termMonths), termMonths };
  const {
    id: _id,
    bolDate: _bol,
    termMonths: _term,
    discount: _discount,
    commitType: _c,
    commitValue: _v,
    ...kept
  } = sku;
  const contract: Contract = {
    id: 'contract-1',
    contractNumber: '100002',
    businessNumber: '1111',
    contractReferenceNumber: 'AMER1111RENTAL',
    serviceProviderId: 'SERVICE_PROVIDER',
    aggregatorId: 'AGGREGATOR',
    status: 'ACTIVE',
    region: 'AMER',
    currency: 'USD',
    contacts: { serviceProvider: CONTACT, aggregator: CONTACT, system: CONTACT },
    bolDate,
    termFrom: bolDate,
    ...end,
    graceTermMonths: sku.contractType === 'PAY-GO' ? 1 : 0,
    revision: 1,
    listing: {
      serviceProviderPrmId: '300001',
      aggregatorPrmId: '00012',
      billToAccountNumber: '10001',
      skuCode: sku.code,
      contractType: sku.contractType,
      familyType: sku.family,
      familyCode: sku.family,
      familyName: 'Rental Commercial',
    },
    billToAccountId: 'account-1',
    billingOrderPreference: 'ONLINE',
    vendorPurchaseOrder: 'PO-1',
    fillPurchaseOrderInMbo: false,
    tags: [],
    delinquent: false,
    requests: 0,
    version: 7,
    lastModifiedTime: '2022-01-01T00:00:00.000Z',
    ...more,
  };
  const revision: ContractRevision = {
    contractId: contract.id,
    revision: 1,
    from: bolDate,
    ...(end.eolDate === undefined ? {} : { until: end.eolDate }),
    sku: kept,
    ...(minCommits ? { minCommits: minCommits.map((entry) => points(entry)), locked: LOCKED } : {}),
  };
  return { contract, revisions: [revision] };
}

/** An approved request, due on its effective date. */
export function approved(
  payload: RequestPayload,
  effectiveDate: string,
  more: Partial<ContractRequest> = {},
): ContractRequest {
  return {
    id: 'request-1',
    token: 'C-100002-00012-2203-0000001',
    contractId: 'contract-1',
    contractNumber: '100002',
    serviceProviderId: 'SERVICE_PROVIDER',
    aggregatorId: 'AGGREGATOR',
    status: 'PENDING_EFFECTIVE_DATE',
    payload,
    effectiveDate: plainDate(effectiveDate),
    comment: '',
    requesterId: 'user-1',
    createdTime: '2022-03-01T00:00:00.000Z',
    version: 1,
    ...more,
  };
}

/** So many times the same entry. */
export const times = (count: number, entry: string): string[] => Array.from({ length: count }, () => entry);

export const periodsFrom = (...texts: string[]): Period[] => texts.map((text) => period(text));
