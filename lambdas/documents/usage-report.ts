import { zipSync } from 'fflate';
import { type CsvColumn, csv } from './csv.ts';

/** A line of metered usage as reports show it, amounts as exact decimals. */
export type ReportedUsage = {
  siteId: string;
  siteName: string;
  customerNumber: string;
  productCode: string;
  productName: string;
  uom: string;
  quantity: string;
};

/** What the meters of one contract have reported in a month. */
export type ContractUsage = { contractNumber: string; usage: readonly ReportedUsage[] };

// Zip files keep times; the same usage makes the same bytes.
const MADE = new Date('2000-01-01T00:00:00Z');

/**
 * The bundle of a month: a folder for each contract with its usage as a whole (`Monthly_Usage.tsv`), by site and by
 * customer (published-portal.md §7 "Report bundle"). The same usage makes the same bytes.
 */
export function usageReportZip(usagePeriod: string, prmId: string, contracts: readonly ContractUsage[]): Uint8Array {
  const files: Record<string, Uint8Array> = {};
  for (const { contractNumber, usage } of contracts) {
    const add = (name: string, rows: readonly ReportedUsage[]) => {
      files[`${contractNumber}/${name}`] = tsv(usagePeriod, contractNumber, rows);
    };
    add('Monthly_Usage.tsv', usage);
    for (const [siteId, rows] of Map.groupBy(usage, (row) => row.siteId)) {
      if (siteId !== '') add(`site_${siteId}_${fileText(prmId)}_Monthly_Usage.tsv`, rows);
    }
    for (const [customer, rows] of Map.groupBy(usage, (row) => row.customerNumber)) {
      if (customer !== '') add(`customer_${fileText(customer)}_Monthly_Usage.tsv`, rows);
    }
  }
  return zipSync(files, { mtime: MADE });
}

/** A text as part of a file's name: what some system would not take is written by its code point. */
const fileText = (text: string): string =>
  text.replace(/[^A-Za-z0-9.-]/gu, (character) => `_${(character.codePointAt(0) as number).toString(16)}_`);

function tsv(usagePeriod: string, contractNumber: string, rows: readonly ReportedUsage[]): Uint8Array {
  const columns: CsvColumn<ReportedUsage>[] = [
    { name: 'Usage period', value: () => usagePeriod },
    { name: 'Contract', value: () => contractNumber },
    { name: 'Site', value: (row) => row.siteName },
    { name: 'Customer', value: (row) => row.customerNumber },
    { name: 'Product', value: (row) => row.productCode },
    { name: 'Name', value: (row) => row.productName },
    { name: 'Unit', value: (row) => row.uom },
    { name: 'Quantity', value: (row) => row.quantity },
  ];
  return new TextEncoder().encode(csv(columns, rows, '\t'));
}
