import * as z from 'zod';
import { NOT_BILLABLE_REASONS } from '../../../domain/metering/metered-use.ts';
import { MONTH_OUTCOMES, MONTH_REASONS } from '../../../domain/metering/month-outcome.ts';
import { METER_HEALTHS } from '../../../domain/usage-meter/health.ts';
import { METER_CONNECTIONS, METER_MODES } from '../../../domain/usage-meter/usage-meter.ts';
import { SHOWN_CONNECTIONS } from '../../../use-cases/lists/usage-meter-list.ts';
import { Decimal, IdText } from '../common.ts';
import { Id, plainText } from '../text.ts';

const METER = {
  id: IdText,
  instanceId: IdText.meta({ description: 'Of the meter itself' }),
  name: z.string(),
  version: z.string(),
  mode: z.enum(METER_MODES),
  connectionMode: z
    .enum(SHOWN_CONNECTIONS)
    .meta({ description: 'UNKNOWN while the instance id is registered more than once' }),
  lastUploadTime: z.iso.datetime().optional(),
  uploadHealthStatus: z.enum(METER_HEALTHS).meta({
    description: 'RED after 24 hours without an upload (ONLINE) or a month (OFFLINE), UNKNOWN as connectionMode',
  }),
  lastModifiedTime: z.iso.datetime(),
};
const SITE = { usageSite: z.strictObject({ id: IdText, name: z.string() }).optional() };

export const ProviderUsageMeter = z
  .strictObject({ ...METER, ...SITE })
  .meta({ id: 'ProviderUsageMeter', description: 'A usage meter of the own organization' });

export const AggregatorUsageMeter = z
  .strictObject({
    serviceProvider: z.strictObject({ name: z.string(), prmId: z.string(), countryRegion: z.string() }),
    ...METER,
  })
  .meta({ id: 'UsageMeter', description: 'A usage meter of a service provider' });

const MeteredContract = z
  .strictObject({ contractId: z.string(), contractNumber: z.string(), ...SITE })
  .meta({ id: 'MeteredContract', description: 'A contract that a meter reports for, and where it stands' });

export const KeptUsageMeter = z
  .strictObject({ ...METER, contracts: z.array(MeteredContract), productionSince: z.iso.datetime().optional() })
  .meta({ id: 'KeptUsageMeter', description: 'A usage meter with all contracts that it reports for' });

const SupportWarning = z.strictObject({
  end: z.enum(['GENERAL_SUPPORT', 'TECHNICAL_GUIDANCE']),
  date: z.iso.date(),
  past: z.boolean(),
});

export const UsageMeterDetail = KeptUsageMeter.extend({
  supportWarning: SupportWarning.optional().meta({
    description: 'An end of support of its version that is past, or within six months',
  }),
  months: z
    .array(
      z.strictObject({
        usagePeriod: z.string(),
        status: z.enum(['NOTHING_REPORTED', 'BEING_APPLIED', 'REPORTED']),
        readings: z.int(),
        lastUploadTime: z.iso.datetime().optional(),
        contracts: z
          .array(
            z.strictObject({
              contractId: z.string(),
              contractNumber: z.string(),
              outcome: z.enum(MONTH_OUTCOMES).optional(),
              reason: z.enum(MONTH_REASONS).optional(),
            }),
          )
          .meta({
            description:
              'What came of its readings on each contract they are for: APPLIED, in orders or told as differences; ' +
              'WAITS, for its order to be made (NO_ORDER) or for one that takes late usage (NO_CARRIER); NOT_BILLABLE, ' +
              'as the contract has no order of that month (NO_ORDER) or it was cancelled (ORDER_CANCELLED)',
          }),
      }),
    )
    .meta({ description: 'The last six months' }),
  events: z
    .array(
      z.strictObject({
        time: z.iso.datetime(),
        action: z.string(),
        actor: z.string(),
        text: z.string().optional(),
      }),
    )
    .meta({ description: 'What has happened lately, newest first' }),
}).meta({ id: 'UsageMeterDetail', description: 'A usage meter with its last six months and recent events' });

const CONTRACTS = z
  .array(z.strictObject({ contractId: Id, usageSiteId: Id.optional() }))
  .min(1, 'must name a contract')
  .max(3, 'must be at most 3')
  .meta({ description: 'At most one contract of each family; a site where the contract has usage sites' });

