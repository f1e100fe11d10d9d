import { createHash } from 'node:crypto';
import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { hasBillingOrder } from '../domain/contract/order-months.ts';
import { type CostReport, isFinal } from '../domain/cost-report/cost-report.ts';
import { roundedCosts } from '../domain/cost-report/sum-costs.ts';
import { lastDayForArrears } from '../domain/usage/arrears.ts';
import { type CostFault, type ReadCosts, readCostReport } from '../feeds/cost-report.ts';
import { FeedError } from '../feeds/feed-error.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type FileBody, fileContent } from './file-body.ts';
import { costReportSubject, ownResellContract } from './own-resell-contract.ts';
import type { Portal } from './ports/portal.ts';

type TakePortal = Pick<Portal, 'units' | 'audit' | 'contracts' | 'costReports' | 'meteredMonths'>;

export type CostReportOf = { caller: Caller; contractId: string; usagePeriod: Period; now: Date };

/**
 * Takes what AWS says of a contract's month, in place of what it has said before: from here on the month's usage is that, on its
 * own order or as arrears, which a job sees to within a minute. The same file again changes nothing.
 *
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS for another family; AWS_ACCOUNT_NEEDED; BAD_REQUEST for a month that the
 *   contract has no order of, or naming all that is wrong with the file: then nothing is taken; USAGE_TOO_OLD; BODY_TOO_LARGE;
 *   CHANGED_MEANWHILE
 */
export async function takeCostReport(
  portal: TakePortal,
  { caller, contractId, usagePeriod, now }: CostReportOf,
  body: FileBody,
): Promise<CostReport> {
  const contract = await ownResellContract(portal, caller, 'takeCostReports', contractId);
  const account = await portal.costReports.account(contractId);
  if (!account) {
    throw new PortalError('AWS_ACCOUNT_NEEDED', 'The contract has no AWS account yet: say which one it is billed for');
  }
  refuseMonth(contract, usagePeriod, now);
  const { accountId } = account;
  const { currency, serviceProviderId, aggregatorId } = contract;
  const { hash, costs } = await readFile(body, { accountId, usagePeriod, currency });
  const { services, total } = roundedCosts(costs.services, currency);
  return committed(portal, `The cost report of ${usagePeriod}`, async () => {
    const before = await portal.costReports.get(contractId, usagePeriod);
    const time = now.toISOString();
    const report: CostReport = {
      ...{ contractId, serviceProviderId, aggregatorId, usagePeriod, accountId, currency, services, total, hash },
      ...{ format: costs.format, rows: costs.rows, bills: costs.bills, isBilled: costs.isBilled },
      ...{ userId: caller.userId, time, version: (before?.version ?? 0) + 1 },
    };
    // Sent again after the month has ended, the same file may be the final word on it.
    if (before?.hash === hash && before.accountId === accountId && isFinal(before) === isFinal(report)) {
      return { changes: [], result: before };
    }
    const entry = audited(portal, {
      organizationId: caller.organizationId,
      subject: `${costReportSubject(contractId)}#${usagePeriod}`,
      version: report.version,
      now,
      actor: caller.userId,
      action: 'takeCostReport',
      reason: hash,
    });
    const cause = { kind: 'FEED', id: 'COST-REPORT', token: `${report.version}` } as const;
    const due = portal.meteredMonths.isDue({ contractId, period: usagePeriod }, cause, now);
    return { changes: [portal.costReports.taken(report), entry, due], result: report };
  });
}

function refuseMonth(contract: Contract, usagePeriod: Period, now: Date): void {
  const today = dateOf(now);
  if (usagePeriod > periodOf(today) || !hasBillingOrder(contract, usagePeriod)) {
    const message = 'must be a month of the contract, up to the running one';
    throw new PortalError('BAD_REQUEST', `The usage period ${message}`, [{ field: 'usagePeriod', message }]);
  }
  if (today > lastDayForArrears(usagePeriod)) {
    throw new PortalError('USAGE_TOO_OLD', `Usage of ${usagePeriod} was taken until ${lastDayForArrears(usagePeriod)}`);
  }
}

async function readFile(
  body: FileBody,
  expected: Parameters<typeof readCostReport>[1],
): Promise<{ hash: string; costs: ReadCosts }> {
  const hashing = createHash('sha256');
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of fileContent(body)) {
      hashing.update(piece);
      yield piece;
    }
  }
  const costs = await readCostReport(hashed(), expected).catch((error: unknown) => {
    if (!(error instanceof FeedError)) throw error;
    throw refused([
      { line: error.line ?? 1, ...(error.column !== undefined && { column: error.column }), message: error.message },
    ]);
  });
  if (costs.faults.length > 0) throw refused(costs.faults);
  return { hash: hashing.digest('hex'), costs };
}

function refused(faults: readonly CostFault[]): PortalError {
  const errors = faults.map(({ line, column, message }) => ({
    field: column === undefined ? `line ${line}` : `line ${line}, column ${column}`,
    message,
  }));
  const [first] = errors;
  return new PortalError('BAD_REQUEST', `No cost was taken: ${first?.field}: ${first?.message}`, errors);
}
