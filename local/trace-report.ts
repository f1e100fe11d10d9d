import type { CanonicalInvoice } from '../lambdas/documents/canonical-invoice.ts';
import type { Period } from '../lambdas/domain/calendar/period.ts';
import type { CloseReport } from '../lambdas/domain/close/run.ts';
import { QUANTITY_SCALE, quantity } from '../lambdas/domain/numbers/amounts.ts';
import { addDecimals, formatDecimal } from '../lambdas/domain/numbers/decimal.ts';
import { AGGREGATORS, aggregatorsOf, CURRENCY, contractId } from './trace-programme.ts';

type TracedContract = {
  provider: number;
  aggregator: number;
  sku: string;
  lines: { site: string; quantity: string; points: string }[];
  reported: string;
  overage: string;
  underage: string;
  total: string;
  invoiceNumber: string;
  amount: string;
  currency: string;
};

/** What came of billing a trace: amounts as exact decimal strings, quantities with all their 6 decimals. */
export type TraceReport = {
  period: Period;
  reconciled: boolean;
  failed: number;
  durationMs: number;
  contracts: TracedContract[];
  aggregators: { aggregator: number; invoices: number; amount: string; currency: string }[];
};

/**
 * Reports on a billed trace from the canonical form of its invoices, providers and aggregators by their indices; a
 * contract that could not be billed is counted in `failed` and not listed.
 */
export function traceReport(options: {
  period: Period;
  providers: number;
  report: Pick<CloseReport, 'reconciled' | 'failed'>;
  invoices: readonly CanonicalInvoice[];
  durationMs: number;
}): TraceReport {
  const { period, providers, report, invoices, durationMs } = options;
  const byContract = new Map(invoices.map((invoice) => [invoice.contract.id, invoice]));
  const contracts: TracedContract[] = [];
  for (let provider = 0; provider < providers; provider++) {
    const invoice = byContract.get(contractId(provider));
    if (invoice) contracts.push(tracedContract(provider, invoice));
  }
  return {
    period,
    reconciled: report.reconciled,
    failed: report.failed.length,
    durationMs,
    contracts,
    aggregators: aggregatorsOf(providers).map((aggregator) => {
      const own = contracts.filter((contract) => contract.aggregator === aggregator);
      const amount = own.reduce((sum, contract) => addDecimals(sum, contract.amount), '0.00');
      return { aggregator, invoices: own.length, amount, currency: CURRENCY };
    }),
  };
}

function tracedContract(provider: number, invoice: CanonicalInvoice): TracedContract {
  const { reported, overage, underage, total } = invoice.commit;
  return {
    provider,
    aggregator: provider % AGGREGATORS,
    sku: invoice.contract.skuCode,
    lines: invoice.lines
      .filter((line) => line.kind === 'USAGE')
      .map((line) => ({
        site: line.siteName,
        quantity: formatDecimal(quantity(line.quantity ?? '0'), QUANTITY_SCALE, QUANTITY_SCALE),
        points: line.points,
      })),
    reported,
    overage,
    underage,
    total,
    invoiceNumber: invoice.number,
    amount: invoice.gross,
    currency: invoice.currency,
  };
}
