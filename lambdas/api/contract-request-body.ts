import type * as z from 'zod';
import type { LockedPrice } from '../domain/contract/contract.ts';
import type { Settlement } from '../domain/contract/settlement.ts';
import type { BasicInfo, ContractRequest, RequestPayload } from '../domain/contract-request/request.ts';
import { formatPercent, formatPoints, formatUnitPrice } from '../domain/numbers/amounts.ts';
import { formatMoney } from '../domain/numbers/currency.ts';
import type { ContractRequestBody } from '../manifest/routes/contracts/contract-requests.ts';

type Body = z.input<typeof ContractRequestBody>;
type Asked = Partial<Body>;
type Of<Type extends RequestPayload['type']> = Extract<RequestPayload, { type: Type }>;

/** A contract request with what is asked for, as aggregator and vendor read it: exact decimals. */
export function contractRequestBody(request: ContractRequest): Body {
  const { id, token, contractId, contractNumber, status, payload, effectiveDate, createdTime, requesterId } = request;
  const { comment, approverId, approverComment, invoiceNumber, settlement } = request;
  return {
    ...{ id, token, contractId, contractNumber, status, requestType: payload.type, effectiveDate, createdTime },
    ...{ requesterId, comment },
    ...(approverId !== undefined && { approverId }),
    ...(approverComment !== undefined && { approverComment }),
    ...(invoiceNumber !== undefined && { invoiceNumber }),
    ...(settlement && { settlement: moneyOf(settlement) }),
    ...askedFor(payload),
  };
}

function moneyOf({ amount, currency }: Settlement): Body['settlement'] {
  return { amount: formatMoney(amount, currency), currency };
}

function askedFor(payload: RequestPayload): Asked {
  switch (payload.type) {
    case 'CREATE':
      return { ...skuOf(payload), ...termOf(payload) };
    case 'UPGRADE':
    case 'DOWNGRADE':
      return skuOf(payload);
    case 'TERMINATE':
      return { reason: payload.reason };
    case 'RENEW':
      return { ...termOf(payload), ...negotiated(payload) };
    case 'TOPUP': {
      const { prepayment, vendorPurchaseOrder: vmwarePurchaseOrder } = payload;
      return { ...scheduleOf(payload), prepayment: formatPoints(prepayment), vmwarePurchaseOrder };
    }
    case 'AMEND':
      return { ...scheduleOf(payload), price: priceOf(payload.locked), ...negotiated(payload) };
    case 'PREPAY_AMEND':
      return { ...scheduleOf(payload), ...negotiated(payload) };
    case 'THRESHOLD_UPDATE':
      return { threshold: formatPoints(payload.threshold) };
    case 'BASIC_INFO_UPDATE':
      return { basicInfo: basicInfoOf(payload.changes) };
  }
}

function skuOf({ sku: { code, contractType } }: Of<'CREATE' | 'UPGRADE' | 'DOWNGRADE'>): Asked {
  return { contractSKU: { code, contractType } };
}

function termOf({ termMonths, minCommits, locked, prepayment }: Of<'CREATE' | 'RENEW'>): Asked {
  return {
    ...(termMonths !== undefined && { term: termMonths }),
    ...(minCommits && { minCommits: minCommits.map(formatPoints) }),
    ...(locked && { price: priceOf(locked) }),
    ...(prepayment !== undefined && { prepayment: formatPoints(prepayment) }),
  };
}

function scheduleOf({ termMonths, burnDownSchedule }: Of<'TOPUP' | 'AMEND' | 'PREPAY_AMEND'>): Asked {
  return { term: termMonths, burnDownSchedule: burnDownSchedule.map(formatPoints) };
}

function priceOf({ listPrice, discount, overagePrice, priceListVersion }: LockedPrice): Asked['price'] {
  return {
    listPrice: formatUnitPrice(listPrice),
    discount: formatPercent(discount),
    ...(overagePrice !== undefined && { overagePrice: formatUnitPrice(overagePrice) }),
    priceListVersion,
  };
}

function negotiated({ spf, triggerPoint }: Partial<Pick<Of<'RENEW'>, 'spf' | 'triggerPoint'>>): Asked {
  return {
    ...(spf !== undefined && { spf }),
    ...(triggerPoint !== undefined && { triggerPoint: formatPoints(triggerPoint) }),
  };
}

function basicInfoOf(changes: BasicInfo): Asked['basicInfo'] {
  const { serviceProviderContact, licenseContact, aggregatorContact, billToAccount, ...rest } = changes;
  const { vendorPurchaseOrder, fillPurchaseOrderInMbo, ...fields } = rest;
  return {
    ...fields,
    ...(serviceProviderContact && { serviceProviderContact: serviceProviderContact.email }),
    ...(licenseContact && { licenseContact: licenseContact.email }),
    ...(aggregatorContact && { aggregatorContact: aggregatorContact.email }),
    ...(vendorPurchaseOrder !== undefined && { vmwarePurchaseOrder: vendorPurchaseOrder }),
    ...(fillPurchaseOrderInMbo !== undefined && { fillPurchaseOrderInMBO: fillPurchaseOrderInMbo }),
    ...(billToAccount && { billToAccountNumber: billToAccount.accountNumber }),
  };
}
