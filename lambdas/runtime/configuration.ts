import * as z from 'zod';
import { VARIANCE_MONTHS, type VarianceRule } from '../domain/billing-order/variance.ts';
import { CUTOFF_POLICIES, DEFAULT_CALENDAR } from '../domain/calendar/programme-calendar.ts';
import { percent } from '../domain/numbers/amounts.ts';
import type { EnvironmentKey } from '../manifest/functions/function.ts';
import type { Settings } from '../use-cases/ports/portal.ts';

const CalendarSchema = z.object({
  reminderDay: z.coerce.number().int().min(1).max(28),
  serviceProviderDueDay: z.coerce.number().int().min(1).max(28),
  aggregatorDueDay: z.coerce.number().int().min(1).max(28),
  cutoffDay: z.coerce.number().int().min(1).max(28),
  cutoffHour: z.coerce.number().int().min(0).max(23),
  cutoffPolicy: z.enum(CUTOFF_POLICIES).default(DEFAULT_CALENDAR.cutoffPolicy),
});

export const DEFAULT_PAYMENT_DAYS = 30;
export const DEFAULT_VARIANCE: VarianceRule = { fewestMonths: 3, percent: percent('50') };

const VarianceSchema = z.object({
  fewestMonths: z.int().min(1).max(VARIANCE_MONTHS),
  percent: z
    .string()
    .regex(/^\d{1,5}(\.\d{1,4})?$/)
    .transform(percent),
});

/** A setting of the function's environment; says which one is missing. */
export function required(key: EnvironmentKey): string {
  const value = process.env[key];
  if (!value)
    throw new Error(`the function's environment has no ${key}: deploy it with the infrastructure of this version`);
  return value;
}

/** The stage's settings: PROGRAMME_CALENDAR and VARIANCE (JSON) and PAYMENT_DAYS may change the defaults. */
export function settingsFromEnvironment(): Settings {
  const { PROGRAMME_CALENDAR: calendar, VARIANCE: variance } = process.env;
  return {
    calendar: calendar ? CalendarSchema.parse(JSON.parse(calendar)) : DEFAULT_CALENDAR,
    paymentDays: z.coerce.number().int().min(0).max(365).default(DEFAULT_PAYMENT_DAYS).parse(process.env.PAYMENT_DAYS),
    variance: variance ? VarianceSchema.parse(JSON.parse(variance)) : DEFAULT_VARIANCE,
    portalUrl: process.env.PORTAL_URL ?? '',
    senderAddress: process.env.SENDER_ADDRESS ?? '',
    mailedCodes: process.env.MAILED_CODES === 'true',
  };
}
