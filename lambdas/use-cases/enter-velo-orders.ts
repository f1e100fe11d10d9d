import { isDeepStrictEqual } from 'node:util';
import { dateOf, type Period, type PlainDate, periodOf, periodsFromTo } from '../domain/calendar/period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import {
  type AskedVeloOrder,
  type Checked,
  checkVeloOrder,
  type EnteredOrder,
} from '../domain/velo-order/check-velo-order.ts';
import { startDate, type VeloOrder } from '../domain/velo-order/velo-order.ts';
import { type EnterPortal, type Entry, type EntryOutcome, enterRecords, type RecordKind } from './enter-records.ts';
import { PortalError } from './errors.ts';
import { idOf } from './new-order.ts';
import { notValid } from './requested-change.ts';
import { type VeloOrderChangedPortal, veloOrderChanged } from './velo-order-changed.ts';

/** A VeloCloud order as the vendor sends it. */
export type AskedOrder = AskedVeloOrder & { sid: string; orderNumber: string; contractId: string };

const veloOrderId = ({ sid, orderNumber }: Pick<AskedOrder, 'sid' | 'orderNumber'>): string =>
  idOf(`VELO#${sid}#${orderNumber}`);

/** The vendor enters VeloCloud orders (enter-records.ts). */
export function enterVeloOrders(
  portal: EnterPortal & VeloOrderChangedPortal,
  entry: Entry,
  asked: readonly AskedOrder[],
): Promise<EntryOutcome<VeloOrder>[]> {
  const { now } = entry;
  const { userId: actor, organizationId } = entry.caller;
  const kind: RecordKind<AskedOrder, VeloOrder> = {
    nameOf: veloOrderId,
    exists: 'VELO_ORDER_EXISTS',
    known: async (ids) => new Map((await portal.veloOrders.getMany(ids)).map((each) => [each.id, each])),
    made: async (each, { contract, products, before }) => {
      // What came in time may come again, however late.
      const today = dateOf(before ? new Date(before.createdTime) : now);
      const order = checked(checkVeloOrder(each, contract, products, today), each.startDate);
      return before ? sameAs(before, contract, order) : newVeloOrder(each, contract, order, now);
    },
    changes: (entered) =>
      entered.flatMap((order) =>
        veloOrderChanged(portal, undefined, order, { actor, organizationId, now, action: 'enterVeloOrder' }),
      ),
    months: (order) => monthsFrom(startDate(order), now),
  };
  return enterRecords(portal, entry, kind, asked);
}

/** The months that have begun whose usage follows from what is so from a day on. */
export function monthsFrom(day: PlainDate, now: Date): Period[] {
  return periodsFromTo(periodOf(day), periodOf(dateOf(now)));
}

/** @throws PortalError BAD_REQUEST naming every field that is wrong; USAGE_TOO_OLD */
export function checked<Value>(result: Checked<Value>, day: string): Value {
  if (result.ok) return result.value;
  if ('errors' in result) throw notValid(result.errors);
  throw new PortalError('USAGE_TOO_OLD', `Usage of ${day.slice(0, 7)} was taken until ${result.tooOld}`);
}

/** @throws PortalError VELO_ORDER_EXISTS where it is there with other content, of whatever contract */
function sameAs(before: VeloOrder, { id }: Contract, order: EnteredOrder): VeloOrder {
  const { productCode, currency, terms, endDate } = before;
  const said = { productCode, currency, terms, ...(endDate && { endDate }) };
  const { productName: _name, uom: _uom, ...asked } = order;
  if (before.contractId === id && isDeepStrictEqual(said, asked)) return before;
  throw new PortalError(
    'VELO_ORDER_EXISTS',
    `There is an order ${before.orderNumber} of ${before.sid} that says otherwise: change it, or end it`,
  );
}

function newVeloOrder(asked: AskedOrder, contract: Contract, order: EnteredOrder, now: Date): VeloOrder {
  const time = now.toISOString();
  return {
    id: veloOrderId(asked),
    sid: asked.sid,
    orderNumber: asked.orderNumber,
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    serviceProviderId: contract.serviceProviderId,
    aggregatorId: contract.aggregatorId,
    ...order,
    createdTime: time,
    lastModifiedTime: time,
    version: 1,
  };
}
