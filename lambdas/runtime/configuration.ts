import * as z from 'zod';
import { DEFAULT_CALENDAR } from '../domain/calendar/programme-calendar.ts';
import type { EnvironmentKey } from '../manifest/functions/function.ts';
import type { Settings } from '../use-cases/ports/portal.ts';

const CalendarSchema = z.object({
  reminderDay: z.coerce.number().int().min(1).max(28),
  serviceProviderDueDay: z.coerce.number().int().min(1).max(28),
  aggregatorDueDay: z.coerce.number().int().min(1).max(28),
  cutoffDay: z.coerce.number().int().min(1).max(28),
  cutoffHour: z.coerce.number().int().min(0).max(23),
});

export const DEFAULT_PAYMENT_DAYS = 30;

/** A setting of the function's environment; says which one is missing. */
export function required(key: EnvironmentKey): string {
  const value = process.env[key];
  if (!value)
    throw new Error(`the function's environment has no ${key}: deploy it with the infrastructure of this version`);
  return value;
}

/** The stage's settings: PROGRAMME_CALENDAR (JSON) and PAYMENT_DAYS may change the defaults. */
export function settingsFromEnvironment(): Settings {
  const calendar = process.env.PROGRAMME_CALENDAR;
  return {
    calendar: calendar ? CalendarSchema.parse(JSON.parse(calendar)) : DEFAULT_CALENDAR,
    paymentDays: z.coerce.number().int().min(0).max(365).default(DEFAULT_PAYMENT_DAYS).parse(process.env.PAYMENT_DAYS),
    portalUrl: process.env.PORTAL_URL ?? '',
    senderAddress: process.env.SENDER_ADDRESS ?? '',
    mailedCodes: process.env.MAILED_CODES === 'true',
  };
}
