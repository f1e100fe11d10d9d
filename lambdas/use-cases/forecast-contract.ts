import { dateOf, type Period } from '../domain/calendar/period.ts';
import type { Charge } from '../domain/charging/charge.ts';
import { periodAt } from '../domain/contract/billing-period.ts';
import type { Contract } from '../domain/contract/contract.ts';
import { forecastLines, type MonthSoFar, monthSoFar } from '../domain/usage/forecast.ts';
import { isArrears } from '../domain/usage/usage-line.ts';
import type { Caller } from './caller.ts';
import { PortalError } from './errors.ts';
import { type EstimatePortal, pricedMonth } from './estimate-order.ts';
import { ownContract } from './read-contracts.ts';

/** What the running month of a contract comes to: by now, and at its end if all goes on as it did. */
export type ContractForecast = {
  contract: Contract;
  usagePeriod: Period;
  month: MonthSoFar;
  now: Charge;
  atMonthEnd: Charge;
};

/**
 * What the running month is going to come to: metered usage goes on as on the days that are over, what was reported by
 * hand stays as it is; charged by the month's terms (domain/usage/forecast.ts). Arrears the order carries are of other months
 * and left out.
 *
 * @throws PortalError NOT_FOUND; CONTRACT_STATUS when the contract has no order in this month; NOT_PRICED
 */
export async function forecastContract(
  portal: EstimatePortal,
  caller: Caller,
  contractId: string,
  now: Date,
): Promise<ContractForecast> {
  const { contract } = await ownContract(portal, caller, 'forecastContracts', contractId);
  const today = dateOf(now);
  const usagePeriod = periodAt(contract.anniversary, today);
  const [order] = await portal.billingOrders.ofContract(contractId, [usagePeriod]);
  if (!order || order.status === 'CANCELLED') {
    throw new PortalError('CONTRACT_STATUS', `The contract is ${contract.status} and has no order of ${usagePeriod}`);
  }
  const [priced, reported] = await Promise.all([
    pricedMonth(portal, order),
    portal.billingOrders.linesOf(order.id, order.lineSet),
  ]);
  const lines = reported.filter((line) => !isArrears(usagePeriod, line));
  const month = monthSoFar(contract, today);
  const atMonthEnd = priced.charged(forecastLines(lines, month));
  return { contract, usagePeriod, month, now: priced.charged(lines), atMonthEnd };
}
