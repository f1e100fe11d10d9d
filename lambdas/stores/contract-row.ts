import * as z from 'zod';
import type { PlainDate } from '../domain/calendar/period.ts';
import { CONTRACT_TYPES, FAMILY_TYPES } from '../domain/catalogue/family.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { CONTRACT_STATUSES } from '../domain/contract/status.ts';
import type { ContractRow } from '../use-cases/ports/contracts.ts';

/**
 * The row of a contract in the indexes of its parties. Names are short because every row carries them: its values alone
 * take up to 240 of the 300 bytes that a row may have.
 */
export const ContractRowItem = z
  .object({
    id: z.string(),
    num: z.string(),
    biz: z.string(),
    ref: z.string(),
    st: z.enum(CONTRACT_STATUSES),
    bol: z.string(),
    eol: z.string().optional(),
    pref: z.enum(['ONLINE', 'EDI']),
    sp: z.string(),
    agg: z.string(),
    acc: z.string(),
    sku: z.string(),
    type: z.enum(CONTRACT_TYPES),
    fam: z.enum(FAMILY_TYPES),
    fc: z.string(),
    fn: z.string(),
    del: z.boolean().optional(),
  })
  .transform(
    (row): ContractRow => ({
      id: row.id,
      contractNumber: row.num,
      businessNumber: row.biz,
      contractReferenceNumber: row.ref,
      status: row.st,
      bolDate: row.bol as PlainDate,
      ...(row.eol === undefined ? {} : { eolDate: row.eol as PlainDate }),
      billingOrderPreference: row.pref,
      serviceProviderPrmId: row.sp,
      aggregatorPrmId: row.agg,
      billToAccountNumber: row.acc,
      skuCode: row.sku,
      contractType: row.type,
      familyType: row.fam,
      familyCode: row.fc,
      familyName: row.fn,
      ...(row.del && { isDelinquent: true as const }),
    }),
  );

export function contractRow(contract: Contract): z.input<typeof ContractRowItem> {
  const { listing } = contract;
  return {
    id: contract.id,
    num: contract.contractNumber,
    biz: contract.businessNumber,
    ref: contract.contractReferenceNumber,
    st: contract.status,
    bol: contract.bolDate,
    eol: contract.eolDate,
    pref: contract.billingOrderPreference,
    sp: listing.serviceProviderPrmId,
    agg: listing.aggregatorPrmId,
    acc: listing.billToAccountNumber,
    sku: listing.skuCode,
    type: listing.contractType,
    fam: listing.familyType,
    fc: listing.familyCode,
    fn: listing.familyName,
    ...(contract.delinquent && { del: true }),
  };
}
