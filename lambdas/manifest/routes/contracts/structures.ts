import * as z from 'zod';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../../../domain/catalogue/family.ts';
import { CONTRACT_STATUSES } from '../../../domain/contract/status.ts';
import { CONTRACT_REQUEST_TYPES } from '../../../domain/contract-request/request.ts';
import { CONTRACT_REQUEST_STATUSES } from '../../../domain/contract-request/status.ts';
import { IdText, pageOf } from '../common.ts';
import { ExactNumber } from '../exact-numbers.ts';

/** Contracts and brief requests as the published APIs answer them. */
const Contact = z.strictObject({ firstName: z.string(), lastName: z.string(), email: z.string() }).meta({
  id: 'Contact',
  description: 'A person who answers for a contract; names are empty where only the address is known',
});

const Party = z.strictObject({ name: z.string(), prmId: z.string().meta({ description: 'Partner number' }) });

export const DateText = z.string().meta({ format: 'date', description: 'A day, YYYY-MM-DD', example: '2026-10-01' });

export const ContractSku = z
  .strictObject({
    code: z.string(),
    contractType: z.enum(CONTRACT_TYPES),
    productFamily: z.strictObject({
      name: z.string(),
      code: z.string(),
      type: z.enum(['DEFAULT', ...FAMILY_TYPES]).meta({ description: 'DEFAULT is not used' }),
    }),
  })
  .meta({ id: 'ContractSKU', description: 'The SKU of a contract' });

const CONTRACT = {
  id: IdText,
  aggregatorContact: Contact,
  serviceProviderContact: Contact,
  systemContact: Contact.meta({ description: "The vendor's" }),
  licenseContact: Contact.optional().meta({ description: 'RENTAL, SOV and LPCAAS only' }),
  bolDate: DateText.meta({ description: 'First active day' }),
  eolDate: DateText.optional().meta({ description: 'Last active day; absent while it has no end' }),
  status: z.enum(CONTRACT_STATUSES),
  contractReferenceNumber: z.string(),
  contractSKU: ContractSku,
  contractNumber: z.string(),
  region: z.string(),
  term: z.int().optional().meta({ description: 'Months of the term that runs; absent before it is active' }),
  graceTerm: z.int().optional().meta({ description: 'Months of grace after the end, PAY-GO only' }),
  currency: z.string(),
};

/** What an aggregator sees of a contract. */
export const AggregatorContract = z
  .strictObject({
    ...CONTRACT,
    serviceProvider: Party,
    contractId: z.string().meta({ description: 'Business number' }),
    discount: ExactNumber.optional().meta({ description: 'Percent; absent before it is active' }),
    spf: z.string().optional().meta({ description: 'Number of the special pricing form' }),
    vmwarePurchaseOrder: z.string(),
    billingOrderPreference: z.enum(['ONLINE', 'EDI']),
    billToAccount: z.strictObject({ accountNumber: z.string(), location: z.string() }).optional(),
    entitlementAccount: z.string().optional(),
    sellingPricePerPoint: ExactNumber.optional().meta({
      description: 'List price of this month less discount; points families only, absent before it is active',
    }),
    fillPurchaseOrderInMBO: z.boolean(),
  })
  .meta({ id: 'Contract', description: 'A contract as its aggregator sees it' });

/** What a service provider sees of a contract: nothing that is commercial. */
export const ProviderContract = z
  .strictObject({ ...CONTRACT, aggregator: Party })
  .meta({ id: 'ProviderContract', description: 'A contract as its service provider sees it' });

export const PageOfContract = pageOf(AggregatorContract).meta({ id: 'PageOfContract' });
export const PageOfProviderContract = pageOf(ProviderContract).meta({ id: 'PageOfProviderContract' });

const BRIEF = {
  id: IdText,
  status: z.enum(CONTRACT_REQUEST_STATUSES),
  requestType: z.enum(CONTRACT_REQUEST_TYPES),
  requestContractSKU: ContractSku,
  effectiveDate: DateText,
  createdTime: z.iso.datetime(),
  token: z.string().meta({ description: 'Number of the request, for people' }),
};

export const BriefRequest = z
  .strictObject(BRIEF)
  .meta({ id: 'ContractBriefRequestDTO', description: 'A request to make or change a contract' });

export const TopUpBriefRequest = z
  .strictObject({
    ...BRIEF,
    vmwarePurchaseOrder: z.string(),
    term: z.int(),
    prepayment: ExactNumber,
    burnDownSchedule: z.array(ExactNumber),
  })
  .meta({ id: 'ContractTopUpBriefRequestDTO', description: 'A request to top up a contract' });
