import type { UsageFile, UsageFileFormat, UsageFileMode } from '../domain/usage-file/usage-file.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { ownOrder } from './own-order.ts';
import type { Portal } from './ports/portal.ts';
import type { UploadTarget } from './ports/uploads.ts';
import { refuseMember } from './scope.ts';
import { usageFileObjects } from './usage-file-objects.ts';

type CreatePortal = Pick<Portal, 'units' | 'audit' | 'usageFiles' | 'uploads' | 'billingOrders'>;

/** A file as it is announced. */
export type AnnouncedFile = {
  name: string;
  /** Told by the name's extension unless given. */
  format?: UsageFileFormat | undefined;
  mode: UsageFileMode;
  orderId?: string | undefined;
};

type Creating = { caller: Caller; now: Date; newId: () => string };

/**
 * Announces a file that is going to be uploaded past the API.
 * @param size bytes that the upload takes, no more and no fewer
 * @throws PortalError NOT_FOUND for an order that isn't the caller's; BAD_REQUEST when its format can't be told
 */
export async function announceUsageFile(
  portal: CreatePortal,
  creating: Creating,
  announced: AnnouncedFile & { size: number },
): Promise<{ file: UsageFile; upload: UploadTarget }> {
  const file = await newFile(portal, creating, { ...announced, status: 'AWAITING_UPLOAD' });
  const upload = await portal.uploads.target(usageFileObjects.source(file.id), file.size, creating.now);
  await created(portal, file, creating);
  return { file, upload };
}

/** Takes a file that came by the API. @throws PortalError as announceUsageFile */
export async function takeUsageFile(
  portal: CreatePortal,
  creating: Creating,
  announced: AnnouncedFile & { bytes: Uint8Array },
): Promise<UsageFile> {
  const { bytes, ...told } = announced;
  const file = await newFile(portal, creating, { ...told, size: bytes.length, status: 'AWAITING_UPLOAD' });
  await created(portal, file, creating);
  await portal.uploads.put(usageFileObjects.source(file.id), bytes);
  // From here on it is taken up even if nobody was told. Refused where somebody was, and has it already.
  await portal.units.commit([portal.usageFiles.changed({ ...file, status: 'UPLOADED' }, creating.now)]);
  return (await portal.usageFiles.get(file.id)) as UsageFile;
}

async function newFile(
  portal: CreatePortal,
  { caller, now, newId }: Creating,
  { orderId, format, ...told }: AnnouncedFile & Pick<UsageFile, 'size' | 'status'>,
): Promise<UsageFile> {
  refuseMember(caller);
  if (orderId !== undefined) await ownOrder(portal, caller, 'reportUsage', orderId);
  const time = now.toISOString();
  return {
    ...told,
    id: newId(),
    serviceProviderId: caller.organizationId,
    userId: caller.userId,
    createdTime: time,
    format: format ?? formatOf(told.name),
    ...(orderId !== undefined && { orderId }),
    attempt: 0,
    orders: [],
    lastModifiedTime: time,
    version: 1,
  };
}

const FORMATS: Readonly<Record<string, UsageFileFormat>> = { csv: 'CSV', txt: 'CSV', tsv: 'TSV', xlsx: 'XLSX' };

function formatOf(name: string): UsageFileFormat {
  const [, extension = ''] = /\.(\w+)(?:\.gz)?$/.exec(name.toLowerCase()) ?? [];
  const format = FORMATS[extension];
  if (format) return format;
  const message = 'is needed: the name does not end in .csv, .tsv or .xlsx';
  throw new PortalError('BAD_REQUEST', `The file's format ${message}`, [{ field: 'format', message }]);
}

async function created(portal: CreatePortal, file: UsageFile, { caller, now }: Creating): Promise<void> {
  const entry = audited(portal, {
    organizationId: caller.organizationId,
    subject: `FILE#${file.id}`,
    version: 1,
    now,
    actor: caller.userId,
    action: 'createUsageFile',
    to: file.status,
  });
  await portal.units.commit([portal.usageFiles.created(file), entry]);
}
