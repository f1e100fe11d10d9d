import {
  amountInWords,
  exactDecimal,
  pointsInWords,
  priceInWords,
  unitInWords,
} from '../documents/explanation-words.ts';
import type { AmountRule } from '../domain/charging/explain-line.ts';
import {
  formatPercent,
  formatPoints,
  formatPointsPerUnit,
  formatQuantity,
  formatSplit,
  formatUnitPrice,
} from '../domain/numbers/amounts.ts';
import { type Currency, formatMoney } from '../domain/numbers/currency.ts';
import type { UsageLine } from '../domain/usage/usage-line.ts';
import type { Answer } from '../runtime/resource.ts';
import type { ExplainedLine } from '../use-cases/explain-invoice-line.ts';

type Provider = Answer<'explainProviderLine'>['body'];
type Commercial = Answer<'explainAggregatorLine'>['body'];

/** An explanation as a service provider sees it: points, no money (domain.md §8). */
export function providerExplanation(of: ExplainedLine): Provider {
  return { ...common(of), ...terms(of), words: [countedInWords(of)] };
}

export function commercialExplanation(of: ExplainedLine): Commercial {
  const { explained, explanation } = of;
  const { line, basis, exact, amount } = explanation;
  const { currency } = explained;
  return {
    ...common(of),
    terms: {
      ...terms(of),
      ...(basis.priceListVersion !== undefined && { priceListVersion: basis.priceListVersion }),
      listPrice: formatUnitPrice(basis.listPrice),
      discount: formatPercent(basis.discount),
      sellingPrice: formatUnitPrice(basis.sellingPrice),
      ...(basis.overagePrice !== undefined && { overagePrice: formatUnitPrice(basis.overagePrice) }),
    },
    currency,
    unitPrice: formatUnitPrice(line.price?.unitPrice ?? line.unitPrice),
    ...(line.price && { discount: formatPercent(line.price.discount) }),
    exact: exactDecimal(exact, currency),
    amount: formatMoney(line.amount, currency),
    rounding: roundingBody(amount, currency),
    words: [
      countedInWords(of),
      ...(amount.rule === 'AGREED' ? [] : [priceInWords(explanation, currency)]),
      amountInWords(explanation, currency),
    ],
  };
}

const countedInWords = ({ explained, explanation, minimum }: ExplainedLine): string =>
  pointsInWords(explanation, minimum, unitInWords(explained.contract.family, explained.currency));

function common({ number, explained, position, explanation, orderId, usage, minimum }: ExplainedLine) {
  const { line, points } = explanation;
  return {
    number,
    ...(explained.number !== number && { takesBack: explained.number }),
    line: position,
    kind: line.kind,
    usagePeriod: line.usagePeriod,
    description: line.description,
    productCode: line.productCode,
    points: formatPoints(line.points),
    pointsRule: points.rule,
    ...(points.rule === 'TIERS' && {
      tiers: points.parts.map(({ tier, quantity, points: ofPart }) => ({
        from: formatQuantity(tier.from),
        ...(tier.to !== undefined && { to: formatQuantity(tier.to) }),
        quantity: formatQuantity(quantity),
        ppu: formatPointsPerUnit(tier.pointsPerUnit),
        split: formatSplit(tier.split),
        points: formatPoints(ofPart),
      })),
    }),
    ...(minimum.length > 0 && {
      minimum: minimum.map(({ revision, whole, days, ofDays }) => ({
        contractRevision: revision,
        points: formatPoints(whole),
        days,
        ofDays,
      })),
    }),
    ...(usage && orderId !== undefined && { usage: usageBody(orderId, usage) }),
  };
}

const terms = ({ explained, explanation }: ExplainedLine) => ({
  contractId: explained.contract.id,
  contractNumber: explained.contract.number,
  contractRevision: explanation.basis.contractRevision,
});

function usageBody(orderId: string, line: UsageLine): NonNullable<Provider['usage']> {
  const {
    id,
    usagePeriod,
    siteId,
    siteName,
    customerNumber,
    quantity,
    origin = 'HAND',
    prefilled,
    edit,
    comment,
  } = line;
  return {
    orderId,
    lineId: id,
    usagePeriod,
    ...(siteId !== undefined && { siteId }),
    siteName,
    customerNumber,
    quantity: formatQuantity(quantity),
    origin,
    ...(prefilled !== undefined && { prefilled: formatQuantity(prefilled) }),
    ...(edit && {
      edit: {
        reason: edit.reason,
        time: edit.time,
        ...(edit.original && {
          original: { ...edit.original, quantity: formatQuantity(edit.original.quantity) },
        }),
      },
    }),
    ...(comment !== undefined && { comment }),
  };
}

function roundingBody(rule: AmountRule, currency: Currency): Commercial['rounding'] {
  switch (rule.rule) {
    case 'LARGEST_REMAINDER':
      return {
        rule: rule.rule,
        lines: rule.lines,
        exactOfAll: exactDecimal(rule.exactOfAll, currency),
        ofAll: formatMoney(rule.ofAll, currency),
        floor: formatMoney(rule.floor, currency),
        raised: rule.isRaised,
      };
    case 'MONTH_LESS_BILLED':
      return {
        rule: rule.rule,
        lines: rule.lines,
        exactOfAll: exactDecimal(rule.exactOfAll, currency),
        ofAll: formatMoney(rule.ofAll, currency),
      };
    case 'CASH_LESS_LINES':
      return { rule: rule.rule, ofAll: formatMoney(rule.cash, currency) };
    case 'WHOLE':
    case 'AGREED':
      return { rule: rule.rule };
  }
}
