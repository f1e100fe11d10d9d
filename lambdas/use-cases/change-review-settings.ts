import { formatPercent } from '../domain/numbers/amounts.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { changedMeanwhile } from './changed-meanwhile.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import type { ReviewSettings } from './ports/reviews.ts';

/** How the caller's aggregator wants orders to be looked at: as it has set it, or the programme's defaults (version 0). */
export async function reviewSettings(
  portal: Pick<Portal, 'reviews' | 'settings'>,
  { organizationId: aggregatorId }: Caller,
): Promise<ReviewSettings> {
  const { settings } = await portal.reviews.ofAggregator(aggregatorId);
  return settings ?? { aggregatorId, variancePercent: formatPercent(portal.settings.variance.percent), version: 0 };
}

/**
 * Sets from which deviation on an order stands out: of orders submitted from then on.
 * @throws PortalError VERSION_MISMATCH; CHANGED_MEANWHILE
 */
export async function changeReviewSettings(
  portal: Pick<Portal, 'reviews' | 'settings' | 'units' | 'audit'>,
  { caller, now, ifMatch }: { caller: Caller; now: Date; ifMatch?: IfMatch },
  { variancePercent }: Pick<ReviewSettings, 'variancePercent'>,
): Promise<ReviewSettings> {
  const before = await reviewSettings(portal, caller);
  refuseOtherVersion(before.version, ifMatch);
  const after = { ...before, variancePercent, version: before.version + 1 };
  const { aggregatorId: organizationId, version } = after;
  const result = await portal.units.commit([
    portal.reviews.settingsChanged(before.version === 0 ? undefined : before, after),
    audited(portal, {
      organizationId,
      subject: `REVIEW-SETTINGS#${organizationId}`,
      version,
      now,
      actor: caller.userId,
      action: 'changeReviewSettings',
      from: before.variancePercent,
      to: after.variancePercent,
    }),
  ]);
  if (!result.ok) throw changedMeanwhile('The settings');
  return after;
}
