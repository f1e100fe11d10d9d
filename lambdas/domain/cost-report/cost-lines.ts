import { ONE_UNIT } from '../catalogue/price-list.ts';
import { BETWEEN_BILLS } from '../charging/charge-external.ts';
import { type Percent, type PointsPerUnit, QUANTITY_SCALE, type Quantity } from '../numbers/amounts.ts';
import { minorDigits } from '../numbers/currency.ts';
import { powerOfTen } from '../numbers/decimal.ts';
import type { FedUsage } from '../usage/account-usage.ts';
import type { CostReport } from './cost-report.ts';

/** What a report says of its month: a line for each service that costs or gives back anything (README.md). */
export function costLines({ services, currency }: Pick<CostReport, 'services' | 'currency'>): FedUsage[] {
  const toQuantity = powerOfTen(QUANTITY_SCALE - minorDigits(currency));
  return services
    .filter(({ amount }) => amount !== 0n)
    .map(({ code, name, amount, bills }) => ({
      siteName: '',
      productCode: code,
      productName: name,
      customerNumber: '',
      uom: currency,
      quantity: (amount * toQuantity) as Quantity,
      pointsPerUnit: 0n as PointsPerUnit,
      price: { unitPrice: ONE_UNIT, discount: 0n as Percent, currency, from: 'SOURCE' },
      ...(bills.length > 0 && { source: { invoiceNumber: bills.join(BETWEEN_BILLS) } }),
      inMinCommit: true,
      origin: 'FEED',
    }));
}
