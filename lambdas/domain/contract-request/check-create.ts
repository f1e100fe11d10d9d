import { type Period, type PlainDate, periodOf } from '../calendar/period.ts';
import { isOrderableIn, type OrderableSku } from '../catalogue/catalogue.ts';
import type { FamilyType } from '../catalogue/family.ts';
import { type ContractSku, type ListedPrice, listedPrice, type PriceList } from '../catalogue/price-list.ts';
import type { Points } from '../numbers/amounts.ts';
import { type Currency, isCurrency } from '../numbers/currency.ts';
import type { BillToAccount, Organization } from '../organization/organization.ts';
import { resellFault } from '../organization/resell.ts';
import {
  type Checked,
  checkEmail,
  checkPrepaid,
  checkText,
  Faults,
  isFrozen,
  readAmount,
  readDate,
  readDiscount,
  readSchedule,
  readTerm,
} from './checks.ts';
import { lockPrice } from './price.ts';
import type { CreatePayload, RequestedTerm } from './request.ts';

/** AggContractCreateRequest as it came: numbers as exact decimals; the SKU, parties and account are among the facts. */
export type CreateAsked = {
  serviceProviderContact?: string;
  licenseContact?: string;
  aggregatorContact?: string;
  systemContact?: string;
  bolDate?: string;
  currency?: string;
  billingOrderPreference?: string;
  vendorPurchaseOrder?: string;
  term?: number;
  minCommits?: readonly string[];
  prepayment?: string;
  triggerPoint?: string;
  discount?: string;
  spf?: string;
  threshold?: string;
};

/** What the ids of the request lead to, undefined where they lead to nothing the aggregator may use. */
export type CreateFacts = {
  sku: OrderableSku | undefined;
  serviceProvider: Organization | undefined;
  aggregator: Organization;
  billToAccount: BillToAccount | undefined;
  priceLists: readonly PriceList[];
  /** The last period that is frozen. */
  frozenUntil: Period | undefined;
};

/** A contract that may be made: the request's payload, and what is kept on the contract itself. */
export type NewContract = {
  payload: CreatePayload;
  bolDate: PlainDate;
  triggerPoint?: Points;
  spf?: string;
  threshold?: Points;
};

const LICENSED: ReadonlySet<FamilyType> = new Set(['RENTAL', 'SOV', 'LPCAAS']);

/** Whether contracts of the family have a licence contact (AggContractCreateRequest.licenseContact). */
export function hasLicenseContact(family: FamilyType): boolean {
  return LICENSED.has(family);
}

/**
 * Checks a request to create a contract by the matrix of its type and family; what a type doesn't need is ignored, right
 * or wrong (AggContractCreateRequest; domain.md §1, §3, §5).
 *
 * @returns the contract asked for, or an error for each field that is wrong, always in the same order
 */
export function checkCreate(asked: CreateAsked, facts: CreateFacts): Checked<NewContract> {
  const faults = new Faults();
  const { sku, billToAccount, frozenUntil } = facts;
  checkSku(faults, sku, facts.aggregator);
  checkContacts(faults, asked, sku);
  checkServiceProvider(faults, facts.serviceProvider, sku);
  const bolDate = readDate(faults, 'bolDate', asked.bolDate);
  if (bolDate && isFrozen(bolDate, frozenUntil)) {
    faults.add('bolDate', `lies in a frozen period: ${frozenUntil} is the last`);
  }
  const currency = readCurrency(faults, asked.currency, billToAccount);
  if (asked.billingOrderPreference !== 'ONLINE' && asked.billingOrderPreference !== 'EDI') {
    faults.add('billingOrderPreference', 'must be ONLINE or EDI');
  }
  checkText(faults, 'vmwarePurchaseOrder', asked.vendorPurchaseOrder);
  if (!billToAccount?.active) faults.add('billToAccountId', 'must be an active bill-to account of the aggregator');
  return faults.answer(sku && readTerms(faults, asked, facts, { sku, bolDate, currency }));
}

type Agreed = { sku: OrderableSku; bolDate: PlainDate | undefined; currency: Currency | undefined };

/** What of a SKU of the catalogue a contract keeps. */
export function keptSku({ code, contractType, family, minimumPoints }: ContractSku): ContractSku {
  return { code, contractType, family, minimumPoints };
}

