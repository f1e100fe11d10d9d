import type { LowPrepayment } from '../documents/mail/contract-mails.ts';
import type { BillingOrder } from '../domain/billing-order/billing-order.ts';
import { isPointsFamily } from '../domain/catalogue/family.ts';
import type { RateResult } from '../domain/charging/rate-order.ts';
import type { CloseRun } from '../domain/close/run.ts';
import { formatPoints, NO_POINTS, type Points, points } from '../domain/numbers/amounts.ts';
import { crossesTriggerPoint } from '../domain/prepayment/draw.ts';
import { postToLedger } from '../domain/prepayment/ledger.ts';
import { RetryableError, TerminalError } from './errors.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';
import type { PlannedContract } from './run-files.ts';

export type DrawPortal = Pick<Portal, 'clock' | 'units' | 'prepayments' | 'outbox' | 'notices'>;

const ATTEMPTS = 8;

/**
 * Rates an order of a PRE-PAY contract against its balance. The draw is posted to the prepayment ledger before anything
 * is numbered, once per order and revision: whoever rates the order again charges by the balance that draw was taken from
 * (docs/decisions/0005). Below the trigger point an event and a mail tell of it, once per crossing. A dry run posts nothing.
 *
 * @param rate rates the order from a balance
 * @throws RetryableError when others keep writing the ledger
 */
export async function rateAndDraw(
  portal: DrawPortal,
  run: CloseRun,
  contract: PlannedContract,
  order: BillingOrder,
  rate: (balance: Points) => RateResult,
): Promise<RateResult> {
  const source = { id: order.id, revision: order.revision };
  const toReverse = await reverseDraw(portal, run, contract, order);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const posted = await portal.prepayments.entryOf(contract.contractId, 'DRAW', source);
    if (posted) return ratedAgain(contract, rate((posted.balanceAfter - posted.points) as Points), posted.points);
    const balance = await portal.prepayments.balance(contract.contractId);
    const result = rate((balance.points + toReverse) as Points);
    if (run.dryRun || !result.ok || result.outcome !== 'INVOICED') return result;
    const drawn = result.draft.commit.prepayment?.drawn ?? (0n as Points);
    const post = postToLedger(balance, { kind: 'DRAW', source, points: -drawn as Points });
    if (!post.ok) throw new TerminalError(`a draw of contract ${contract.contractNumber} exceeds its balance`);
    const changes = portal.prepayments.posted(post.entry, post.balance);
    const trigger = contract.triggerPoint === undefined ? undefined : points(contract.triggerPoint);
    if (trigger !== undefined && crossesTriggerPoint(balance.points, post.balance.points, trigger)) {
      const { contract: billed, currency } = result.draft;
      const figures: LowPrepayment = {
        drawn: formatPoints(drawn),
        balance: formatPoints(post.balance.points),
        triggerPoint: formatPoints(trigger),
        ...(!isPointsFamily(billed.family) && { currency }),
      };
      const crossing = { contract, order, figures, sequence: post.entry.sequence, now: portal.clock() };
      changes.push(...belowTriggerPoint(portal, crossing));
    }
    if ((await portal.units.commit(changes)).ok) return result;
  }
  throw writtenAgain(contract);
}

/**
 * An order whose draw is posted, rated once more.
 * @throws TerminalError when it comes to another draw, as the month of its arrears was billed anew in between: invoice and
 *   ledger must not disagree
 */
function ratedAgain({ contractNumber }: PlannedContract, result: RateResult, posted: Points): RateResult {
  if (!result.ok || result.outcome !== 'INVOICED') return result;
  const drawn = result.draft.commit.prepayment?.drawn ?? NO_POINTS;
  if (drawn === -posted) return result;
  const taken = `${formatPoints(-posted as Points)} points were taken off the prepayment of contract ${contractNumber}`;
  throw new TerminalError(`${taken} for it, and rated again it takes ${formatPoints(drawn)}: the ledger needs a look`);
}

/**
 * Posts the reversal of what an adjusted order has drawn when it was billed last, once (domain.md §5 "PRE-PAY").
 * @returns points that a dry run, which posts nothing, has to count to the balance
 */
async function reverseDraw(
  portal: DrawPortal,
  run: CloseRun,
  { contractId, ...contract }: PlannedContract,
  { id, billed }: BillingOrder,
): Promise<Points> {
  if (!billed) return NO_POINTS;
  const source = { id, revision: billed.revision };
  const draw = await portal.prepayments.entryOf(contractId, 'DRAW', source);
  if (!draw) return NO_POINTS;
  const points = -draw.points as Points;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await portal.prepayments.entryOf(contractId, 'REVERSAL', source)) return NO_POINTS;
    if (run.dryRun) return points;
    const post = postToLedger(await portal.prepayments.balance(contractId), { kind: 'REVERSAL', source, points });
    if (!post.ok) throw new TerminalError(`a reversal of contract ${contract.contractNumber} exceeds its balance`);
    if ((await portal.units.commit(portal.prepayments.posted(post.entry, post.balance))).ok) return NO_POINTS;
  }
  throw writtenAgain(contract);
}

function writtenAgain({ contractNumber }: Pick<PlannedContract, 'contractNumber'>): RetryableError {
  return new RetryableError(`the prepayment ledger of contract ${contractNumber} is being written again and again`);
}

type Crossing = {
  contract: PlannedContract;
  order: BillingOrder;
  figures: LowPrepayment;
  /** Of the draw in the ledger. */
  sequence: number;
  now: Date;
};

function belowTriggerPoint(
  portal: DrawPortal,
  { contract, order: { usagePeriod }, figures, sequence, now }: Crossing,
): Change[] {
  const { contractId, contractNumber, aggregatorId } = contract;
  const id = `PrepaymentBelowTriggerPoint#${contractId}#${sequence}`;
  const time = now.toISOString();
  const of = { contractId, contractNumber, usagePeriod };
  return [
    portal.outbox.queued({
      id,
      type: 'PrepaymentBelowTriggerPoint',
      time,
      detail: { ...of, aggregatorId, ...figures },
    }),
    portal.notices.queued({ id, time, kind: 'BELOW_TRIGGER_POINT', recipientId: aggregatorId, ...of, figures }),
  ];
}