const FIELDS = {
  name: plainText(60),
  version: z.string().regex(/^\d{1,4}(\.\d{1,6}){0,5}$/, 'must be a version like 4.7.0.1'),
  mode: z.enum(METER_MODES).meta({ description: 'Only PRODUCTION is billed; it never goes back to TEST' }),
  connectionMode: z.enum(METER_CONNECTIONS),
  contracts: CONTRACTS,
};
export const NewUsageMeter = z
  .strictObject({
    instanceId: z.uuid('must be a UUID').transform((id) => id.toLowerCase()),
    ...FIELDS,
    mode: FIELDS.mode.default('PRODUCTION'),
    connectionMode: FIELDS.connectionMode.default('ONLINE'),
  })
  .meta({ id: 'NewUsageMeter' });
export const UsageMeterChange = z
  .strictObject(FIELDS)
  .partial()
  .meta({ id: 'UsageMeterChange', description: 'What is to be changed; what is not given stays' });

export const AutomaticReporting = z
  .strictObject({ optedIn: z.boolean(), since: z.iso.datetime().optional(), usageMeters: z.int() })
  .meta({ id: 'AutomaticReporting', description: 'Whether usage meters report for the organization' });

export const TakenReadings = z
  .strictObject({
    readings: z.int(),
    accepted: z.int(),
    duplicates: z.int(),
    superseded: z.int(),
    conflicts: z.int(),
    refused: z.int(),
    results: z
      .array(
        z.strictObject({
          first: z.int(),
          last: z.int(),
          result: z.enum(['ACCEPTED', 'DUPLICATE', 'SUPERSEDED', 'CONFLICT', 'REFUSED']),
          reason: z.string().optional(),
          message: z.string().optional(),
        }),
      )
      .meta({ description: 'What became of each reading: lines of the body, those together that came to the same' }),
  })
  .meta({ id: 'TakenReadings', description: 'What became of the readings of an upload' });

const PLACE = {
  productCode: z.string(),
  productName: z.string(),
  uom: z.string(),
  siteName: z.string(),
  customerNumber: z.string(),
};
const COUNT = z.int().meta({ description: 'How many there are on all pages' });

export const AutoReportedData = z
  .strictObject({
    orderId: z.string(),
    usagePeriod: z.string(),
    autoReportType: z.enum(['AUTOMATED', 'NONE', 'FIXED']),
    meters: z
      .array(
        z.strictObject({
          usageMeterId: z.string(),
          usageMeterName: z.string(),
          ...PLACE,
          units: Decimal,
          notBilled: z.array(z.strictObject({ reason: z.enum(NOT_BILLABLE_REASONS), units: Decimal })),
        }),
      )
      .meta({
        description: 'What each meter has reported, by product, site and customer; of very many the first 15,000',
      }),
    meterCount: COUNT,
    lines: z
      .array(
        z.strictObject({
          lineId: z.string(),
          usagePeriod: z.string().meta({ description: 'The month it is of: an earlier one of late usage' }),
          ...PLACE,
          metered: Decimal,
          reported: Decimal,
          edited: z.boolean(),
        }),
      )
      .meta({ description: 'Usage lines that meters have filled in: what they say, and what the order has' }),
    lineCount: COUNT,
    differences: z
      .array(
        z.strictObject({
          lineId: z.string(),
          productCode: z.string(),
          siteName: z.string(),
          customerNumber: z.string(),
          metered: Decimal,
          reported: Decimal.meta({ description: 'On this order and, as arrears, on later ones' }),
          since: z.iso.datetime(),
        }),
      )
      .meta({
        description:
          'Usage that a person has written or edited, and meters have told otherwise since; or of which more than they ' +
          'tell has been submitted; of very many the first 5,000',
      }),
    differenceCount: COUNT,
  })
  .meta({ id: 'AutoReportedData', description: 'What usage meters have reported for a billing order' });

export const UsageReport = z
  .strictObject({
    usagePeriod: z.string(),
    status: z.enum(['REQUESTED', 'READY']),
    requestedTime: z.iso.datetime(),
    madeTime: z.iso.datetime().optional(),
    link: z
      .strictObject({ url: z.url(), expires: z.iso.datetime() })
      .optional()
      .meta({ description: 'Downloads the bundle for a few minutes' }),
  })
  .meta({ id: 'UsageReport', description: 'The bundle of what usage meters have reported in a month' });
