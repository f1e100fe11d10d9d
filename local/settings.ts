import { DEFAULT_CALENDAR } from '../lambdas/domain/calendar/programme-calendar.ts';
import { DEFAULT_PAYMENT_DAYS, DEFAULT_VARIANCE } from '../lambdas/runtime/configuration.ts';
import type { Settings } from '../lambdas/use-cases/ports/portal.ts';

/** Settings of a portal on one machine; one that listens puts its own address for `portalUrl`. */
export const LOCAL_SETTINGS: Settings = {
  calendar: DEFAULT_CALENDAR,
  paymentDays: DEFAULT_PAYMENT_DAYS,
  variance: DEFAULT_VARIANCE,
  cutoffPolicy: 'billAsReported',
  portalUrl: 'https://portal.example',
  senderAddress: 'billing@commerce-portal.example',
  mailedCodes: true,
};
