import type { ContractSku } from '../domain/catalogue/price-list.ts';
import type { Contact, Contract } from '../domain/contract/contract.ts';
import type { UsageSite } from '../domain/contract/usage-site.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import { formatPercent, formatPoints, formatUnitPrice } from '../domain/numbers/amounts.ts';
import type { Answer } from '../runtime/resource.ts';
import type { Page } from '../use-cases/lists/definition.ts';
import type { AggregatorContract, ProviderContract } from '../use-cases/read-contracts.ts';

/** Contracts, brief requests and sites as the API answers them: the one place where published names stand for ours. */
type AggregatorContractBody = Answer<'getAggregatorContract'>['body'];
type ProviderContractBody = Answer<'getProviderContract'>['body'];
type BriefBody = Answer<'upgradeContract'>['body'];
type TopUpBody = Answer<'topUpContract'>['body'];
type SiteBody = Answer<'getAggregatorUsageSite'>['body'];

/** A page of a list, its rows as they are answered. */
export function pageBody<Row, Body>({ content, total }: Page<Row>, bodyOf: (row: Row) => Body) {
  return { body: { content: content.map(bodyOf), total } };
}

export function aggregatorContractBody({
  contract,
  revision,
  serviceProvider: { name, prmId },
  billToAccount,
  sellingPrice,
}: AggregatorContract): AggregatorContractBody {
  const { spf, entitlementAccount } = contract;
  return {
    ...contractBody(contract),
    serviceProvider: { name, prmId },
    contractId: contract.businessNumber,
    ...(revision && { discount: revision.locked ? formatPercent(revision.locked.discount) : '0' }),
    ...(spf !== undefined && { spf }),
    vmwarePurchaseOrder: contract.vendorPurchaseOrder,
    billingOrderPreference: contract.billingOrderPreference,
    ...(billToAccount && {
      billToAccount: { accountNumber: billToAccount.accountNumber, location: billToAccount.location },
    }),
    ...(entitlementAccount !== undefined && { entitlementAccount }),
    ...(sellingPrice !== undefined && { sellingPricePerPoint: formatUnitPrice(sellingPrice) }),
    fillPurchaseOrderInMBO: contract.fillPurchaseOrderInMbo,
  };
}

export function providerContractBody({
  contract,
  aggregator: { name, prmId },
}: ProviderContract): ProviderContractBody {
  return { ...contractBody(contract), aggregator: { name, prmId } };
}

function contractBody(contract: Contract) {
  const { id, contacts, bolDate, eolDate, status, contractReferenceNumber, contractNumber } = contract;
  const { region, currency, termMonths, graceTermMonths, listing } = contract;
  return {
    id,
    aggregatorContact: contactBody(contacts.aggregator),
    serviceProviderContact: contactBody(contacts.serviceProvider),
    systemContact: contactBody(contacts.system),
    ...(contacts.license && { licenseContact: contactBody(contacts.license) }),
    bolDate,
    ...(eolDate !== undefined && { eolDate }),
    status,
    contractReferenceNumber,
    contractSKU: skuBody(contract),
    contractNumber,
    region,
    ...(termMonths !== undefined && { term: termMonths }),
    ...(listing.contractType === 'PAY-GO' && { graceTerm: graceTermMonths }),
    currency,
  };
}

const contactBody = ({ firstName, lastName, email }: Contact) => ({ firstName, lastName, email });

/** A SKU of the contract's family, that of the contract unless told otherwise. */
export function skuBody({ listing }: Contract, sku?: ContractSku): AggregatorContractBody['contractSKU'] {
  return {
    code: sku?.code ?? listing.skuCode,
    contractType: sku?.contractType ?? listing.contractType,
    productFamily: { name: listing.familyName, code: listing.familyCode, type: listing.familyType },
  };
}

export function briefBody(contract: Contract, { id, status, payload, ...request }: ContractRequest): BriefBody {
  return {
    id,
    status,
    requestType: payload.type,
    requestContractSKU: skuBody(contract, 'sku' in payload ? payload.sku : undefined),
    effectiveDate: request.effectiveDate,
    createdTime: request.createdTime,
    token: request.token,
  };
}

export function topUpBody(contract: Contract, request: ContractRequest): TopUpBody {
  const { payload } = request;
  if (payload.type !== 'TOPUP') throw new TypeError(`request ${request.token} is no top-up`);
  return {
    ...briefBody(contract, request),
    vmwarePurchaseOrder: payload.vendorPurchaseOrder,
    term: payload.termMonths,
    prepayment: formatPoints(payload.prepayment),
    burnDownSchedule: payload.burnDownSchedule.map(formatPoints),
  };
}

/** What all answers say of a usage site. */
export function siteBody({ id, name, countryRegion, address, postCode, lastModifiedTime }: UsageSite) {
  return { id, name, countryRegion, address, postCode, lastModifiedTime };
}

/** A usage site, open or closed, with its version. */
export function keptSite(site: UsageSite): { body: SiteBody; version: number } {
  const { closedTime, version } = site;
  return { body: { ...siteBody(site), ...(closedTime !== undefined && { closedTime }) }, version };
}
