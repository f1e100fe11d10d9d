import type { Period } from '../calendar/period.ts';
import type { Quantity } from '../numbers/amounts.ts';

/** What the cloud billing has told of a subscription: so much of a product, in a span of time that lies in one period. */
export type UsageRecord = {
  /** The cloud billing's own, once in a contract: sent again it is the same record. */
  id: string;
  subscriptionId: string;
  productCode: string;
  /** Below 0 only where it takes back a part of another record. */
  quantity: Quantity;
  /** ISO instants; equal for a moment. */
  start: string;
  end: string;
  inMinCommit: boolean;
  /** How the cloud service's own billing calls it. */
  proformaNumber?: string;
  invoiceNumber?: string;
  /** Id of the record that it takes back from. */
  corrects?: string;
};

/** A record and the usage period of its contract that it lies in. */
export type PlacedRecord = { period: Period; record: UsageRecord };
