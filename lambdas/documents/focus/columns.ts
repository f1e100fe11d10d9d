import { isPointsFamily } from '../../domain/catalogue/family.ts';
import type { CanonicalInvoice } from '../canonical-invoice.ts';
import { type CsvColumn, csv } from '../csv.ts';
import { type Exact, writtenAmount } from '../exact.ts';
import type { FocusRow, FocusView } from './row.ts';
import { focusRows } from './rows.ts';
import { SERVICES } from './services.ts';

type Column = CsvColumn<FocusRow> & {
  /** A price in money: left out of a file whose reader may not see all of them. */
  isPrice?: true;
};

// With decimals throughout, so that readers that guess a column's type find a decimal.
const number = (value: Exact | undefined): string | undefined =>
  value === undefined ? undefined : writtenAmount(value);
const service = ({ document }: FocusRow) => SERVICES[document.contract.family];

/** Who pays: the aggregator's account with the vendor, or for a service provider its own with the aggregator. */
const account = ({ document, view }: FocusRow) => (view === 'BUYER' ? document.billTo : document.serviceProvider);

/** A correction doesn't say what quantity was committed to. */
const committed = ({ commitment, isCorrection }: FocusRow) => (isCorrection ? undefined : commitment);

/** Columns of FOCUS 1.2 that the programme has something for, in the order of their names, then our own (docs/decisions/0023). */
const COLUMNS: readonly Column[] = [
  { name: 'BilledCost', value: (row) => writtenAmount(row.billed) },
  { name: 'BillingAccountId', value: (row) => account(row).number },
  { name: 'BillingAccountName', value: (row) => account(row).name },
  { name: 'BillingCurrency', value: ({ document }) => document.currency },
  { name: 'BillingPeriodEnd', value: (row) => row.daysOf(row.billingPeriod).end },
  { name: 'BillingPeriodStart', value: (row) => row.daysOf(row.billingPeriod).start },
  { name: 'ChargeCategory', value: (row) => row.category },
  { name: 'ChargeClass', value: (row) => (row.isCorrection ? 'Correction' : undefined) },
  { name: 'ChargeDescription', value: (row) => row.description },
  { name: 'ChargeFrequency', value: (row) => row.frequency },
  { name: 'ChargePeriodEnd', value: (row) => row.daysOf(row.chargePeriod).end },
  { name: 'ChargePeriodStart', value: (row) => row.daysOf(row.chargePeriod).start },
  { name: 'CommitmentDiscountCategory', value: ({ commitment }) => commitment && 'Spend' },
  { name: 'CommitmentDiscountId', value: ({ commitment }) => commitment?.id },
  { name: 'CommitmentDiscountName', value: ({ commitment }) => commitment?.type },
  { name: 'CommitmentDiscountQuantity', value: (row) => number(committed(row)?.quantity) },
  { name: 'CommitmentDiscountStatus', value: ({ commitment }) => commitment?.status },
  { name: 'CommitmentDiscountType', value: ({ commitment }) => commitment?.type },
  { name: 'CommitmentDiscountUnit', value: (row) => committed(row)?.unit },
  { name: 'ConsumedQuantity', value: ({ consumed }) => number(consumed?.quantity) },
  { name: 'ConsumedUnit', value: ({ consumed }) => consumed?.unit },
  { name: 'ContractedCost', value: (row) => writtenAmount(row.contracted) },
  { name: 'ContractedUnitPrice', value: ({ pricing }) => number(pricing?.price), isPrice: true },
  { name: 'EffectiveCost', value: (row) => writtenAmount(row.effective) },
  { name: 'InvoiceId', value: ({ document, view }) => (view === 'BUYER' ? document.number : undefined) },
  {
    name: 'InvoiceIssuerName',
    value: ({ document, view }) => (view === 'BUYER' ? document.vendor : document.aggregator).name,
  },
  { name: 'ListCost', value: (row) => writtenAmount(row.list) },
  { name: 'ListUnitPrice', value: ({ pricing }) => number(pricing?.listPrice), isPrice: true },
  { name: 'PricingCategory', value: (row) => pricingCategoryOf(row) },
  { name: 'PricingCurrency', value: (row) => row.pricingCurrency },
  { name: 'PricingCurrencyContractedUnitPrice', value: ({ pricing }) => number(pricing?.priceInCurrency) },
  { name: 'PricingCurrencyEffectiveCost', value: (row) => writtenAmount(row.effectiveInPricingCurrency) },
  { name: 'PricingCurrencyListUnitPrice', value: ({ pricing }) => number(pricing?.listPriceInCurrency) },
  { name: 'PricingQuantity', value: ({ pricing }) => number(pricing?.quantity) },
  { name: 'PricingUnit', value: ({ pricing }) => pricing?.unit },
  { name: 'ProviderName', value: ({ document }) => document.vendor.name },
  { name: 'PublisherName', value: ({ document }) => document.vendor.name },
  { name: 'ResourceId', value: ({ commitment }) => commitment?.id },
  { name: 'ResourceName', value: () => undefined },
  { name: 'ResourceType', value: ({ commitment }) => commitment?.type },
  { name: 'ServiceCategory', value: (row) => service(row).category },
  { name: 'ServiceName', value: (row) => service(row).name },
  { name: 'ServiceSubcategory', value: (row) => service(row).subcategory },
  { name: 'SkuId', value: ({ sku }) => sku?.id },
  { name: 'SkuMeter', value: ({ sku }) => sku?.meter },
  { name: 'SkuPriceDetails', value: () => undefined },
  { name: 'SkuPriceId', value: ({ sku }) => sku?.priceId },
  { name: 'SubAccountId', value: ({ document }) => document.contract.number },
  { name: 'SubAccountName', value: ({ document }) => document.serviceProvider.name },
  { name: 'x_CorrectsInvoiceId', value: ({ document }) => document.corrects },
  { name: 'x_CustomerNumber', value: ({ line }) => line?.line.customerNumber },
  { name: 'x_DocumentNumber', value: ({ document }) => document.number },
  { name: 'x_InMinimumCommit', value: ({ line }) => line && String(line.line.inMinCommit) },
  { name: 'x_LineKind', value: ({ line }) => line?.line.kind },
  { name: 'x_LineNumber', value: ({ line }) => line && String(line.number) },
  { name: 'x_PointsPerUnit', value: ({ line }) => line?.line.pointsPerUnit },
  { name: 'x_SiteName', value: ({ line }) => line?.line.siteName },
  { name: 'x_SkuCode', value: ({ document }) => document.contract.skuCode },
];

function pricingCategoryOf({ category, pricing, commitment }: FocusRow): string | undefined {
  if (!pricing) return undefined;
  return commitment && category === 'Usage' ? 'Committed' : 'Standard';
}

/**
 * Documents as one file of FOCUS 1.2, the FinOps Open Cost and Usage Specification (https://focus.finops.org), in CSV; see
 * csv for the format. A service provider's has unit prices only where it may see them of all that is in it.
 */
export function renderFocus(documents: readonly CanonicalInvoice[], view: FocusView): string {
  const showsPrices = view === 'BUYER' || documents.every(({ contract }) => !isPointsFamily(contract.family));
  return csv(
    COLUMNS.filter(({ isPrice }) => showsPrices || !isPrice),
    documents.flatMap((document) => focusRows(document, view)),
  );
}
