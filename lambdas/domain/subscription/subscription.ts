import type { PlainDate } from '../calendar/period.ts';
import type { Quantity } from '../numbers/amounts.ts';
import type { HostCommitment } from './host-commitment.ts';

/** A cloud service that a customer organization of a service provider uses, charged to one of its MSP contracts. */
export type Subscription = {
  /** Of its contract and its place among that contract's; see subscriptionId. */
  id: string;
  /** For people: the contract's number and the place. */
  subscriptionNumber: string;
  contractId: string;
  contractNumber: string;
  serviceProviderId: string;
  aggregatorId: string;
  /** The customer organization that uses it. */
  customerNumber: string;
  customerName: string;
  /** The offer: a product of the catalogue's MSP family. */
  productCode: string;
  productName: string;
  uom: string;
  /** How much was ordered. It is usage that is charged, but for what is committed. */
  quantity: Quantity;
  /** First and last day; open-ended while `until` is absent. */
  from: PlainDate;
  until?: PlainDate;
  cancelled: boolean;
  /** Terms of 1 or 3 years it was committed for, one after the other; the last ends with `until`, if any follows. */
  commitments: readonly HostCommitment[];
  createdTime: string;
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

/** A subscription's id: that of its contract and its place, so that the usage feed, which names it, names both. */
export function subscriptionId(contractId: string, place: number): string {
  return `${contractId}_S${place}`;
}

/** Contract and place of a subscription's id; undefined for what is none. */
export function placeOfSubscription(id: string): { contractId: string; place: number } | undefined {
  const [, contractId, place] = /^(.+)_S([1-9]\d{0,5})$/.exec(id) ?? [];
  return contractId === undefined ? undefined : { contractId, place: Number(place) };
}

/** Whether a subscription has a day. */
export function hasDay({ from, until }: Pick<Subscription, 'from' | 'until'>, day: PlainDate): boolean {
  return day >= from && (until === undefined || day <= until);
}
