import * as z from 'zod';
import { RECORD_REFUSALS } from '../../../domain/cloud-usage/check-record.ts';
import { RECORD_RESULTS } from '../../../domain/cloud-usage/merge-record.ts';
import { COMMITMENT_PAYMENTS } from '../../../domain/subscription/host-commitment.ts';
import { SUBSCRIPTION_STATUSES } from '../../../domain/subscription/status.ts';
import { Decimal, Money, PeriodText } from '../common.ts';
import { decimalNumber } from '../exact-numbers.ts';
import { History } from '../history.ts';
import { Id, plainText, Reason } from '../text.ts';

/** Structures of cloud services: what they take and what they answer. */
const QuantityText = z
  .union([z.string().max(30), decimalNumber(6)])
  .meta({ description: 'More than 0, with at most 6 decimals, as text or as a number', example: '4' });

const Day = z.iso.date('must be a day, YYYY-MM-DD');
const TermMonths = z
  .int('must be a whole number')
  .min(1, 'must be from 1 to 120')
  .max(120, 'must be from 1 to 120')
  .meta({ description: 'Length in months', example: 12 });

const CommitmentTerm = z
  .strictObject({
    years: z.union([z.literal(1), z.literal(3)], 'must be 1 or 3'),
    payment: z
      .enum(COMMITMENT_PAYMENTS, `must be one of ${COMMITMENT_PAYMENTS.join(', ')}`)
      .meta({ description: 'All in the first usage period, or in each' }),
  })
  .meta({
    id: 'CommitmentTerm',
    description: 'The quantity is committed to: charged whether used or not, at the price of its first usage period',
  });

export const NewSubscription = z
  .strictObject({
    contractId: Id.optional().meta({
      description: 'Contract that is charged; the one that is set for the service of the offer unless told',
    }),
    customer: z
      .strictObject({
        number: plainText(100).meta({ description: 'Number of the customer organization', example: 'CUST-1001' }),
        name: plainText(200).meta({ example: 'Customer Corp' }),
      })
      .meta({ id: 'SubscribedCustomer', description: 'Customer organization that uses the service' }),
    productCode: plainText(100).meta({ description: 'Code of an offer', example: 'CLOUD-HOST' }),
    quantity: QuantityText,
    startDate: Day.optional().meta({ description: 'First day: today, or a day since that is not billed yet' }),
    termMonths: TermMonths.optional().meta({ description: 'Length in months; open-ended without' }),
    commitment: CommitmentTerm.optional(),
  })
  .refine(({ termMonths, commitment }) => termMonths === undefined || commitment === undefined, {
    path: ['termMonths'],
    message: 'must be absent with a commitment, which has a length of its own',
  })
  .meta({ id: 'NewSubscription' });

export const SubscriptionAmendment = z.strictObject({ quantity: QuantityText, reason: Reason }).meta({
  id: 'SubscriptionAmendment',
});

export const SubscriptionRenewal = z
  .strictObject({ termMonths: TermMonths.optional(), commitment: CommitmentTerm.optional(), reason: Reason })
  .refine(({ termMonths, commitment }) => (termMonths === undefined) !== (commitment === undefined), {
    path: ['termMonths'],
    message: 'or commitment is needed, not both',
  })
  .meta({ id: 'SubscriptionRenewal', description: 'Months on demand, or a commitment' });

const SUBSCRIPTION = {
  id: z.string(),
  subscriptionNumber: z.string().meta({ description: "The contract's number and the subscription's place" }),
  contractId: z.string(),
  contractNumber: z.string(),
  customer: z.strictObject({ number: z.string(), name: z.string() }),
  productCode: z.string(),
  productName: z.string(),
  uom: z.string().meta({ description: 'Unit of measure' }),
  quantity: Decimal,
  status: z.enum(SUBSCRIPTION_STATUSES),
  startDate: Day,
  endDate: Day.optional().meta({ description: 'Last day; absent while it is open-ended' }),
  commitments: z.array(
    z
      .strictObject({
        id: z.string(),
        years: z.int(),
        payment: z.enum(COMMITMENT_PAYMENTS),
        firstPeriod: PeriodText.meta({ description: 'First usage period that it is charged in' }),
        lastPeriod: PeriodText,
        quantity: Decimal,
        unitPrice: Money.meta({ description: 'List price of a unit as it was fixed' }),
        discount: Decimal.meta({ description: 'Percent' }),
      })
      .meta({ id: 'HostCommitment', description: 'Charged in each of its periods, used or not' }),
  ),
  createdTime: z.iso.datetime(),
  lastModifiedTime: z.iso.datetime(),
};

export const Subscription = z
  .strictObject(SUBSCRIPTION)
  .meta({ id: 'Subscription', description: 'A cloud service that a customer organization uses' });

export const SubscriptionInFull = z
  .strictObject({
    ...SUBSCRIPTION,
    history: History,
  })
  .meta({ id: 'SubscriptionInFull' });

export const Offer = z
  .strictObject({
    code: z.string(),
    name: z.string(),
    service: z.string().meta({ description: 'Category of the product' }),
    uom: z.string(),
    unitPrice: Money.meta({ description: 'List price of a unit this month' }),
    discount: Decimal.meta({ description: 'Percent' }),
  })
  .meta({ id: 'Offer', description: 'A cloud service that can be subscribed to' });

export const ServiceContract = z
  .strictObject({
    service: plainText(100).meta({ description: 'Category of offers', example: 'Compute' }),
    contractId: Id,
  })
  .meta({ id: 'ServiceContract', description: 'The contract that new subscriptions of a service are charged to' });

export const ServiceContracts = z
  .strictObject({ contracts: z.array(ServiceContract) })
  .meta({ id: 'ServiceContracts', description: 'One for each service that one was set for' });

export const TakenRecords = z
  .strictObject({
    records: z.int(),
    accepted: z.int(),
    duplicates: z.int().meta({ description: 'Were there already' }),
    conflicts: z.int().meta({ description: 'Have an id under which something else was told' }),
    refused: z.int(),
    results: z
      .array(
        z.strictObject({
          first: z.int().meta({ description: 'Line of the body, counted from 1' }),
          last: z.int(),
          result: z.enum(RECORD_RESULTS),
          reason: z.enum(RECORD_REFUSALS).optional(),
          message: z.string().optional(),
        }),
      )
      .meta({ description: 'What became of each; lines that follow each other with the same result together' }),
  })
  .meta({ id: 'TakenUsageRecords' });
