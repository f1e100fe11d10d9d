import { parse } from 'csv-parse/sync';
import { decimal, equals, times } from '../../domain/support/rational.ts';

/**
 * FOCUS 1.2, the FinOps Open Cost and Usage Specification, as far as a file of rows can be held against it. Columns, data
 * types, null rules and allowed values are facts of its section "Columns"; a rule has the id it has in the specification's
 * requirements model 1.2.0.1.
 */
export type Row = Readonly<Record<string, string | null>>;

type Type = 'String' | 'Decimal' | 'DateTime';

const CATEGORIES = ['Usage', 'Purchase', 'Tax', 'Credit', 'Adjustment'];
const SERVICE_CATEGORIES = [
  ...['AI and Machine Learning', 'Analytics', 'Business Applications', 'Compute', 'Databases', 'Developer Tools'],
  ...['Multicloud', 'Identity', 'Integration', 'Internet of Things', 'Management and Governance', 'Media', 'Migration'],
  ...['Mobile', 'Networking', 'Security', 'Storage', 'Web', 'Other'],
];

/** Columns a programme with commitments, negotiated prices, a virtual currency and sub accounts has to have. */
export const COLUMNS: Readonly<
  Record<string, { type: Type; nullable?: true; values?: readonly string[]; isPrice?: true }>
> = {
  BilledCost: { type: 'Decimal' },
  BillingAccountId: { type: 'String' },
  BillingAccountName: { type: 'String' },
  BillingCurrency: { type: 'String' },
  BillingPeriodEnd: { type: 'DateTime' },
  BillingPeriodStart: { type: 'DateTime' },
  ChargeCategory: { type: 'String', values: CATEGORIES },
  ChargeClass: { type: 'String', nullable: true, values: ['Correction'] },
  ChargeDescription: { type: 'String' },
  ChargeFrequency: { type: 'String', values: ['One-Time', 'Recurring', 'Usage-Based'] },
  ChargePeriodEnd: { type: 'DateTime' },
  ChargePeriodStart: { type: 'DateTime' },
  CommitmentDiscountCategory: { type: 'String', nullable: true, values: ['Spend', 'Usage'] },
  CommitmentDiscountId: { type: 'String', nullable: true },
  CommitmentDiscountName: { type: 'String', nullable: true },
  CommitmentDiscountQuantity: { type: 'Decimal', nullable: true },
  CommitmentDiscountStatus: { type: 'String', nullable: true, values: ['Used', 'Unused'] },
  CommitmentDiscountType: { type: 'String', nullable: true },
  CommitmentDiscountUnit: { type: 'String', nullable: true },
  ConsumedQuantity: { type: 'Decimal', nullable: true },
  ConsumedUnit: { type: 'String', nullable: true },
  ContractedCost: { type: 'Decimal' },
  ContractedUnitPrice: { type: 'Decimal', nullable: true, isPrice: true },
  EffectiveCost: { type: 'Decimal' },
  InvoiceId: { type: 'String', nullable: true },
  InvoiceIssuerName: { type: 'String' },
  ListCost: { type: 'Decimal' },
  ListUnitPrice: { type: 'Decimal', nullable: true, isPrice: true },
  PricingCategory: { type: 'String', nullable: true, values: ['Standard', 'Committed', 'Dynamic', 'Other'] },
  PricingCurrency: { type: 'String' },
  PricingCurrencyContractedUnitPrice: { type: 'Decimal', nullable: true },
  PricingCurrencyEffectiveCost: { type: 'Decimal' },
  PricingCurrencyListUnitPrice: { type: 'Decimal', nullable: true },
  PricingQuantity: { type: 'Decimal', nullable: true },
  PricingUnit: { type: 'String', nullable: true },
  ProviderName: { type: 'String' },
  PublisherName: { type: 'String' },
  ResourceId: { type: 'String', nullable: true },
  ResourceName: { type: 'String', nullable: true },
  ResourceType: { type: 'String', nullable: true },
  ServiceCategory: { type: 'String', values: SERVICE_CATEGORIES },
  ServiceName: { type: 'String' },
  ServiceSubcategory: { type: 'String' },
  SkuId: { type: 'String', nullable: true },
  SkuMeter: { type: 'String', nullable: true },
  SkuPriceDetails: { type: 'String', nullable: true },
  SkuPriceId: { type: 'String', nullable: true },
  SubAccountId: { type: 'String', nullable: true },
  SubAccountName: { type: 'String', nullable: true },
};

const FORMATS: Readonly<Record<Type, RegExp>> = {
  String: /\S/,
  Decimal: /^-?\d+(\.\d+)?$/,
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
};

