import type { Contract } from '../domain/contract/contract.ts';
import { COST_REPORT_FILE_TRANSITIONS, type CostReportFile } from '../domain/cost-report/cost-report-file.ts';
import { transition } from '../domain/transitions.ts';
import { unzippedBytes } from '../feeds/csv-rows.ts';
import { audited } from './audited.ts';
import { PortalError, RetryableError } from './errors.ts';
import { costReportKept, expectedReport, type KeepPortal, readReport } from './keep-cost-report.ts';
import { ownResellContract } from './own-resell-contract.ts';
import type { Portal } from './ports/portal.ts';
import type { UploadTarget } from './ports/uploads.ts';
import type { CostReportOf } from './take-cost-report.ts';
import { usageFileObjects } from './usage-file-objects.ts';

/** Told apart from files of usage by how their ids begin: those have no such letters. */
const ID_PREFIX = 'cost-';
// What a function reads in half of the 300 seconds it has: measured, 13 MB a second on a busy machine.
const MOST_TEXT_BYTES = 2_000_000_000;
const MOST_ERRORS = 200;

export const isCostReportFile = (fileId: string): boolean => fileId.startsWith(ID_PREFIX);

/**
 * Announces a cost report that is going to be uploaded past the API, as one that is too large for it.
 * @param size bytes that the upload takes, no more and no fewer
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS; AWS_ACCOUNT_NEEDED; BAD_REQUEST for a month that the contract has no order of;
 *   USAGE_TOO_OLD
 */
export async function announceCostReport(
  portal: Pick<Portal, 'units' | 'audit' | 'contracts' | 'costReports' | 'uploads'>,
  { caller, contractId, usagePeriod, now }: CostReportOf,
  size: number,
  newId: () => string,
): Promise<{ file: CostReportFile; upload: UploadTarget }> {
  const contract = await ownResellContract(portal, caller, 'takeCostReports', contractId);
  await expectedReport(portal, { contract, usagePeriod, now });
  const { organizationId, userId } = caller;
  const file: CostReportFile = {
    ...{ id: `${ID_PREFIX}${newId()}`, contractId, usagePeriod, size, status: 'AWAITING_UPLOAD', errors: [] },
    ...{ organizationId, userId, createdTime: now.toISOString(), version: 1 },
  };
  const upload = await portal.uploads.target(usageFileObjects.source(file.id), size, now);
  const entry = audited(portal, {
    organizationId,
    subject: `FILE#${file.id}`,
    version: 1,
    now,
    actor: userId,
    action: 'announceCostReport',
    to: file.status,
  });
  await portal.units.commit([portal.costReports.fileChanged(file), entry]);
  return { file, upload };
}

/** A cost report that was announced. @throws PortalError NOT_FOUND */
export async function findCostReportFile(
  portal: Pick<Portal, 'contracts' | 'costReports'>,
  { caller, contractId, usagePeriod, fileId }: Omit<CostReportOf, 'now'> & { fileId: string },
): Promise<CostReportFile> {
  await ownResellContract(portal, caller, 'readCostReports', contractId);
  const file = await portal.costReports.file(fileId);
  if (file && file.contractId === contractId && file.usagePeriod === usagePeriod) return file;
  throw new PortalError('NOT_FOUND', `There is no file ${fileId} of ${usagePeriod}`);
}

type FilePortal = KeepPortal & Pick<Portal, 'clock' | 'contracts' | 'uploads'>;

/**
 * Takes a cost report that was uploaded, as one that came by the API, or keeps what is wrong with it. Told of it again, it does
 * nothing.
 *
 * @throws RetryableError where there is no such file, or no such upload, yet; PortalError CHANGED_MEANWHILE
 */
export async function takeCostReportFile(portal: FilePortal, fileId: string): Promise<void> {
  const file = await portal.costReports.file(fileId);
  if (!file) throw new RetryableError(`there is no cost report ${fileId} yet`);
  if (!isMoved(file, 'take')) return;
  const found = await portal.contracts.get(file.contractId);
  if (!found) throw new Error(`contract ${file.contractId} of cost report ${fileId} does not exist`);
  try {
    await taken(portal, file, found.contract);
  } catch (error) {
    if (!(error instanceof PortalError) || error.code === 'CHANGED_MEANWHILE') throw error;
    await portal.units.commit([portal.costReports.fileChanged(refusedFile(file, error))]);
  }
}

const isMoved = ({ status }: CostReportFile, verb: 'take' | 'refuse'): boolean =>
  transition(COST_REPORT_FILE_TRANSITIONS, status, verb, 'SYSTEM').ok;

async function taken(portal: FilePortal, file: CostReportFile, contract: Contract): Promise<void> {
  const month = { contract, usagePeriod: file.usagePeriod, now: portal.clock() };
  const expected = await expectedReport(portal, month);
  const bytes = await portal.uploads.pieces(usageFileObjects.source(file.id));
  if (!bytes) throw new RetryableError(`cost report ${file.id} is not uploaded yet`);
  const read = await readReport(unzippedBytes(bytes), expected, MOST_TEXT_BYTES);
  const after: CostReportFile = { ...file, status: 'TAKEN', version: file.version + 1 };
  await costReportKept(portal, month, { ...file, accountId: expected.accountId }, read, [
    portal.costReports.fileChanged(after),
  ]);
}

const refusedFile = (file: CostReportFile, { message, errors }: PortalError): CostReportFile => ({
  ...file,
  status: 'REFUSED',
  reason: message,
  errors: errors.slice(0, MOST_ERRORS),
  version: file.version + 1,
});
