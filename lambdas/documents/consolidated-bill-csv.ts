import { type CsvColumn, csv } from './csv.ts';
import type { ConsolidatedBill } from './statement.ts';

type Contract = ConsolidatedBill['contracts'][number];
type Line = Contract['lines'][number];
/** A contract with its figures, or one of its usage lines. */
type Row = { bill: ConsolidatedBill; contract: Contract; line?: Line };

const COLUMNS: readonly CsvColumn<Row>[] = [
  { name: 'reference', value: ({ bill }) => bill.reference },
  { name: 'period', value: ({ bill }) => bill.period },
  { name: 'billDate', value: ({ bill }) => bill.billDate },
  { name: 'serviceProviderNumber', value: ({ bill }) => bill.serviceProvider.number },
  { name: 'contractNumber', value: ({ contract }) => contract.contractNumber },
  { name: 'aggregator', value: ({ contract }) => contract.aggregator },
  { name: 'skuCode', value: ({ contract }) => contract.skuCode },
  { name: 'usagePeriod', value: ({ contract }) => contract.usagePeriod },
  { name: 'documentNumber', value: ({ contract }) => documentOf(contract) },
  { name: 'takesBack', value: ({ contract }) => String(contract.takesBack === true) },
  { name: 'row', value: ({ line }) => (line ? 'USAGE' : 'CONTRACT') },
  { name: 'line', value: ({ line }) => line?.line },
  { name: 'siteName', value: ({ line }) => line?.siteName },
  { name: 'productCode', value: ({ line }) => line?.productCode },
  { name: 'description', value: ({ line }) => line?.description },
  { name: 'customerNumber', value: ({ line }) => line?.customerNumber },
  { name: 'inMinCommit', value: ({ line }) => line && String(line.inMinCommit) },
  { name: 'quantity', value: ({ line }) => line?.quantity },
  { name: 'uom', value: ({ line }) => line?.uom },
  { name: 'points', value: ({ contract, line }) => (contract.currency ? undefined : line?.points) },
  { name: 'unitPrice', value: ({ line }) => line?.price?.unitPrice },
  { name: 'discount', value: ({ line }) => line?.price?.discount },
  { name: 'amount', value: ({ contract, line }) => (contract.currency ? line?.points : undefined) },
  { name: 'currency', value: ({ contract }) => contract.currency },
  { name: 'minimumCommit', value: ({ contract, line }) => (line ? undefined : contract.minimumCommit) },
  { name: 'reported', value: ({ contract, line }) => (line ? undefined : contract.reported) },
  { name: 'overage', value: ({ contract, line }) => (line ? undefined : contract.overage) },
  { name: 'underage', value: ({ contract, line }) => (line ? undefined : contract.underage) },
  { name: 'total', value: ({ contract, line }) => (line ? undefined : contract.total) },
];

/** What it is billed with. */
const documentOf = ({ number, bills }: Contract): string | undefined => number ?? bills?.join(', ');

/**
 * The CSV of a service provider's consolidated bill: for each contract a line with its figures, then one for each of
 * its usage lines; see csv for the format.
 */
export function renderConsolidatedBillCsv(bill: ConsolidatedBill): string {
  return csv(
    COLUMNS,
    bill.contracts.flatMap((contract): Row[] => [
      { bill, contract },
      ...contract.lines.map((line) => ({ bill, contract, line })),
    ]),
  );
}
