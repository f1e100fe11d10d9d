import { RetryableError } from '../use-cases/errors.ts';
import type { Change } from '../use-cases/ports/changes.ts';
import type { Numbers, Reservation } from '../use-cases/ports/invoices.ts';
import { isLastClaimed } from './closes.ts';
import { ReservationItem } from './items.ts';
import { keys } from './keys.ts';
import { read, stored } from './stored.ts';
import type { Item, Table } from './table.ts';

// Each takes one number at a time: a hundred who want one at the same moment have theirs after some seconds.
const ATTEMPTS = 30;

/** Number series: a counter each, and who has taken which numbers out of it. */
export function openNumbers(table: Table): Numbers {
  const reservationOf = (item: Item) => read(ReservationItem, item) as Reservation;

  async function openReservations(): Promise<Reservation[]> {
    const found: Reservation[] = [];
    for await (const item of table.query('RESERVATIONS')) found.push(reservationOf(item));
    return found;
  }

  /** Takes the numbers of one reservation, once; undefined when the fence doesn't hold. */
  async function take(request: Omit<Reservation, 'first'>, fence?: Change): Promise<Reservation | undefined> {
    const { series, run } = request;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await table.pause(attempt);
      const existing = await table.get(keys.reservation(series, run));
      if (existing) return reservationOf(existing);
      const counter = await table.get(keys.seriesCounter(series));
      const last = Number(counter?.last ?? 0);
      const reservation: Reservation = { ...request, first: last + 1 };
      const result = await table.commit([
        ...(fence ? [fence] : []),
        table.updated(`counter of ${series}`, keys.seriesCounter(series), {
          expression: 'SET #last = :next',
          condition: counter ? '#last = :last' : 'attribute_not_exists(pk)',
          names: { '#last': 'last' },
          values: counter ? { ':last': last, ':next': last + request.count } : { ':next': last + request.count },
        }),
        table.putNew(
          `reservation of ${run}`,
          stored<typeof ReservationItem>('RESERVATION', keys.reservation(series, run), reservation),
        ),
        table.putNew(
          `open reservation of ${run}`,
          stored<typeof ReservationItem>('OPEN_RESERVATION', keys.openReservation(series, run), reservation),
        ),
      ]);
      if (result.ok) return reservation;
      if (fence && result.refused.includes(fence)) return undefined;
    }
    throw new RetryableError(`the counter of series ${series} moves on faster than numbers can be taken`);
  }

  const usedUp = ({ series, run }: Reservation) =>
    table.deleted(`open reservation of ${run}`, keys.openReservation(series, run));

  return {
    openReservations,
    reserve: (request) => take(request, isLastClaimed(table, request.run)),
    reserveOne: async (request) => (await take({ ...request, count: 1 })) as Reservation,
    usedUp,
    settled: (reservation, run) => [isLastClaimed(table, run), usedUp(reservation)],
  };
}
