import type { Period } from '../../domain/calendar/period.ts';

/** A bundle of what the meters of an organization have reported in a month, made on request. */
export type UsageReport = {
  serviceProviderId: string;
  period: Period;
  status: 'REQUESTED' | 'READY';
  requestedTime: string;
  /** Key of the document that was made last, and when. */
  key?: string;
  madeTime?: string;
};

export type UsageReports = {
  get(serviceProviderId: string, period: Period): Promise<UsageReport | undefined>;
  /** In place of whatever there is: the last request counts. */
  put(report: UsageReport): Promise<void>;
  /** Reports that have to be made; may lag behind by a moment. */
  due(shard: number): AsyncIterable<Pick<UsageReport, 'serviceProviderId' | 'period'>>;
};
