import * as z from 'zod';
import { Comment } from '../contracts/bodies.ts';
import { plainText } from '../text.ts';

/** What billing orders are moved and commented with. */
const PurchaseOrder = plainText(100);
const NeededComment = Comment.regex(/\S/, 'must not be empty').meta({
  description: 'Why, for both parties and the history',
});

const SUBMIT = {
  serviceProviderPurchaseOrder: PurchaseOrder.meta({ description: "The service provider's purchase order" }),
};

export const SubmitRequest = z.object(SUBMIT).meta({ id: 'SubmitRequest' });

export const ApproveBillingOrderRequest = z
  .object({
    ...SUBMIT,
    vmwarePurchaseOrder: PurchaseOrder.meta({ description: 'Purchase order with the vendor' }),
    billingOrderPreference: z.enum(['ONLINE', 'EDI'], 'must be ONLINE or EDI'),
    comment: Comment.optional(),
  })
  .meta({ id: 'ApproveBillingOrderRequest' });

export const SendBackBillingOrderRequest = z
  .object({ comment: NeededComment })
  .meta({ id: 'SendBackBillingOrderRequest' });

export const OrderCommentRequest = z
  .object({ content: NeededComment.meta({ description: 'What there is to say' }) })
  .meta({ id: 'BillingOrderCommentRequest' });

export const OrderDecision = z.strictObject({ comment: NeededComment }).meta({ id: 'BillingOrderDecision' });
