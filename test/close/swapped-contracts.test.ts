import { period } from '../../lambdas/domain/calendar/period.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import { askForSwap } from '../../lambdas/use-cases/ask-for-swap.ts';
import { decideRequest } from '../../lambdas/use-cases/decide-request.ts';
import { takeOverContract } from '../../lambdas/use-cases/take-over-contract.ts';
import { type ClosePortal, executeRun, OCTOBER, openClosePortal, PLAIN } from '../support/close-portal.ts';

const NOVEMBER = period('2026-11');
const ROLES = ['Operations'] as const;

let opened: ClosePortal;
beforeAll(async () => {
  opened = await openClosePortal(PLAIN);
});
afterAll(() => opened.close());

/** A contract goes to another aggregator from 1 November on; its number there. */
async function swap(contract: Contract): Promise<string> {
  const { portal, programme } = opened;
  const now = opened.clock.time;
  const to = programme.organizations?.find(({ type, id }) => type === 'AGGREGATOR' && id !== contract.aggregatorId);
  const account = programme.billToAccounts?.find(
    ({ aggregatorId, currency }) => aggregatorId === to?.id && currency === contract.currency,
  );
  if (!to || !account) throw new Error('there is no other aggregator');
  const provider = {
    userId: 'ada',
    organizationId: contract.serviceProviderId,
    organizationType: 'SERVICE_PROVIDER',
    roles: ROLES,
  } as const;
  const { contract: taken, request } = await askForSwap(portal, {
    caller: provider,
    contractId: contract.id,
    now,
    newId: portal.newId,
    aggregatorPrmId: to.prmId,
    effectiveDate: '2026-11-01',
  });
  const aggregator = { ...provider, organizationId: to.id, organizationType: 'AGGREGATOR' } as const;
  await takeOverContract(
    portal,
    { caller: aggregator, contractId: taken.id, now },
    {
      aggregatorContact: 'agg@person.example',
      billToAccountId: account.id,
      vendorPurchaseOrder: 'PO-1',
      billingOrderPreference: 'EDI',
    },
  );
  const vendor = { ...provider, organizationId: 'VENDOR', organizationType: 'VENDOR' } as const;
  await decideRequest(portal, 'approve', { caller: vendor, requestId: request.id, comment: '', now });
  return taken.contractNumber;
}

async function close(of: typeof OCTOBER, at: string): Promise<void> {
  opened.clock.time = new Date(at);
  const { result } = await executeRun(opened, await opened.start('CLOSE', of));
  expect(result.status).toBe('SUCCEEDED');
}

/** Aggregators that a month of a contract was invoiced to. */
async function billed(of: typeof OCTOBER, contractNumber: string): Promise<string[]> {
  const rows = await opened.portal.invoices.ofPeriod(of);
  return rows.filter((row) => row.contractNumber === contractNumber).map(({ aggregatorId }) => aggregatorId);
}

test('with no job but the close, each month of a contract is invoiced once: there until it has gone, here from then on', async () => {
  opened.clock.time = new Date('2026-10-20T09:00:00Z');
  const contracts = [...(opened.programme.contracts ?? [])].map(({ contract }) => contract);
  const swapped = new Map<Contract, string>();
  for (const contract of contracts) {
    const balance = await opened.portal.prepayments.balance(contract.id);
    if (balance.points === 0n) swapped.set(contract, await swap(contract));
  }
  expect(swapped.size).toBeGreaterThan(3);
  await close(OCTOBER, '2026-11-10T02:00:00Z');
  await close(NOVEMBER, '2026-12-10T02:00:00Z');

  for (const contract of contracts) {
    const { contractNumber, aggregatorId, id } = contract;
    const number = swapped.get(contract);
    const october = await billed(OCTOBER, contractNumber);
    // One contract of the programme has neither a minimum nor usage.
    if (october.length > 0) expect([contractNumber, october]).toEqual([contractNumber, [aggregatorId]]);
    const there = await billed(NOVEMBER, contractNumber);
    if (number === undefined) continue;
    expect([contractNumber, there]).toEqual([contractNumber, []]);
    expect(await billed(OCTOBER, number)).toEqual([]);
    const { swappedTo = '' } = (await opened.portal.contracts.get(id))?.contract ?? {};
    const taken = (await opened.portal.contracts.get(swappedTo))?.contract;
    expect(taken).toMatchObject({ status: 'ACTIVE', bolDate: '2026-11-01', contractNumber: number });
    const here = await billed(NOVEMBER, number);
    if (october.length > 0) expect([number, here]).toEqual([number, [taken?.aggregatorId]]);
  }
});