/** What depends on the contract's type and family. */
function readTerms(
  faults: Faults,
  asked: CreateAsked,
  facts: CreateFacts,
  { sku, bolDate, currency }: Agreed,
): NewContract | undefined {
  const negotiated = sku.contractType !== 'PAY-GO';
  const price = bolDate && currency && listedPrice(facts.priceLists, sku, currency, periodOf(bolDate));
  if (bolDate && !isOrderableIn(sku, periodOf(bolDate))) {
    faults.add('contractSKUId', `can't be ordered for ${periodOf(bolDate)}: ${sku.code}`);
  }
  if (bolDate && currency && !price) {
    faults.add('contractSKUId', `has no price in ${currency} for ${periodOf(bolDate)}: ${sku.code}`);
  }
  const unit = { family: sku.family, currency: currency ?? '' };
  const term = negotiated
    ? readNegotiatedTerm(faults, asked, { sku, from: bolDate, currency: unit.currency, price: price || undefined })
    : { termMonths: sku.termMonths };
  const triggerPoint = readTriggerPoint(faults, asked.triggerPoint, sku, unit.currency);
  if (negotiated) checkText(faults, 'spf', asked.spf);
  const threshold =
    sku.family === 'MSP' ? readAmount(faults, 'threshold', asked.threshold, unit, 'more than 0') : undefined;
  if (!bolDate || !term) return undefined;
  return {
    payload: { type: 'CREATE', sku: keptSku(sku), ...term },
    bolDate,
    ...(triggerPoint === undefined ? {} : { triggerPoint }),
    ...(negotiated && asked.spf !== undefined ? { spf: asked.spf } : {}),
    ...(threshold === undefined ? {} : { threshold }),
  };
}

function checkSku(faults: Faults, sku: ContractSku | undefined, aggregator: Organization): void {
  if (!sku) faults.add('contractSKUId', 'must be a contract SKU of the catalogue');
  else if (resellFault(aggregator, sku.family)) {
    const forAws = 'must be of AWS Resell: AWS holds no other contracts';
    faults.add(
      'contractSKUId',
      aggregator.awsResell ? forAws : 'must not be of AWS Resell: only AWS holds such contracts',
    );
  }
}

function checkContacts(faults: Faults, asked: CreateAsked, sku: ContractSku | undefined): void {
  checkEmail(faults, 'serviceProviderContact', asked.serviceProviderContact);
  if (sku && hasLicenseContact(sku.family)) checkEmail(faults, 'licenseContact', asked.licenseContact);
  checkEmail(faults, 'aggregatorContact', asked.aggregatorContact);
  checkEmail(faults, 'systemContact', asked.systemContact);
}

function readCurrency(
  faults: Faults,
  currency: string | undefined,
  account: BillToAccount | undefined,
): Currency | undefined {
  if (currency === undefined || !isCurrency(currency))
    return faults.add('currency', 'must be an ISO 4217 code, e.g. USD');
  if (!account || account.currency === currency) return currency;
  return faults.add('currency', `must be ${account.currency}, the currency of the bill-to account`);
}

function checkServiceProvider(faults: Faults, provider: Organization | undefined, sku: ContractSku | undefined): void {
  const field = 'serviceProviderId';
  if (provider?.type !== 'SERVICE_PROVIDER' || provider.status !== 'ACTIVE') {
    faults.add(field, 'must be an active service provider');
    return;
  }
  const fault = sku && resellFault(provider, sku.family);
  if (fault === 'DEDICATED_ORGANIZATION_NEEDED') faults.add(field, 'must be an organization dedicated to AWS Resell');
  if (fault === 'REGULAR_ORGANIZATION_NEEDED')
    faults.add(field, 'must be a regular organization, not one for AWS Resell');
}

/** The balance below which the aggregator is told: PRE-PAY only, and optional. */
export function readTriggerPoint(
  faults: Faults,
  text: string | undefined,
  sku: Pick<ContractSku, 'contractType' | 'family'>,
  currency: string,
): Points | undefined {
  if (sku.contractType !== 'PRE-PAY' || text === undefined) return undefined;
  return readAmount(faults, 'triggerPoint', text, { family: sku.family, currency }, 'more than 0');
}

/**
 * The term of a CUSTOM or PRE-PAY contract: months, a minimum for each (but VELO), discount, and for PRE-PAY a prepayment
 * that pays for all of them.
 */
export function readNegotiatedTerm(
  faults: Faults,
  asked: Pick<CreateAsked, 'term' | 'minCommits' | 'prepayment' | 'discount'>,
  of: { sku: ContractSku; from: PlainDate | undefined; currency: string; price: ListedPrice | undefined },
): RequestedTerm | undefined {
  const { sku, from, currency, price } = of;
  const unit = { family: sku.family, currency };
  const months = readTerm(faults, asked.term);
  const minCommits =
    sku.family === 'VELO' ? [] : readSchedule(faults, 'minCommits', asked.minCommits, { from, months }, unit);
  const isPrepaid = sku.contractType === 'PRE-PAY';
  const prepayment = isPrepaid ? readAmount(faults, 'prepayment', asked.prepayment, unit, 'more than 0') : undefined;
  checkPrepaid(faults, prepayment, minCommits, 'minCommits');
  const discount = readDiscount(faults, 'discount', asked.discount);
  if (months === undefined || !minCommits || discount === undefined || !price) return undefined;
  return {
    termMonths: months,
    ...(minCommits.length > 0 ? { minCommits } : {}),
    locked: lockPrice(price, discount),
    ...(prepayment === undefined ? {} : { prepayment }),
  };
}
