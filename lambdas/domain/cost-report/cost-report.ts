import { dateOf, lastDay, type Period } from '../calendar/period.ts';
import type { MinorUnits } from '../numbers/amounts.ts';
import type { Currency } from '../numbers/currency.ts';

/** AWS Cost and Usage Report 2.0; FinOps Open Cost and Usage Specification. */
export const COST_REPORT_FORMATS = ['CUR2', 'FOCUS'] as const;
export type CostReportFormat = (typeof COST_REPORT_FORMATS)[number];

/** What AWS charges for one service in a month. */
export type ServiceCost = {
  /** AWS's own code of it, e.g. "AmazonEC2"; TAX and OTHER are ours. */
  code: string;
  name: string;
  /** Negative where more is credited than used. */
  amount: MinorUnits;
  /** AWS's references of the bills it stands on, sorted; none before AWS has billed it. */
  bills: readonly string[];
};

/** What AWS says that a month of a contract costs: the whole of it. */
export type CostReport = {
  contractId: string;
  serviceProviderId: string;
  aggregatorId: string;
  usagePeriod: Period;
  format: CostReportFormat;
  /** AWS account that is billed, 12 digits. */
  accountId: string;
  currency: Currency;
  rows: number;
  /** In canonical order of their codes; their amounts add up to `total`. */
  services: readonly ServiceCost[];
  total: MinorUnits;
  /** All bills of AWS that its rows name, sorted. */
  bills: readonly string[];
  /** Every row names its bill. */
  isBilled: boolean;
  /** SHA-256 of the file as it was read, hex: the same file again changes nothing. */
  hash: string;
  userId: string;
  time: string;
  /** Counts the reports of the month. */
  version: number;
};

/** The AWS account that a contract is billed for. */
export type AwsAccount = {
  contractId: string;
  serviceProviderId: string;
  aggregatorId: string;
  accountId: string;
  version: number;
};

/** Whether a text is the number of an AWS account. */
export function isAwsAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}

/** Whether AWS has billed all of a month that was over when the report came: nothing but corrections comes then. */
export function isFinal({
  isBilled,
  usagePeriod,
  time,
}: Pick<CostReport, 'isBilled' | 'usagePeriod' | 'time'>): boolean {
  return isBilled && dateOf(new Date(time)) > lastDay(usagePeriod);
}
