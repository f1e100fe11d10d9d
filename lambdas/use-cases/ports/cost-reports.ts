import type { Period } from '../../domain/calendar/period.ts';
import type { AwsAccount, CostReport } from '../../domain/cost-report/cost-report.ts';
import type { CostReportFile } from '../../domain/cost-report/cost-report-file.ts';
import type { Change } from './changes.ts';

/** What AWS says that months of AWS Resell contracts cost. */
export type CostReports = {
  /** The AWS account that a contract is billed for. Strongly consistent. */
  account(contractId: string): Promise<AwsAccount | undefined>;
  /**
   * Binds an account to a contract in place of the one it had; refused when the account is bound to another, or the contract's
   * was changed meanwhile: `version` is the version made, 1 where there was none.
   */
  accountBound(account: AwsAccount, before: AwsAccount | undefined): Change[];
  /** The report of a month that counts. Strongly consistent. */
  get(contractId: string, of: Period): Promise<CostReport | undefined>;
  /** Those of a contract, in order of their months. Strongly consistent. */
  ofContract(contractId: string): Promise<CostReport[]>;
  /** In place of the month's report of the version before; refused when that isn't it any more. */
  taken(report: CostReport): Change;
  /** A report that was announced to be uploaded. Strongly consistent. */
  file(id: string): Promise<CostReportFile | undefined>;
  /** In place of the file of the version before, or as a new one; refused when that isn't it any more. */
  fileChanged(file: CostReportFile): Change;
};
