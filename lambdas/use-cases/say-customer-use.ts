import { isDeepStrictEqual } from 'node:util';
import { dateOf, type Period, periodOf } from '../domain/calendar/period.ts';
import type { CustomerUse } from '../domain/product-commitment/month-usage.ts';
import { lastDayForArrears } from '../domain/usage/arrears.ts';
import { checkQuantity } from '../domain/usage/check-entry.ts';
import type { Caller } from './caller.ts';
import { committed } from './committed.ts';
import { feedMoved } from './enter-records.ts';
import { type FieldError, PortalError } from './errors.ts';
import { keptCustomers } from './of-customers.ts';
import { refuseFamily } from './own-customer.ts';
import type { Portal } from './ports/portal.ts';
import type { SaidUse } from './ports/product-commitments.ts';
import { ownContract } from './read-contracts.ts';
import { contractSubject } from './request-recorded.ts';
import { notValid } from './requested-change.ts';

type UsePortal = Pick<
  Portal,
  | 'newId'
  | 'units'
  | 'audit'
  | 'contracts'
  | 'customers'
  | 'catalogue'
  | 'feedHeads'
  | 'productCommitments'
  | 'meteredMonths'
>;

/** What is said of a month: the whole of it, quantities as exact decimals. */
export type AskedUse = { customerNumber: string; code: string; quantity: string };

/**
 * Says what the end customers of an LPCaaS contract have used in a month, all of it: the month's order is brought up to date
 * within minutes, what comes after it was submitted is arrears. Saying the same again changes nothing.
 *
 * @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY; USAGE_TOO_OLD; BAD_REQUEST with everything that is wrong; CHANGED_MEANWHILE
 */
export function sayCustomerUse(
  portal: UsePortal,
  { caller, contractId, period, now }: { caller: Caller; contractId: string; period: Period; now: Date },
  asked: readonly AskedUse[],
): Promise<SaidUse> {
  return committed(portal, 'The month', async () => {
    const { contract } = await ownContract(portal, caller, 'sayCustomerUse', contractId);
    refuseFamily(contract, 'LPCAAS');
    const today = dateOf(now);
    if (today > lastDayForArrears(period)) {
      throw new PortalError('USAGE_TOO_OLD', `Usage of ${period} was taken until ${lastDayForArrears(period)}`);
    }
    if (period > periodOf(today)) throw notValid([{ field: 'usagePeriod', message: 'has not begun yet' }]);
    const feed = await portal.feedHeads.version(contractId);
    const [kept, { products }, before] = await Promise.all([
      keptCustomers(portal, contract),
      portal.catalogue.current(),
      portal.productCommitments.saidUse(contractId, period),
    ]);
    const used = checkedUse(asked, {
      customers: new Set(kept.map(({ customerNumber }) => customerNumber)),
      products: new Set(products.filter(({ family }) => family === 'LPCAAS').map(({ code }) => code)),
    });
    if (before.version > 0 && isDeepStrictEqual(before.used, used)) return { changes: [], result: before };
    const said: SaidUse = { ...before, used };
    const version = before.version + 1;
    const changes = [
      portal.productCommitments.useSaid(said),
      portal.audit.recorded({
        organizationId: caller.organizationId,
        subject: contractSubject(contractId),
        id: `USED#${period}#${String(version).padStart(8, '0')}`,
        time: now.toISOString(),
        actor: caller.userId,
        action: 'sayCustomerUse',
        to: period,
      }),
      ...feedMoved(portal, { contractId, version: feed, now }, [period]),
    ];
    return { changes, result: { ...said, version } };
  });
}

function checkedUse(
  asked: readonly AskedUse[],
  { customers, products }: { customers: ReadonlySet<string>; products: ReadonlySet<string> },
): CustomerUse[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  const used = asked.flatMap(({ customerNumber, code, quantity: text }, at): CustomerUse[] => {
    const wrong = (field: string, message: string) => errors.push({ field: `usage[${at}].${field}`, message });
    if (!customers.has(customerNumber)) wrong('customerNumber', 'is no end customer of the contract');
    if (!products.has(code)) wrong('code', "is no product of the contract's family");
    const key = JSON.stringify([customerNumber, code]);
    if (seen.size === seen.add(key).size) wrong('code', 'is said twice of the customer');
    const quantity = checkQuantity(text);
    if (quantity.ok) return [{ customerNumber, productCode: code, quantity: quantity.value }];
    wrong('quantity', quantity.faults[0]?.message ?? 'is no quantity');
    return [];
  });
  if (errors.length > 0) throw notValid(errors.slice(0, 100));
  return used;
}

/** What was said last of a month's use. @throws PortalError NOT_FOUND; NOT_OF_THIS_FAMILY */
export async function readCustomerUse(
  portal: Pick<Portal, 'contracts' | 'productCommitments'>,
  caller: Caller,
  contractId: string,
  period: Period,
): Promise<SaidUse> {
  const { contract } = await ownContract(portal, caller, 'sayCustomerUse', contractId);
  refuseFamily(contract, 'LPCAAS');
  return portal.productCommitments.saidUse(contractId, period);
}
