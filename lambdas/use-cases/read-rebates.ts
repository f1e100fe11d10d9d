import { CanonicalInvoiceSchema } from '../documents/canonical-invoice.ts';
import { fromCanonical } from '../documents/from-canonical.ts';
import type { Period } from '../domain/calendar/period.ts';
import type { Deal } from '../domain/deal/deal.ts';
import { type FiscalQuarter, isInQuarter } from '../domain/deal/fiscal-quarter.ts';
import { type BilledLine, type Rebate, rebateEntryOf, rebateMonths, rebateOf } from '../domain/rebate/rebate.ts';
import type { RebateEntry, RebateSheet } from '../domain/rebate/rebate-sheet.ts';
import { getExisting, parseJson } from './bytes.ts';
import { invoiceKey } from './documents.ts';
import { inParallel } from './in-parallel.ts';
import { rebateSheet } from './keep-rebate-sheet.ts';
import type { ListQuery, Page } from './lists/definition.ts';
import { compileList } from './lists/list.ts';
import { REBATE_LIST } from './lists/rebate-list.ts';
import { REBATE_SHEET_LIST } from './lists/rebate-sheet-list.ts';
import type { Portal } from './ports/portal.ts';
import { type ToldDeal, withParties } from './read-deals.ts';

type RebatePortal = Pick<
  Portal,
  'deals' | 'rebateSheets' | 'organizations' | 'billingOrders' | 'invoices' | 'documents'
>;

/** What a won deal earns, and the months that count. */
export type ToldRebate = ToldDeal & { months: readonly Period[]; rebate: Rebate };

const AT_ONCE = 8;

/** Entries of the sheets of all quarters. @throws PortalError BAD_REQUEST */
export async function listRebateSheets(
  portal: Pick<Portal, 'rebateSheets'>,
  query: ListQuery,
): Promise<Page<RebateEntry>> {
  const page = compileList(REBATE_SHEET_LIST, query);
  return page((await portal.rebateSheets.all()).flatMap(({ entries }) => entries));
}

/**
 * What the deals of an aggregator that were won in a quarter earn by its sheet, as their months are billed now.
 * @throws PortalError BAD_REQUEST
 */
export async function listRebates(
  portal: RebatePortal,
  aggregatorId: string,
  quarter: FiscalQuarter,
  query: ListQuery,
): Promise<Page<ToldRebate>> {
  const page = compileList(REBATE_LIST, query);
  const sheet = await rebateSheet(portal, quarter);
  const rows = (await portal.deals.ofAggregator(aggregatorId)).filter(
    ({ status, closeDate }) => status === 'CLOSED_WON' && closeDate && isInQuarter(closeDate, quarter),
  );
  const deals = (await portal.deals.getMany(rows.map(({ id }) => id))).filter((deal) => rebateEntryOf(deal, sheet));
  const { content, total } = page(deals);
  const parties = await withParties(portal, content);
  return { content: await inParallel(parties, AT_ONCE, (told) => withRebate(portal, told, sheet)), total };
}

async function withRebate(portal: RebatePortal, told: ToldDeal, sheet: RebateSheet): Promise<ToldRebate> {
  const { deal } = told;
  const entry = rebateEntryOf(deal, sheet);
  if (!entry) throw new Error(`deal ${deal.dealNumber} earns nothing in ${sheet.quarter}`);
  const months = rebateMonths(deal, sheet.quarter, entry);
  return { ...told, months, rebate: rebateOf(deal, entry, months, await billedLines(portal, deal, months)) };
}

/** Lines of the invoices that are valid now: of the months' own orders, and of those that carry late usage of them. */
async function billedLines(
  portal: RebatePortal,
  { contractId }: Deal,
  months: readonly Period[],
): Promise<BilledLine[]> {
  const { billingOrders } = portal;
  const own = billingOrders.ofContract(contractId, months);
  const carriers = await Promise.all(months.map((of) => billingOrders.carriersOf(contractId, of)));
  const orders = [...(await own), ...(await billingOrders.getMany([...new Set(carriers.flat())]))];
  const numbers = new Set(orders.flatMap(({ billed }) => billed?.invoiceNumber ?? []));
  const lines = await inParallel(await portal.invoices.getMany([...numbers]), AT_ONCE, async (stored) => {
    const json = await getExisting(portal.documents, `${invoiceKey(stored)}.json`);
    return fromCanonical(parseJson(CanonicalInvoiceSchema, json)).lines;
  });
  return lines.flat();
}
