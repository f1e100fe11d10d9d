import { type PlainDate, periodOf } from '../calendar/period.ts';
import type { ContractSku } from '../catalogue/price-list.ts';
import type { OrderParties } from '../charging/rate-order.ts';
import type { Contract, LockedPrice } from '../contract/contract.ts';
import { priceOfPrepayment } from '../contract-request/price.ts';
import type { ContractRequest } from '../contract-request/request.ts';
import { NO_POINTS, type Points } from '../numbers/amounts.ts';
import type { InvoiceDraft } from './invoice.ts';
import { taxOn } from './tax.ts';

/** A prepayment that a contract request asks for: how much, and at which terms it is sold. */
export type Prepayment = {
  request: Pick<ContractRequest, 'id' | 'token'>;
  contract: Pick<Contract, 'id' | 'contractNumber' | 'contractReferenceNumber' | 'currency' | 'revision'>;
  sku: ContractSku;
  locked: LockedPrice;
  points: Points;
  vendorPurchaseOrder: string;
};

/**
 * The invoice of a prepayment: one line over the points that are paid up front, at the price the contract locks, in the
 * month it is invoiced in (domain.md §5 "PRE-PAY", §7 "PREPAYMENT (one per contract request)").
 */
export function prepaymentInvoice(
  { request, contract, sku, locked, points, vendorPurchaseOrder }: Prepayment,
  { taxRate, ...parties }: OrderParties,
  invoiceDate: PlainDate,
): InvoiceDraft {
  const usagePeriod = periodOf(invoiceDate);
  const { price, net } = priceOfPrepayment(points, sku, locked, contract.currency);
  const commit = { minimumCommit: NO_POINTS, reported: NO_POINTS, outsideCommit: NO_POINTS };
  return {
    kind: 'PREPAYMENT',
    source: { id: request.id, revision: 1 },
    usagePeriod,
    currency: contract.currency,
    ...parties,
    contract: {
      id: contract.id,
      number: contract.contractNumber,
      referenceNumber: contract.contractReferenceNumber,
      skuCode: sku.code,
      contractType: sku.contractType,
      family: sku.family,
    },
    serviceProviderPurchaseOrder: '',
    vendorPurchaseOrder,
    lines: [
      {
        kind: 'PREPAYMENT',
        usagePeriod,
        description: `Prepayment, request ${request.token}`,
        siteName: '',
        productCode: '',
        customerNumber: '',
        uom: '',
        points,
        unitPrice: price,
        amount: net,
        inMinCommit: false,
      },
    ],
    commit: { ...commit, overage: NO_POINTS, underage: NO_POINTS, total: points },
    basis: {
      contractRevision: contract.revision,
      priceListVersion: locked.priceListVersion,
      listPrice: locked.listPrice,
      discount: locked.discount,
      sellingPrice: price,
    },
    net,
    ...taxOn(net, taxRate),
  };
}
