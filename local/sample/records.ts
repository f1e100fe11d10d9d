import { dayOf, daysIn, type Period, type PlainDate } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import {
  NO_QUANTITY,
  percent,
  type Quantity,
  quantity,
  type UnitPrice,
  unitPrice,
} from '../../lambdas/domain/numbers/amounts.ts';
import {
  type DeliveryMeasure,
  isHourly,
  measured,
  type ServiceDelivery,
} from '../../lambdas/domain/service-delivery/service-delivery.ts';
import type { ServiceDeliveryStatus } from '../../lambdas/domain/service-delivery/status.ts';
import type { VeloOrder, VeloTerms } from '../../lambdas/domain/velo-order/velo-order.ts';
import { idOf as recordId } from '../../lambdas/use-cases/new-order.ts';
import type { SeededRandom } from '../random.ts';
import { OTHER_PRODUCTS } from './other-products.ts';
import { RATES } from './price-lists.ts';

type Parties = Pick<Contract, 'id' | 'contractNumber' | 'serviceProviderId' | 'aggregatorId'>;

const partiesOf = ({ id, contractNumber, serviceProviderId, aggregatorId }: Parties) => ({
  contractId: id,
  contractNumber,
  serviceProviderId,
  aggregatorId,
});

const productsOf = (family: string) => OTHER_PRODUCTS.filter((product) => product.family === family);

const timeOf = (day: PlainDate): string => `${day}T09:00:00.000Z`;

const DESCRIPTIONS = ['Kick-off on site', 'Network workshop', 'Upgrade rehearsal', 'Operating hand-over'] as const;

/** Two or three deliveries in a month: those of past months accepted, the last of them in the given state. */
export function deliveriesOf(
  contract: Contract,
  of: Period,
  last: ServiceDeliveryStatus,
  random: SeededRandom,
): ServiceDelivery[] {
  const products = productsOf(contract.listing.familyType);
  const count = 2 + random.int(2);
  return Array.from({ length: count }, (_, n): ServiceDelivery => {
    const product = random.pick(products);
    const measure: DeliveryMeasure = isHourly(product) ? 'HOURS' : random.chance(0.7) ? 'FIXED_FEE' : 'POINTS';
    const amount = measure === 'FIXED_FEE' ? NO_QUANTITY : quantity(`${4 + random.int(60)}.5`);
    const deliveryDate = dayOf(of, 1 + random.int(daysIn(of) - 1));
    return {
      number: `SD-${contract.contractNumber}-${of}-${n + 1}`,
      ...partiesOf(contract),
      status: n === count - 1 ? last : 'ACCEPTED',
      productCode: product.code,
      productName: product.name,
      measure,
      ...measured(measure, amount, product),
      deliveryDate,
      description: random.pick(DESCRIPTIONS),
      ...(n === count - 1 && last === 'DISPUTED' && { comment: 'One session was cancelled' }),
      createdTime: timeOf(deliveryDate),
      lastModifiedTime: timeOf(deliveryDate),
      version: 1,
    };
  });
}

const MONTHLY_PRICES = ['38.50', '65.00', '210.00'] as const;
const DISCOUNTS = ['0', '5', '12.5'] as const;

/** Two VeloCloud orders: one that has run since before the history, and one that begins within a month of it. */
export function veloOrdersOf(contract: Contract, within: Period, random: SeededRandom): VeloOrder[] {
  const products = productsOf('VELO');
  const rate = RATES[contract.currency as keyof typeof RATES];
  const orderFrom = (from: PlainDate, n: number): VeloOrder => {
    const product = random.pick(products);
    const sid = `SID-${contract.contractNumber}-${n}`;
    const orderNumber = `VO-${from.slice(0, 4)}-${contract.contractNumber.slice(-4)}${n}`;
    const terms: VeloTerms = {
      from,
      quantity: quantity(String(5 + random.int(80))),
      unitPrice: ((unitPrice(random.pick(MONTHLY_PRICES)) * rate) / 1_000n) as UnitPrice,
      discount: percent(random.pick(DISCOUNTS)),
    };
    return {
      id: recordId(`VELO#${sid}#${orderNumber}`),
      sid,
      orderNumber,
      ...partiesOf(contract),
      productCode: product.code,
      productName: product.name,
      uom: product.uom,
      currency: contract.currency,
      terms: [terms],
      createdTime: timeOf(from),
      lastModifiedTime: timeOf(from),
      version: 1,
    };
  };
  return [orderFrom(contract.bolDate, 1), orderFrom(dayOf(within, 10 + random.int(15)), 2)];
}

/** Some gigabytes of memory, for usage that is written by hand. */
export const somePlaces = (random: SeededRandom): Quantity => quantity(`${20 + random.int(400)}.25`);
