import type * as z from 'zod';
import type { PlainDate } from '../domain/calendar/period.ts';
import type { UsageSite } from '../domain/contract/usage-site.ts';
import type { ContractRequest, RequestPayload } from '../domain/contract-request/request.ts';
import { formatPoints, points } from '../domain/numbers/amounts.ts';
import type * as items from './items.ts';
import { defined, fromLocked, fromSettlement, fromSku, maybe, toLocked, toSettlement, toSku } from './mapping.ts';

/** Stored requests and usage sites of contracts ↔ domain values. */
type RequestItem = z.infer<typeof items.ContractRequestItem>;

/** A payload with the members of every type: those it hasn't are undefined. */
type AnyPayload = Partial<
  Omit<Extract<RequestPayload, { type: 'CREATE' }>, 'type'> &
    Omit<Extract<RequestPayload, { type: 'TOPUP' }>, 'type'> &
    Omit<Extract<RequestPayload, { type: 'PREPAY_AMEND' }>, 'type'> &
    Omit<Extract<RequestPayload, { type: 'THRESHOLD_UPDATE' }>, 'type'>
>;

export function toRequestItem(request: ContractRequest): RequestItem {
  const payload: AnyPayload & Pick<RequestPayload, 'type'> = request.payload;
  return {
    ...request,
    settlement: maybe(request.settlement, toSettlement),
    payload: {
      ...payload,
      sku: maybe(payload.sku, toSku),
      minCommits: payload.minCommits?.map(formatPoints),
      burnDownSchedule: payload.burnDownSchedule?.map(formatPoints),
      locked: maybe(payload.locked, toLocked),
      prepayment: maybe(payload.prepayment, formatPoints),
      triggerPoint: maybe(payload.triggerPoint, formatPoints),
      threshold: maybe(payload.threshold, formatPoints),
    },
  };
}

export function fromRequestItem(item: RequestItem): ContractRequest {
  const { payload } = item;
  return defined({
    ...item,
    approvedOn: item.approvedOn as PlainDate | undefined,
    effectiveDate: item.effectiveDate as PlainDate,
    settlement: maybe(item.settlement, fromSettlement),
    swapsWith: maybe(item.swapsWith, defined),
    payload: defined({
      ...payload,
      termFrom: payload.termFrom as PlainDate | undefined,
      sku: maybe(payload.sku, fromSku),
      minCommits: payload.minCommits?.map(points),
      burnDownSchedule: payload.burnDownSchedule?.map(points),
      locked: maybe(payload.locked, fromLocked),
      prepayment: maybe(payload.prepayment, points),
      triggerPoint: maybe(payload.triggerPoint, points),
      threshold: maybe(payload.threshold, points),
    }),
  }) as ContractRequest;
}

export function fromSiteItem(item: z.infer<typeof items.UsageSiteItem>): UsageSite {
  return defined(item) as UsageSite;
}
