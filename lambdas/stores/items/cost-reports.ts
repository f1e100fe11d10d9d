import * as z from 'zod';
import { COST_REPORT_FORMATS } from '../../domain/cost-report/cost-report.ts';
import { COST_REPORT_FILE_STATUSES } from '../../domain/cost-report/cost-report-file.ts';
import { decimal } from './common.ts';

/** At most 200 services of some hundred bytes: an item of 40 KB. */
export const CostReportItem = z.object({
  contractId: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  usagePeriod: z.string(),
  format: z.enum(COST_REPORT_FORMATS),
  accountId: z.string(),
  currency: z.string(),
  rows: z.number().int(),
  services: z.array(z.object({ code: z.string(), name: z.string(), amount: decimal, bills: z.array(z.string()) })),
  total: decimal,
  bills: z.array(z.string()),
  isBilled: z.boolean(),
  hash: z.string(),
  userId: z.string(),
  time: z.string(),
  version: z.number().int(),
});

/** With at most 200 errors of some 150 bytes: an item of 30 KB. */
export const CostReportFileItem = z.object({
  id: z.string(),
  contractId: z.string(),
  usagePeriod: z.string(),
  size: z.number().int(),
  status: z.enum(COST_REPORT_FILE_STATUSES),
  reason: z.string().exactOptional(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })),
  organizationId: z.string(),
  userId: z.string(),
  createdTime: z.string(),
  version: z.number().int(),
});

export const AwsAccountItem = z.object({
  contractId: z.string(),
  serviceProviderId: z.string(),
  aggregatorId: z.string(),
  accountId: z.string(),
  version: z.number().int(),
});

/** Which contract an account is bound to. */
export const AwsAccountGuardItem = z.object({ contractId: z.string() });
