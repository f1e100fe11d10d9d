import type { Period } from '../domain/calendar/period.ts';
import type { ProductCommitment } from '../domain/product-commitment/product-commitment.ts';
import { audited } from './audited.ts';
import type { CommitmentMove } from './commitment-changed.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

type ChangedPortal = Pick<Portal, 'audit' | 'outbox' | 'productCommitments' | 'meteredMonths'>;

/**
 * What is committed with every write of a product commitment: itself, the entry in its trail, the event, and that its contract's
 * orders of some months are told of it.
 *
 * @param before as it was read; undefined for a new one
 * @param after as it is from now on; its version is still the one read
 */
export function productCommitmentChanged(
  portal: ChangedPortal,
  before: ProductCommitment | undefined,
  after: ProductCommitment,
  { actor, organizationId, now, action }: CommitmentMove,
  months: readonly Period[] = [],
): Change[] {
  const { id, contractId, contractNumber, serviceProviderId, aggregatorId, customerNumber, status } = after;
  const version = before ? before.version + 1 : 1;
  const from = before && before.status !== status && { from: before.status };
  return [
    before ? portal.productCommitments.changed(after, now) : portal.productCommitments.created(after),
    audited(portal, {
      organizationId,
      subject: `PRODUCT-COMMITMENT#${id}`,
      version,
      now,
      actor,
      action,
      ...from,
      to: status,
    }),
    portal.outbox.queued({
      id: `ProductCommitmentChanged#${id}#${version}`,
      type: 'ProductCommitmentChanged',
      time: now.toISOString(),
      detail: {
        commitmentId: id,
        contractId,
        contractNumber,
        serviceProviderId,
        aggregatorId,
        customerNumber,
        productCode: after.product.code,
        action,
        ...from,
        status,
      },
    }),
    ...months.map((period) =>
      portal.meteredMonths.isDue({ contractId, period }, { kind: 'FEED', id, token: `${version}#${period}` }, now),
    ),
  ];
}
