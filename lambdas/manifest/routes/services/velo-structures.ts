import * as z from 'zod';
import { Decimal } from '../common.ts';
import { EXAMPLE_CONTRACT_ID } from '../contracts/example-ids.ts';
import { decimalNumber } from '../exact-numbers.ts';
import { History } from '../history.ts';
import { Id } from '../text.ts';

/** A day in a request: what is wrong with it is said beside all else. */
export const DATE = z.string().max(10).meta({ example: '2026-11-12' });

const Amount = (description: string, example: string) =>
  z.union([z.string().max(40), decimalNumber(20)]).meta({ description, example });

/** Terms as they are asked for. */
export const ASKED = {
  quantity: Amount('Above 0, at most 6 decimals, as text or as a number', '40'),
  unitPrice: Amount("List price of one for a month, in the contract's currency, at most 6 decimals", '65.00'),
  discount: Amount('Percent taken off, at most 4 decimals; none unless told otherwise', '10').optional(),
};

const Reference = (description: string) =>
  z
    .string('must be text')
    .regex(/^[\w.:-]{1,64}$/, 'must have 1 to 64 letters, digits, dots, colons, hyphens or underscores')
    .meta({ description });

export const NewVeloOrder = z
  .strictObject({
    sid: Reference('VeloCloud’s id of what was ordered'),
    orderNumber: Reference('Number of the order; there is one order of each sid and number'),
    contractId: Id,
    code: z.string().max(100).meta({ description: 'Code of a product of the family VELO' }),
    ...ASKED,
    currency: z.string().max(3).meta({ description: "The contract's", example: 'USD' }),
    startDate: DATE.meta({ description: 'First day that is paid for, on which the contract is active' }),
    endDate: DATE.optional().meta({ description: 'Last day that is paid for; open-ended while absent' }),
  })
  .meta({ id: 'NewVeloOrder' });

export const VeloOrder = z
  .strictObject({
    id: z.string(),
    sid: z.string(),
    orderNumber: z.string(),
    contractId: z.string(),
    contractNumber: z.string(),
    code: z.string().meta({ description: 'Code of the product' }),
    name: z.string().meta({ description: 'Name of the product' }),
    uom: z.string(),
    currency: z.string(),
    startDate: z.iso.date(),
    endDate: z.iso.date().optional(),
    terms: z
      .array(
        z.strictObject({
          from: z.iso.date(),
          quantity: Decimal,
          unitPrice: Decimal.meta({ description: 'List price of one for a month' }),
          discount: Decimal,
          sellingPrice: Decimal.meta({ description: 'Price less discount, rounded half-even to 6 decimals' }),
        }),
      )
      .meta({ description: 'What it is from which day on' }),
    createdTime: z.iso.datetime(),
    lastModifiedTime: z.iso.datetime(),
  })
  .meta({ id: 'VeloOrder', description: 'A VeloCloud order, paid for by the month' });

export const VeloOrderInFull = VeloOrder.extend({ history: History }).meta({ id: 'VeloOrderInFull' });

export const VELO_EXAMPLE_ENTERED = {
  sid: 'SID-1007',
  orderNumber: 'VO-2026-118',
  contractId: EXAMPLE_CONTRACT_ID,
  code: 'VELO-EDGE-200',
  quantity: '40',
  unitPrice: '65.00',
  discount: '10',
  currency: 'USD',
  startDate: '2026-11-12',
} as const;

export const VELO_EXAMPLE = {
  id: '6d1f0c52-0f5b-8c14-8a6e-2b7f1d3c9e05',
  sid: 'SID-1007',
  orderNumber: 'VO-2026-118',
  contractId: EXAMPLE_CONTRACT_ID,
  contractNumber: '50000001',
  code: 'VELO-EDGE-200',
  name: 'Branch Gateway 200 Mbit/s',
  uom: 'Licence month',
  currency: 'USD',
  startDate: '2026-11-12',
  terms: [{ from: '2026-11-12', quantity: '40', unitPrice: '65.00', discount: '10', sellingPrice: '58.50' }],
  createdTime: '2026-11-11T08:00:00.000Z',
  lastModifiedTime: '2026-11-11T08:00:00.000Z',
} as const;
