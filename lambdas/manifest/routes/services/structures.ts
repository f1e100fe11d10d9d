import * as z from 'zod';
import { DELIVERY_MEASURES } from '../../../domain/service-delivery/service-delivery.ts';
import { SERVICE_DELIVERY_STATUSES } from '../../../domain/service-delivery/status.ts';
import { PROBLEM_CODES } from '../../../use-cases/errors.ts';
import { Decimal } from '../common.ts';
import { decimalNumber } from '../exact-numbers.ts';
import { History } from '../history.ts';
import { Id, plainText } from '../text.ts';

export const Measure = z.enum(DELIVERY_MEASURES).meta({
  description:
    'POINTS count 1 each; HOURS count what an hour of the product does, for products counted by the hour; FIXED_FEE counts the product once, for all others',
});

export const Delivery = z
  .strictObject({
    number: z.string().meta({ description: "The vendor's number of the record" }),
    contractId: z.string(),
    contractNumber: z.string(),
    status: z.enum(SERVICE_DELIVERY_STATUSES),
    code: z.string().meta({ description: 'Code of the product' }),
    name: z.string().meta({ description: 'Name of the product' }),
    measure: Measure,
    quantity: Decimal,
    uom: z.string(),
    ppu: Decimal,
    points: Decimal,
    deliveryDate: z.iso.date(),
    description: z.string(),
    comment: z.string().optional().meta({ description: 'What was said last with a decision' }),
    createdTime: z.iso.datetime(),
    lastModifiedTime: z.iso.datetime(),
  })
  .meta({ id: 'ServiceDelivery', description: 'A record of services delivered' });

export const DeliveryInFull = Delivery.extend({ history: History }).meta({ id: 'ServiceDeliveryInFull' });

const SERVICE = {
  code: z.string().max(100).meta({ description: "Code of a product of the contract's family" }),
  measure: Measure,
  quantity: z
    .union([z.string().max(40), decimalNumber(20)])
    .optional()
    .meta({ description: 'Points or hours, above 0, at most 6 decimals; absent for FIXED_FEE', example: '7.5' }),
  deliveryDate: z
    .string()
    .max(10)
    .meta({ description: 'Day of the delivery, not to come, on which the contract was active', example: '2026-10-14' }),
  description: plainText(200),
};

/** What is said of services, each time the whole of it. */
export const Service = z.strictObject(SERVICE);

export const NewDelivery = z
  .strictObject({
    number: Id.meta({ description: "The vendor's number of the record: there is one of each" }),
    contractId: Id,
    ...SERVICE,
  })
  .meta({ id: 'NewServiceDelivery' });

export const Comment = plainText(500).meta({ description: 'What the other side is told' });

export const MOST_IN_A_BATCH = 500;

export const EntryResults = z
  .strictObject({
    entered: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    results: z.array(
      z
        .strictObject({
          name: z.string().meta({ description: 'What the record is called' }),
          result: z.enum(['ENTERED', 'UNCHANGED', 'REFUSED']),
          code: z.enum(PROBLEM_CODES).optional(),
          detail: z.string().optional(),
          errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
        })
        .meta({ id: 'EntryResult', description: 'What came of one record' }),
    ),
  })
  .meta({ id: 'EntryResults', description: 'What came of each record, in the order of the request' });