const isNull = (row: Row, ...columns: string[]) => columns.every((column) => row[column] == null);
const bothNull = (row: Row, a: string, b: string) => isNull(row, a) === isNull(row, b);
const isPriced = (row: Row) =>
  (row.ChargeCategory === 'Usage' || row.ChargeCategory === 'Purchase') && row.ChargeClass === null;
const notNegative = (row: Row, column: string) => isNull(row, column) || !row[column]?.startsWith('-');
const hasProduct = (row: Row, price: string, cost: string) =>
  isNull(row, price) ||
  isNull(row, 'PricingQuantity') ||
  equals(times(decimal(row[price] as string), decimal(row.PricingQuantity as string)), decimal(row[cost] as string));
const matches = (row: Row, a: string, b: string) => equals(decimal(row[a] as string), decimal(row[b] as string));

/** What must hold of each row. */
const RULES: Readonly<Record<string, (row: Row) => boolean>> = {
  'BillingCurrency-C-006-M': (row) => /^[A-Z]{3}$/.test(row.BillingCurrency ?? ''),
  'ChargeFrequency-C-004-C': (row) => row.ChargeCategory !== 'Purchase' || row.ChargeFrequency !== 'Usage-Based',
  'CommitmentDiscountCategory-C-003/004-C': (row) =>
    bothNull(row, 'CommitmentDiscountId', 'CommitmentDiscountCategory'),
  'CommitmentDiscountName-C-004/006-C': (row) => bothNull(row, 'CommitmentDiscountId', 'CommitmentDiscountName'),
  'CommitmentDiscountType-C-004/005-C': (row) => bothNull(row, 'CommitmentDiscountId', 'CommitmentDiscountType'),
  'CommitmentDiscountStatus-C-003-C': (row) =>
    !isNull(row, 'CommitmentDiscountId') || isNull(row, 'CommitmentDiscountStatus'),
  'CommitmentDiscountStatus-C-004-C': (row) =>
    isNull(row, 'CommitmentDiscountId') || row.ChargeCategory !== 'Usage' || !isNull(row, 'CommitmentDiscountStatus'),
  'CommitmentDiscountQuantity-C-005/007-C': (row) =>
    isNull(row, 'CommitmentDiscountQuantity') === (isNull(row, 'CommitmentDiscountId') || row.ChargeClass !== null),
  'CommitmentDiscountUnit-C-005/006-C': (row) => bothNull(row, 'CommitmentDiscountQuantity', 'CommitmentDiscountUnit'),
  'ConsumedQuantity-C-004-C': (row) =>
    (row.ChargeCategory === 'Usage' && row.CommitmentDiscountStatus !== 'Unused') || isNull(row, 'ConsumedQuantity'),
  'ConsumedQuantity-C-006-C': (row) =>
    row.ChargeCategory !== 'Usage' ||
    row.CommitmentDiscountStatus === 'Unused' ||
    row.ChargeClass !== null ||
    !isNull(row, 'ConsumedQuantity'),
  'ConsumedUnit-C-005/006-C': (row) => bothNull(row, 'ConsumedQuantity', 'ConsumedUnit'),
  'ContractedCost-C-008-C': (row) =>
    row.ContractedUnitPrice !== null || row.ChargeCategory === 'Tax' || matches(row, 'ContractedCost', 'BilledCost'),
  'ContractedUnitPrice-C-005-C': (row) => row.ChargeCategory !== 'Tax' || isNull(row, 'ContractedUnitPrice'),
  'ContractedUnitPrice-C-006-C': (row) => !isPriced(row) || row.ContractedUnitPrice !== null,
  'ContractedUnitPrice-C-009-C': (row) => notNegative(row, 'ContractedUnitPrice'),
  'ContractedUnitPrice-C-011-C': (row) => hasProduct(row, 'ContractedUnitPrice', 'ContractedCost'),
  'DiscountHandling-A-009-C': (row) =>
    row.CommitmentDiscountStatus !== 'Used' || /^-?0(\.0+)?$/.test(row.BilledCost ?? ''),
  'DiscountHandling-A-018-C': (row) => row.CommitmentDiscountStatus !== 'Unused' || row.ChargeCategory === 'Usage',
  'DiscountHandling-A-019-C': (row) =>
    row.CommitmentDiscountStatus !== 'Unused' || row.ResourceId === row.CommitmentDiscountId,
  'EffectiveCost-C-005-C': (row) => row.ChargeCategory !== 'Purchase' || /^0(\.0+)?$/.test(row.EffectiveCost ?? ''),
  'EffectiveCost-C-010-C': (row) =>
    ['Usage', 'Purchase', 'Tax'].includes(row.ChargeCategory ?? '') || matches(row, 'EffectiveCost', 'BilledCost'),
  'ListCost-C-008-C': (row) =>
    row.ListUnitPrice !== null || row.ChargeCategory === 'Tax' || matches(row, 'ListCost', 'BilledCost'),
  'ListUnitPrice-C-004-C': (row) => row.ChargeCategory !== 'Tax' || isNull(row, 'ListUnitPrice'),
  'ListUnitPrice-C-005-C': (row) => !isPriced(row) || row.ListUnitPrice !== null,
  'ListUnitPrice-C-008-M': (row) => notNegative(row, 'ListUnitPrice'),
  'ListUnitPrice-C-010-C': (row) => hasProduct(row, 'ListUnitPrice', 'ListCost'),
  'PricingCategory-C-003/004-C': (row) =>
    row.ChargeCategory === 'Tax' ? isNull(row, 'PricingCategory') : !isPriced(row) || !isNull(row, 'PricingCategory'),
  'PricingCategory-C-009-C': (row) =>
    isNull(row, 'CommitmentDiscountId') || row.ChargeCategory !== 'Usage' || row.PricingCategory === 'Committed',
  'PricingCurrencyContractedUnitPrice-C-005-C': (row) =>
    !isPriced(row) || !isNull(row, 'PricingCurrencyContractedUnitPrice'),
  'PricingCurrencyContractedUnitPrice-C-008-C': (row) => notNegative(row, 'PricingCurrencyContractedUnitPrice'),
  'PricingCurrencyListUnitPrice-C-005-C': (row) => !isPriced(row) || !isNull(row, 'PricingCurrencyListUnitPrice'),
  'PricingCurrencyListUnitPrice-C-008-M': (row) => notNegative(row, 'PricingCurrencyListUnitPrice'),
  'PricingQuantity-C-004-C': (row) => row.ChargeCategory !== 'Tax' || isNull(row, 'PricingQuantity'),
  'PricingQuantity-C-005-C': (row) => !isPriced(row) || !isNull(row, 'PricingQuantity'),
  'PricingUnit-C-005/006-C': (row) => bothNull(row, 'PricingQuantity', 'PricingUnit'),
  'ResourceType-C-004/005-C': (row) => bothNull(row, 'ResourceId', 'ResourceType'),
  'SkuId-C-004-C': (row) => row.ChargeCategory !== 'Tax' || isNull(row, 'SkuId'),
  'SkuId-C-005-C': (row) => !isPriced(row) || !isNull(row, 'SkuId'),
  'SkuMeter-C-004/005-C': (row) => bothNull(row, 'SkuId', 'SkuMeter'),
  'SkuPriceId-C-005-C': (row) => !isPriced(row) || !isNull(row, 'SkuPriceId'),
  'SkuPriceDetails-C-004-C': (row) => !isNull(row, 'SkuPriceId') || isNull(row, 'SkuPriceDetails'),
  'SubAccountName-C-004/005-C': (row) => bothNull(row, 'SubAccountId', 'SubAccountName'),
};

