import type { BilledOrder, BillingOrder } from '../../domain/billing-order/billing-order.ts';
import type { Period } from '../../domain/calendar/period.ts';
import type { UsageLine } from '../../domain/usage/usage-line.ts';
import type { Change } from './changes.ts';
import type { MonthState } from './contract-months.ts';

/** A row of a period's roster: the orders the period's close has to bill. */
export type RosterRow = { orderId: string; contractId: string };

export type SealResult =
  /** Sealed by this call or an earlier one; no write to the order or its lines succeeds from here. */
  | { ok: true; order: BillingOrder }
  /** In a state that the seal doesn't take: `order` is as it stands. */
  | { ok: false; order: BillingOrder | undefined };

export type BillingOrders = {
  /** The orders as they stand now, in no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(orderIds: readonly string[]): Promise<BillingOrder[]>;
  /** A contract's orders of some periods, in no particular order. Strongly consistent. */
  ofContract(contractId: string, periods: readonly Period[]): Promise<BillingOrder[]>;
  /** The lines of a revision, in no particular order. Strongly consistent. */
  linesOf(orderId: string, revision: number): Promise<UsageLine[]>;
  /** Seals an order that is `PENDING_VENDOR` (or `PENDING_VENDOR_REFUND`) for a run; a sealed one stays as it is. */
  seal(orderId: string, run: string): Promise<SealResult>;
  /** The cutoff: seals an order and moves it on to `PENDING_VENDOR`, if it still is as it was read. */
  cutOff(order: BillingOrder, run: string): Change;
  /** Closes a sealed order, unless this revision is closed already. */
  closed(order: ClosableOrder, billed: BilledOrder): Change;
  /**
   * Creates an order with its lines' totals and its roster row; refused when it exists, or when its month doesn't stand as
   * given any more, OPEN unless told otherwise.
   */
  created(order: BillingOrder, month?: Exclude<MonthState, 'FROZEN'>): Change[];
  /** The lines of a new order, written before it is created. */
  putLines(orderId: string, revision: number, lines: readonly UsageLine[]): Promise<void>;
  /** Stops new orders of a period: every roster shard is closed when this returns. */
  freeze(period: Period, run: string): Promise<void>;
  /** A shard's roster. Strongly consistent. */
  roster(period: Period, shard: number): AsyncIterable<RosterRow>;
};

/** What of an order the close carries from rating to issuing. */
export type ClosableOrder = Pick<
  BillingOrder,
  'id' | 'revision' | 'contractId' | 'contractNumber' | 'serviceProviderId' | 'aggregatorId' | 'usagePeriod'
>;
