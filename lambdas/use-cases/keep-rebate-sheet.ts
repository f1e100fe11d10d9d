import { dateOf } from '../domain/calendar/period.ts';
import type { FiscalQuarter } from '../domain/deal/fiscal-quarter.ts';
import { checkRebateEntries, isFixed, type RebateEntryAsked, type RebateSheet } from '../domain/rebate/rebate-sheet.ts';
import { audited } from './audited.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { PortalError } from './errors.ts';
import { type IfMatch, refuseOtherVersion } from './if-match.ts';
import type { Portal } from './ports/portal.ts';
import { notValid } from './requested-change.ts';

type SheetPortal = Pick<Portal, 'units' | 'audit' | 'catalogue' | 'rebateSheets'>;

export type SheetChange = { caller: Caller; quarter: FiscalQuarter; now: Date; ifMatch: IfMatch };

/** The sheet of a quarter; without entries while there is none. */
export async function rebateSheet(portal: Pick<Portal, 'rebateSheets'>, quarter: FiscalQuarter): Promise<RebateSheet> {
  return (await portal.rebateSheets.get(quarter)) ?? { quarter, entries: [], version: 0 };
}

/**
 * Replaces the entries of a quarter's sheet, until the quarter is over: what deals earn by it stays then.
 * @throws PortalError VERSION_MISMATCH; REBATE_SHEET_FIXED; BAD_REQUEST naming every field that is wrong; CHANGED_MEANWHILE
 */
export function changeRebateSheet(
  portal: SheetPortal,
  { caller, quarter, now, ifMatch }: SheetChange,
  asked: readonly RebateEntryAsked[],
): Promise<RebateSheet> {
  return committed(portal, 'The rebate sheet', async () => {
    const before = await rebateSheet(portal, quarter);
    refuseOtherVersion(before.version, ifMatch);
    if (isFixed(quarter, dateOf(now))) {
      throw new PortalError('REBATE_SHEET_FIXED', `${quarter} is over: its rebate sheet stays as it is`);
    }
    const { products } = await portal.catalogue.current();
    const checked = checkRebateEntries(quarter, asked, products);
    if (!checked.ok) throw notValid(checked.errors);
    const after: RebateSheet = { ...before, entries: checked.value };
    const version = before.version + 1;
    const entry = audited(portal, {
      organizationId: caller.organizationId,
      subject: `REBATE-SHEET#${quarter}`,
      version,
      now,
      actor: caller.userId,
      action: 'changeRebateSheet',
      to: `${after.entries.length} entries`,
    });
    return { changes: [portal.rebateSheets.changed(after), entry], result: { ...after, version } };
  });
}
