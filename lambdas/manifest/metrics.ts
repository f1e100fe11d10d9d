/** Namespace of the metrics that the portal itself writes; alarms watch them (lib/observability-stack.ts). */
export const METRICS_NAMESPACE = 'CommercePortal';

export type MetricName =
  | 'SetAsideOrders'
  | 'UnbilledOrderAgeDays'
  | 'OutboxAgeSeconds'
  | 'ContractFailures'
  | 'ProgrammeFailures'
  | 'MeterFailures'
  | 'WebhookFailures';
