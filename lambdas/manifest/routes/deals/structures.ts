import * as z from 'zod';
import { isFiscalQuarter } from '../../../domain/deal/fiscal-quarter.ts';
import { DEAL_EXTENSION_STATUSES, DEAL_STATUSES } from '../../../domain/deal/status.ts';
import { Decimal, IdText, MailText } from '../common.ts';
import { EXAMPLE_CONTRACT_ID } from '../contracts/example-ids.ts';
import { DateText } from '../contracts/structures.ts';
import { ExactNumber } from '../exact-numbers.ts';

const DealContract = z
  .strictObject({ contractNumber: z.string(), contractReferenceNumber: z.string(), currency: z.string() })
  .meta({ id: 'DealContract' });
const DealServiceProvider = z
  .strictObject({ name: z.string(), prmId: z.string(), countryRegion: z.string() })
  .meta({ id: 'DealServiceProviderInfo' });

const DEAL = {
  id: IdText,
  dealNumber: z.string(),
  contract: DealContract,
  serviceProvider: DealServiceProvider,
  productSKU: z.string().meta({ description: "Code of a product of the contract's family" }),
  productCategory: z.string(),
  projectedDealValue: ExactNumber.meta({ description: "In the contract's currency" }),
  status: z.enum(DEAL_STATUSES),
  extendStatus: z.enum(DEAL_EXTENSION_STATUSES),
  creationDate: DateText.meta({ description: 'Day it was registered' }),
  expirationDate: DateText.meta({ description: 'Day it closes by itself' }),
  expectedCloseDate: DateText,
  closeDate: DateText.optional().meta({ description: 'Day it was closed, won or not' }),
  fiscalQuarter: z.string().meta({ description: 'The quarter it was registered in', example: 'Q3FY2026' }),
  serviceProviderContact: MailText,
  aggregatorSalesContactLead: MailText,
  aggregatorManager: MailText,
  promotionEvent: z.string().optional(),
};

/** A deal as it is published. */
export const DealBody = z
  .strictObject(DEAL)
  .meta({ id: 'Deal', description: 'An opportunity to sell a product on a contract' });

const Party = z.strictObject({ name: z.string(), prmId: z.string().meta({ description: 'Partner number' }) });
export const VendorDeal = z
  .strictObject({ ...DEAL, contractId: z.string(), aggregator: Party })
  .meta({ id: 'VendorDeal', description: 'A deal as the vendor sees it' });

/** A quarter in a request: "Q4FY2026". */
export const QuarterText = z
  .string('must be text')
  .refine(isFiscalQuarter, 'is no quarter: write it as Q4FY2026')
  .meta({
    override: { type: 'string', pattern: '^Q[1-4]FY(19|20|21)\\d\\d$' },
    example: 'Q4FY2026',
    description: "Quarter of the calendar's year",
  });

/** An entry of a rebate sheet as it is published. */
export const RebateSheetBody = z
  .strictObject({
    productSKU: z.string(),
    productDisplayName: z.string(),
    geo: z.string().meta({ description: 'Sales region', example: 'AMER' }),
    startDate: DateText,
    endDate: DateText,
  })
  .meta({ id: 'RebateSheet', description: 'A product that earns a rebate in a region, from a day to another' });

export const KeptRebateSheet = z
  .strictObject({
    fiscalQuarter: z.string(),
    entries: z.array(
      z.strictObject({
        productSKU: z.string(),
        productDisplayName: z.string(),
        geo: z.string(),
        startDate: DateText,
        endDate: DateText,
        rate: Decimal.meta({ description: 'Percent of what is billed of the product' }),
      }),
    ),
  })
  .meta({ id: 'KeptRebateSheet', description: 'The rebate sheet of a quarter, with its rates' });

export const RebateBody = z
  .strictObject({
    dealId: z.string(),
    dealNumber: z.string(),
    contract: DealContract,
    serviceProvider: DealServiceProvider,
    productSKU: z.string(),
    closeDate: DateText.meta({ description: 'Day it was won' }),
    usagePeriods: z.array(z.string()).meta({ description: 'Months that count' }),
    billed: Decimal.meta({ description: "What was billed of the product for them, in the contract's currency" }),
    rate: Decimal.meta({ description: 'Percent' }),
    rebate: Decimal,
  })
  .meta({ id: 'Rebate', description: 'What a won deal earns in a quarter; it stands on no invoice' });

export const EXAMPLE_DEAL_ID = '630c2f68-4f2d-4a60-9b1e-61f8245eaca2';
const EXAMPLE_DEAL_CONTRACT = {
  contractNumber: '50000001',
  contractReferenceNumber: 'AMER500001RENTAL',
  currency: 'USD',
} as const;
const EXAMPLE_PROVIDER = { name: 'Sp Corp', prmId: '300001', countryRegion: 'US' } as const;
export const EXAMPLE_NEW_DEAL = {
  productSKU: 'VMW-VSANV2-STD-C',
  projectedDealValue: 10000,
  expectedCloseDate: '2026-12-23',
  serviceProviderContact: 'james.smith@example.com',
  aggregatorSalesContactLead: 'bob.johnson@example.com',
  aggregatorManager: 'ann.miller@example.com',
  promotionEvent: 'SALES_CAMPAIGN',
} as const;
export const EXAMPLE_DEAL = {
  ...EXAMPLE_NEW_DEAL,
  id: EXAMPLE_DEAL_ID,
  dealNumber: '20001',
  contract: EXAMPLE_DEAL_CONTRACT,
  serviceProvider: EXAMPLE_PROVIDER,
  productCategory: 'Cloud Infrastructure and Management',
  status: 'OPPORTUNITY',
  extendStatus: 'NOT_EXTENDED',
  creationDate: '2026-11-10',
  expirationDate: '2027-05-09',
  fiscalQuarter: 'Q4FY2026',
} as const;
export const EXAMPLE_VENDOR_DEAL = {
  ...EXAMPLE_DEAL,
  contractId: EXAMPLE_CONTRACT_ID,
  aggregator: { name: 'Agg Corp', prmId: '200002' },
} as const;
export const EXAMPLE_ENTRY = {
  productSKU: 'VMW-VSANV2-STD-C',
  productDisplayName: 'Virtual SAN Standard',
  geo: 'AMER',
  startDate: '2026-10-01',
  endDate: '2026-12-31',
} as const;
export const EXAMPLE_REBATE = {
  dealId: EXAMPLE_DEAL_ID,
  dealNumber: '20001',
  contract: EXAMPLE_DEAL_CONTRACT,
  serviceProvider: EXAMPLE_PROVIDER,
  productSKU: 'VMW-VSANV2-STD-C',
  closeDate: '2026-12-04',
  usagePeriods: ['2026-11', '2026-12'],
  billed: '105.05',
  rate: '10',
  rebate: '10.50',
} as const;