/** The rows of a FOCUS file; a null is an empty cell. */
export function focusRows(file: string): Row[] {
  const rows = parse(file, { columns: true }) as Record<string, string>[];
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value || null])));
}

/** What a file breaks of the specification: "rule: row" each. */
export function focusProblems(file: string, { withPrices = true } = {}): string[] {
  const [head = []] = parse(file) as string[][];
  const wanted = Object.entries(COLUMNS).filter(([, { isPrice }]) => withPrices || !isPrice);
  const missing = wanted.filter(([name]) => !head.includes(name)).map(([name]) => `column ${name} is missing`);
  const known = wanted.map(([name]) => name);
  const unknown = head.filter((name) => !known.includes(name) && !/^x_[A-Z][A-Za-z]*$/.test(name));
  return [
    ...missing,
    ...unknown.map((name) => `column ${name} is no column of FOCUS`),
    ...focusRows(file).flatMap((row, index) => rowProblems(row).map((problem) => `${problem}: row ${index + 1}`)),
  ];
}

function rowProblems(row: Row): string[] {
  const ofColumns = Object.entries(COLUMNS).flatMap(([name, { type, nullable, values }]) => {
    const value = row[name];
    if (value === undefined) return [];
    if (value === null) return nullable ? [] : [`${name} must not be null`];
    if (values && !values.includes(value)) return [`${name} must not be ${value}`];
    return FORMATS[type].test(value) ? [] : [`${name} is no ${type}: ${value}`];
  });
  return [...ofColumns, ...Object.keys(RULES).filter((rule) => !RULES[rule]?.(row))];
}
