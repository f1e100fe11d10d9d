import type { Change } from './changes.ts';

/** What a person has said of an order, with the name as it was then. */
export type OrderComment = {
  id: string;
  orderId: string;
  organizationId: string;
  userId: string;
  firstName: string;
  lastName: string;
  email: string;
  createdTime: string;
  content: string;
};

export type OrderComments = {
  /** All of an order, oldest first. Strongly consistent. */
  ofOrder(orderId: string): Promise<OrderComment[]>;
  added(comment: OrderComment): Change;
};
