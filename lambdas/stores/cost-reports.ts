import { period } from '../domain/calendar/period.ts';
import type { CostReport } from '../domain/cost-report/cost-report.ts';
import type { MinorUnits } from '../domain/numbers/amounts.ts';
import { formatMoney, parseMoney } from '../domain/numbers/currency.ts';
import type { CostReports } from '../use-cases/ports/cost-reports.ts';
import { putInPlace } from './in-place.ts';
import { type AwsAccountGuardItem, AwsAccountItem, CostReportFileItem, CostReportItem } from './items/cost-reports.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

/** Cost reports of AWS Resell contracts, and the accounts they are of. */
export function openCostReports(table: Table): CostReports {
  return {
    account: async (contractId) => {
      const item = await table.get(keys.awsAccount(contractId));
      return item && read(AwsAccountItem, item);
    },

    accountBound: (account, before) => {
      const { contractId, accountId, version } = account;
      const item = stored<typeof AwsAccountItem>('AWS_ACCOUNT', keys.awsAccount(contractId), account);
      const guard = stored<typeof AwsAccountGuardItem>('AWS_ACCOUNT_GUARD', keys.awsAccountGuard(accountId), {
        contractId,
      });
      return [
        putInPlace(table, `AWS account of contract ${contractId}`, item, version),
        table.putNew(`contract of AWS account ${accountId}`, guard),
        ...(before
          ? [
              table.deleted(`contract of AWS account ${before.accountId}`, keys.awsAccountGuard(before.accountId), {
                condition: 'contractId = :contract',
                values: { ':contract': contractId },
              }),
            ]
          : []),
      ];
    },

    get: async (contractId, of) => {
      const item = await table.get(keys.costReport(contractId, of));
      return item && fromItem(item);
    },

    ofContract: async (contractId) =>
      (await Array.fromAsync(table.query(keys.awsAccount(contractId).pk, { prefix: 'COST-REPORT#' }))).map(fromItem),

    taken: (report) =>
      putInPlace(
        table,
        `cost report of ${report.usagePeriod}`,
        stored<typeof CostReportItem>('COST_REPORT', keys.costReport(report.contractId, report.usagePeriod), {
          ...report,
          services: report.services.map(({ amount, bills, ...service }) => ({
            ...service,
            amount: formatMoney(amount, report.currency),
            bills: [...bills],
          })),
          total: formatMoney(report.total, report.currency),
          bills: [...report.bills],
        }),
        report.version,
      ),

    file: async (id) => {
      const item = await table.get(keys.costReportFile(id));
      if (!item) return undefined;
      const file = read(CostReportFileItem, item);
      return { ...file, usagePeriod: period(file.usagePeriod) };
    },

    fileChanged: (file) => {
      const { id, version } = file;
      const item = { ...file, errors: [...file.errors] };
      const key = keys.costReportFile(id);
      return putInPlace(table, `file ${id}`, stored<typeof CostReportFileItem>('COST_REPORT_FILE', key, item), version);
    },
  };
}

function fromItem(item: Item): CostReport {
  const report = read(CostReportItem, item);
  const money = (text: string) => parseMoney(text, report.currency) as MinorUnits;
  return {
    ...report,
    usagePeriod: period(report.usagePeriod),
    services: report.services.map((service) => ({ ...service, amount: money(service.amount) })),
    total: money(report.total),
  };
}
