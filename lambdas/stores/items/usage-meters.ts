import * as z from 'zod';
import { CONTRACT_KINDS, FAMILY_TYPES } from '../../domain/catalogue/family.ts';
import { METER_CONNECTIONS, METER_MODES } from '../../domain/usage-meter/usage-meter.ts';

export const UsageMeterItem = z.object({
  id: z.string(),
  serviceProviderId: z.string(),
  instanceId: z.string(),
  name: z.string(),
  softwareVersion: z.string(),
  mode: z.enum(METER_MODES),
  productionSince: z.string().optional(),
  connection: z.enum(METER_CONNECTIONS),
  contracts: z.array(
    z.object({
      contractId: z.string(),
      contractNumber: z.string(),
      familyType: z.enum(FAMILY_TYPES),
      kind: z.enum(CONTRACT_KINDS).optional(),
      aggregatorId: z.string(),
      siteId: z.string().optional(),
      siteName: z.string().optional(),
    }),
  ),
  shared: z.boolean(),
  registeredTime: z.string(),
  lastUploadTime: z.string().optional(),
  stoppedSince: z.string().optional(),
  removedTime: z.string().optional(),
  lastModifiedTime: z.string(),
  edits: z.number().int(),
  version: z.number().int(),
});

/** That a meter reports for a contract, or has done so. */
export const ContractMeterItem = z.object({
  meterId: z.string(),
  isProduction: z.boolean(),
  isRemoved: z.boolean(),
});

export const AutomaticReportingItem = z.object({
  serviceProviderId: z.string(),
  optedIn: z.boolean(),
  since: z.string().optional(),
  userId: z.string().optional(),
  meters: z.number().int(),
  version: z.number().int(),
});

export const MeterInstanceItem = z.object({
  serviceProviderId: z.string(),
  instanceId: z.string(),
  meterIds: z.array(z.string()),
  version: z.number().int(),
});

export const ReadingsHeadItem = z.object({
  meterId: z.string(),
  period: z.string(),
  readings: z.number().int(),
  lastUploadTime: z.string(),
  contractIds: z.array(z.string()),
  version: z.number().int(),
});

export const ReadingsBatchItem = z.object({
  hash: z.string(),
  key: z.string(),
  readings: z.number().int(),
  from: z.number().int(),
  to: z.number().int(),
  time: z.string(),
});

export const UsageReportItem = z.object({
  serviceProviderId: z.string(),
  period: z.string(),
  status: z.enum(['REQUESTED', 'READY']),
  requestedTime: z.string(),
  key: z.string().optional(),
  madeTime: z.string().optional(),
});
