import { addMonths, firstDay, type Period } from '../../../lambdas/domain/calendar/period.ts';
import type { OrderableSku } from '../../../lambdas/domain/catalogue/catalogue.ts';
import {
  type ContractKind,
  type ContractType,
  type FamilyType,
  isPointsFamily,
} from '../../../lambdas/domain/catalogue/family.ts';
import type { ContractSku, PriceList } from '../../../lambdas/domain/catalogue/price-list.ts';
import { percent, points, unitPrice } from '../../../lambdas/domain/numbers/amounts.ts';
import type { ImportedContract } from '../../../lambdas/use-cases/import-programme.ts';
import { monthsLater } from '../lives/days.ts';
import { type Fraction, fraction } from '../lives/fractions.ts';
import { plainId } from '../plain-programme.ts';

/** What a contract of the year is of. */
export type YearKind = { family: FamilyType; kind?: ContractKind; contractType: ContractType };

/** What a contract's months are charged by. */
export type YearTerms = {
  currency: 'USD' | 'EUR' | 'JPY';
  minimum: Fraction;
  price: Fraction;
  overage?: Fraction;
  /** PRE-PAY: more than there is to draw. */
  balance?: Fraction;
};

const TERM_MONTHS = 36;
const NEGOTIATED_MINIMUM = '500';
// More than a year can use: what a prepayment covers would else depend on the order in which things are billed.
const PREPAID = '100000000';
/** Taken off the list price of what is negotiated: of 1.1 a point, and of what products of money families cost. */
export const DISCOUNT = '12.5';
const PAY_GO_MINIMUMS: Partial<Record<FamilyType, string>> = { MSP: '250', VELO: '0', LPCAAS: '0', AWS_RESELL: '0' };
const PAY_GO_MINIMUM = '1800';

/** Months after the first from which the second list of prices holds. */
export const LATER_PRICES = 2;

const skuOf = ({ family, kind, contractType }: YearKind): ContractSku => ({
  code: ['YEAR', kind ?? family, contractType].join('-'),
  contractType,
  family,
  minimumPoints: points(contractType === 'PAY-GO' ? (PAY_GO_MINIMUMS[family] ?? PAY_GO_MINIMUM) : '0'),
  ...(kind && { kind }),
});

/** The SKUs of contracts, each once. */
export function skusOf(first: Period, contracts: readonly ImportedContract[]): OrderableSku[] {
  const skus = new Map(contracts.flatMap(({ revisions }) => revisions.map(({ sku }) => [sku.code, sku] as const)));
  return [...skus.values()].map((sku, n) => ({
    ...sku,
    id: plainId(8, n),
    bolDate: addMonths(first, -12),
    termMonths: 12,
    discount: percent('0'),
    commitType: 'MONTHLY',
    commitValue: 0,
  }));
}

const listVersion = (currency: string, n: number): string => `${currency}-${n}`;

/** Two lists of a currency: the later asks another price for products of money families, and the same for points. */
export function priceListsOf(
  first: Period,
  plain: PriceList,
  contracts: readonly ImportedContract[],
  products: readonly { code: string; prices: readonly string[] }[],
): PriceList[] {
  const codes = new Set(contracts.flatMap(({ revisions }) => revisions.map(({ sku }) => sku.code)));
  const [price] = Object.values(plain.prices);
  if (!price) throw new Error('the plain list has no price');
  return [addMonths(first, -12), monthsLater(first, LATER_PRICES) as Period].map((validFrom, n) => ({
    currency: plain.currency,
    version: listVersion(plain.currency, n),
    validFrom,
    prices: Object.fromEntries([...codes].map((code) => [code, price])),
    productPrices: Object.fromEntries(products.map(({ code, prices }) => [code, unitPrice(prices[n] ?? '0')])),
  }));
}

/** A plain contract made one of the year, which begins with it. */
export function yearContract(plain: ImportedContract, first: Period, kind: YearKind): ImportedContract {
  const from = firstDay(first);
  const { family, contractType } = kind;
  const sku = skuOf(kind);
  const isNegotiated = contractType !== 'PAY-GO';
  const isPrepaid = contractType === 'PRE-PAY';
  const { termMonths: _term, spf: _spf, triggerPoint: _trigger, prepaid: _prepaid, ...contract } = plain.contract;
  return {
    contract: {
      ...contract,
      contractReferenceNumber: `AMER${contract.businessNumber}${family}`,
      bolDate: from,
      termFrom: from,
      ...(isNegotiated && { termMonths: TERM_MONTHS, spf: 'SPF1' }),
      ...(isPrepaid && { prepaid: points(PREPAID) }),
      listing: {
        ...contract.listing,
        ...{ skuCode: sku.code, contractType, familyType: family, familyCode: family, familyName: family },
        ...(kind.kind && { kind: kind.kind }),
      },
    },
    revisions: [
      {
        ...{ contractId: contract.id, revision: 1, from, sku },
        ...(isNegotiated && {
          minCommits: Array.from({ length: TERM_MONTHS }, () => points(NEGOTIATED_MINIMUM)),
          locked: {
            listPrice: unitPrice(isPointsFamily(family) ? '1.1' : '1'),
            discount: percent(DISCOUNT),
            priceListVersion: listVersion(contract.currency, 0),
          },
        }),
      },
    ],
    ...(isPrepaid && {
      prepayment: { points: points(PREPAID), requestId: plainId(6, Number(contract.businessNumber)) },
    }),
  };
}

/** The terms of a contract as they are above: the same in every whole month. */
export function termsOf({ contract }: ImportedContract): YearTerms {
  const currency = contract.currency as YearTerms['currency'];
  const { contractType, familyType } = contract.listing;
  if (contractType !== 'PAY-GO') {
    // 1.1 less 12.5 %; what products of money families cost has it taken off already.
    const price = fraction(isPointsFamily(familyType) ? '0.9625' : '1');
    const terms = { currency, minimum: fraction(NEGOTIATED_MINIMUM), price };
    return contractType === 'CUSTOM' ? terms : { ...terms, balance: fraction(PREPAID) };
  }
  const minimum = fraction(PAY_GO_MINIMUMS[familyType] ?? PAY_GO_MINIMUM);
  if (!isPointsFamily(familyType)) return { currency, minimum, price: fraction('1') };
  const [price, overage] = currency === 'JPY' ? ['132.5', '140'] : ['0.88', '0.9'];
  return { currency, minimum, price: fraction(price), overage: fraction(overage) };
}
