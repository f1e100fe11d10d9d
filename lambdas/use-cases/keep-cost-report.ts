import { createHash } from 'node:crypto';
import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { hasBillingOrder } from '../domain/contract/order-months.ts';
import { type CostReport, isFinal } from '../domain/cost-report/cost-report.ts';
import { roundedCosts } from '../domain/cost-report/sum-costs.ts';
import { lastDayForArrears } from '../domain/usage/arrears.ts';
import { type CostFault, type ExpectedReport, type ReadCosts, readCostReport } from '../feeds/cost-report.ts';
import { FeedError } from '../feeds/feed-error.ts';
import { audited } from './audited.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { costReportSubject } from './own-resell-contract.ts';
import type { Change } from './ports/changes.ts';
import type { Portal } from './ports/portal.ts';

export type KeepPortal = Pick<Portal, 'units' | 'audit' | 'costReports' | 'feedHeads' | 'meteredMonths'>;

/** A month of a contract that a report is told of. */
export type ReportedMonth = { contract: Contract; usagePeriod: Period; now: Date };

/** A report as it was read, and the SHA-256 of its text. */
export type ReadReport = { hash: string; costs: ReadCosts };

/**
 * What a report of a contract's month has to be of.
 * @throws PortalError AWS_ACCOUNT_NEEDED; BAD_REQUEST for a month that the contract has no order of; USAGE_TOO_OLD
 */
export async function expectedReport(
  portal: Pick<Portal, 'costReports'>,
  { contract, usagePeriod, now }: ReportedMonth,
): Promise<ExpectedReport> {
  const account = await portal.costReports.account(contract.id);
  if (!account) {
    throw new PortalError('AWS_ACCOUNT_NEEDED', 'The contract has no AWS account yet: say which one it is billed for');
  }
  refuseMonth(contract, usagePeriod, now);
  return { accountId: account.accountId, usagePeriod, currency: contract.currency };
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

/**
 * Reads a report, a piece of it at a time.
 * @throws PortalError BAD_REQUEST naming what is wrong with it, the first 1,000
 */
export async function readReport(
  text: AsyncIterable<Uint8Array>,
  expected: ExpectedReport,
  mostBytes?: number,
): Promise<ReadReport> {
  const hashing = createHash('sha256');
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of text) {
      hashing.update(piece);
      yield piece;
    }
  }
  const costs = await readCostReport(hashed(), expected, mostBytes).catch((error: unknown) => {
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

/**
 * Keeps what a report says of a month in place of what was said before, and makes the month due to be compared with its order.
 * @param alongside what is committed with it, also where the report is there already
 * @throws PortalError CHANGED_MEANWHILE
 */
export function costReportKept(
  portal: KeepPortal,
  { contract, usagePeriod, now }: ReportedMonth,
  { accountId, userId, organizationId }: { accountId: string; userId: string; organizationId: string },
  { hash, costs }: ReadReport,
  alongside: readonly Change[] = [],
): Promise<CostReport> {
  const { id: contractId, serviceProviderId, aggregatorId, currency } = contract;
  const { services, total } = roundedCosts(costs.services, currency);
  return committed(portal, `The cost report of ${usagePeriod}`, async () => {
    const feed = await portal.feedHeads.version(contractId);
    const before = await portal.costReports.get(contractId, usagePeriod);
    const time = now.toISOString();
    const report: CostReport = {
      ...{ contractId, serviceProviderId, aggregatorId, usagePeriod, accountId, currency, services, total, hash },
      ...{ format: costs.format, rows: costs.rows, bills: costs.bills, isBilled: costs.isBilled },
      ...{ userId, time, version: (before?.version ?? 0) + 1 },
    };
    // Sent again after the month has ended, the same file may be the final word on it.
    if (before?.hash === hash && before.accountId === accountId && isFinal(before) === isFinal(report)) {
      return { changes: alongside, result: before };
    }
    const entry = audited(portal, {
      organizationId,
      subject: `${costReportSubject(contractId)}#${usagePeriod}`,
      version: report.version,
      now,
      actor: userId,
      action: 'takeCostReport',
      reason: hash,
    });
    const cause = { kind: 'FEED', id: 'COST-REPORT', token: `${report.version}` } as const;
    const due = portal.meteredMonths.isDue({ contractId, period: usagePeriod }, cause, now);
    const moved = portal.feedHeads.moved(contractId, feed);
    return { changes: [portal.costReports.taken(report), entry, moved, due, ...alongside], result: report };
  });
}
