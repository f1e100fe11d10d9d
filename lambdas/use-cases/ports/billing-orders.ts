import type { BilledOrder, BillingOrder } from '../../domain/billing-order/billing-order.ts';
import type { Period, PlainDate } from '../../domain/calendar/period.ts';
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

/** Fields of an order that lists show, filter and sort by. */
export type OrderRow = Pick<
  BillingOrder,
  'id' | 'contractId' | 'usagePeriod' | 'status' | 'autoReportType' | 'billingOrderPreference' | 'revision'
> & {
  /** Number of the valid invoice. */
  invoiceNumber?: string;
  /** It stood out from the contract's last months when it was submitted (variance.ts). */
  isFlagged: boolean;
};

export type WrittenLines = { put: readonly UsageLine[]; removed: readonly Pick<UsageLine, 'id'>[] };

export type BillingOrders = {
  /** The orders as they stand now, in no particular order; those that don't exist are left out. Strongly consistent. */
  getMany(orderIds: readonly string[]): Promise<BillingOrder[]>;
  /** A contract's orders of some periods, in no particular order. Strongly consistent. */
  ofContract(contractId: string, periods: readonly Period[]): Promise<BillingOrder[]>;
  /** The lines of a set, in no particular order. Strongly consistent. */
  linesOf(orderId: string, lineSet: string): Promise<UsageLine[]>;
  /** Seals an order that is `PENDING_VENDOR` (or `PENDING_VENDOR_REFUND`) for a run; a sealed one stays as it is. */
  seal(orderId: string, run: string): Promise<SealResult>;
  /**
   * The cutoff: seals an order with the lines that `lineSet` and `held` tell and moves it on to `PENDING_VENDOR`, if it still
   * is as it was read.
   */
  cutOff(order: BillingOrder, run: string, now: Date): Change;
  /** Closes a sealed order, unless this revision is closed already. */
  closed(order: ClosableOrder, billed: BilledOrder): Change;
  /**
   * Creates an order with its lines' totals and its roster row; refused when it exists, when its month doesn't stand as
   * given any more, OPEN unless told otherwise, or when it is `NOT_OPEN` and its month is over: whoever opens those and makes
   * the next period's has been there then.
   */
  created(order: BillingOrder, month?: Exclude<MonthState, 'FROZEN'>): Change[];
  /**
   * An order in place of the one it was read as: `version` is the version read, which the change adds one to; `now` is its
   * `lastModifiedTime`. Refused when another change came first, sealing among them.
   */
  changed(order: BillingOrder, now: Date): Change;
  /** Lines of the set that counts, put and taken away in the transaction that changes the order; few at a time. */
  linesWritten(order: Pick<BillingOrder, 'id' | 'lineSet'>, lines: WrittenLines): Change[];
  /** The lines of a set that no order points to yet: of a new order, or before the change that points to it. */
  putLines(orderId: string, lineSet: string, lines: readonly UsageLine[]): Promise<void>;
  /** Refused when an order isn't as it was read any more. */
  unchanged(order: Pick<BillingOrder, 'id' | 'version'>): Change;
  /** Notes that an order has a line of an earlier period; stays when the line goes. */
  arrearsCarried(order: Pick<BillingOrder, 'id' | 'contractId'>, of: Period): Change;
  /** Ids of the orders that have or had lines of an earlier period of a contract. Strongly consistent. */
  carriersOf(contractId: string, of: Period): Promise<string[]>;
  /** Has a month of the contract compared anew with what meters say of it, as a change of the order bears on it. */
  bearsOn(order: Pick<BillingOrder, 'id' | 'contractId' | 'version'>, of: Period, now: Date): Change;
  /** The next close bills it, whatever its period: an order whose period is closed. */
  waits(order: Pick<BillingOrder, 'id' | 'contractId'>): Change;
  waitsNoLonger(order: Pick<BillingOrder, 'id'>): Change;
  /** Orders that wait for the next close, in no particular order. Strongly consistent. */
  waiting(): Promise<RosterRow[]>;
  /** Ids of adjustments that lapse on a day or before it; may lag behind by a moment. */
  lapsing(on: PlainDate): Promise<string[]>;
  /** Lists read an index and may lag behind by a moment. */
  ofServiceProvider(serviceProviderId: string): Promise<readonly OrderRow[]>;
  /** All of an aggregator, or those of one period. */
  ofAggregator(aggregatorId: string, period?: Period): Promise<readonly OrderRow[]>;
  /** Adjustments of the programme that are PENDING_APPROVAL; may lag behind by a moment. */
  toApprove(): Promise<OrderRow[]>;
  /** Stops new orders of a period: every roster shard is closed when this returns. */
  freeze(period: Period, run: string): Promise<void>;
  /** A shard's roster. Strongly consistent. */
  roster(period: Period, shard: number): AsyncIterable<RosterRow>;
};

/** What of an order the close carries from rating to issuing. */
export type ClosableOrder = Pick<
  BillingOrder,
  'id' | 'revision' | 'contractId' | 'contractNumber' | 'serviceProviderId' | 'aggregatorId' | 'usagePeriod' | 'lineSet'
>;
