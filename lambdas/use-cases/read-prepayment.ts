import { addMonths, monthsBetween, type Period, periodOf } from '../domain/calendar/period.ts';
import type { Contract, ContractRevision } from '../domain/contract/contract.ts';
import { scheduleOf } from '../domain/contract/schedule.ts';
import type { Points } from '../domain/numbers/amounts.ts';
import { type Forecast, forecastRunOut } from '../domain/prepayment/forecast.ts';
import type { PrepaymentEntry } from '../domain/prepayment/ledger.ts';
import type { Caller } from './caller.ts';
import type { Portal } from './ports/portal.ts';
import { ownContract } from './read-contracts.ts';
import { type ReportedPortal, reportedMonths } from './reported-months.ts';

/** An entry of the ledger with what caused it: the usage period of a draw, the token of the request of a credit. */
export type PrepaymentMovement = PrepaymentEntry & { usagePeriod?: Period; token?: string };

export type Prepayment = {
  contract: Contract;
  balance: Points;
  /** Oldest first. */
  movements: readonly PrepaymentMovement[];
  /** When it runs out, while there is a balance. */
  forecast: Forecast;
};

/** The prepayment ledger of a contract, and when it will be used up. @throws PortalError NOT_FOUND */
export async function readPrepayment(
  portal: ReportedPortal & Pick<Portal, 'contracts' | 'contractRequests' | 'prepayments'>,
  caller: Caller,
  contractId: string,
  now: Date,
): Promise<Prepayment> {
  const { contract, revisions } = await ownContract(portal, caller, 'readContractTerms', contractId);
  const [{ points: balance }, entries, requests, reported] = await Promise.all([
    portal.prepayments.balance(contractId),
    portal.prepayments.entries(contractId),
    portal.contractRequests.ofContract(contractId),
    reportedMonths(portal, contractId, now),
  ]);
  const orders = await portal.billingOrders.getMany([
    ...new Set(entries.filter(({ kind }) => kind === 'DRAW' || kind === 'REVERSAL').map(({ source }) => source.id)),
  ]);
  const periods = new Map(orders.map(({ id, usagePeriod }) => [id, usagePeriod]));
  const tokens = new Map(requests.map(({ id, token }) => [id, token]));
  const movements = entries.map((entry): PrepaymentMovement => {
    const usagePeriod = periods.get(entry.source.id);
    const token = tokens.get(entry.source.id);
    return { ...entry, ...(usagePeriod && { usagePeriod }), ...(token !== undefined && { token }) };
  });
  const from = firstUndrawn(contract, movements);
  const forecast: Forecast =
    balance > 0n
      ? forecastRunOut({
          balance,
          from,
          schedule: scheduleFrom(contract, revisions, from),
          reported: reported.map((month) => month.reported),
        })
      : {};
  return { contract, balance, movements, forecast };
}

/** The month after the last one drawn; the first of the term when none of it is. */
function firstUndrawn({ termFrom }: Contract, movements: readonly PrepaymentMovement[]): Period {
  return movements.reduce((first, { kind, usagePeriod }) => {
    const next = kind === 'DRAW' && usagePeriod ? addMonths(usagePeriod, 1) : first;
    return next > first ? next : first;
  }, periodOf(termFrom));
}

function scheduleFrom(contract: Contract, revisions: readonly ContractRevision[], from: Period): readonly Points[] {
  return scheduleOf(contract, revisions).slice(monthsBetween(periodOf(contract.termFrom), from));
}
