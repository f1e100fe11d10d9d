import { plainDate } from '../../lambdas/domain/calendar/period.ts';
import { quarterOf } from '../../lambdas/domain/deal/fiscal-quarter.ts';
import type { FunctionDefinition } from '../../lambdas/manifest/functions/function.ts';
import { type FunctionName, functions } from '../../lambdas/manifest/functions.ts';
import { tablePorts } from '../../lambdas/runtime/all-ports.ts';
import { openTable } from '../../lambdas/stores/table.ts';
import { askForSwap } from '../../lambdas/use-cases/ask-for-swap.ts';
import { changeRebateSheet } from '../../lambdas/use-cases/keep-rebate-sheet.ts';
import { moveDeal } from '../../lambdas/use-cases/move-deal.ts';
import { listDeals, readDealHistory } from '../../lambdas/use-cases/read-deals.ts';
import { listRebates } from '../../lambdas/use-cases/read-rebates.ts';
import { findSwap } from '../../lambdas/use-cases/read-swaps.ts';
import { registerDeal } from '../../lambdas/use-cases/register-deal.ts';
import { runDealDay } from '../../lambdas/use-cases/run-deal-day.ts';
import { takeOverContract } from '../../lambdas/use-cases/take-over-contract.ts';
import { withdrawSwap } from '../../lambdas/use-cases/withdraw-swap.ts';
import { openLocalClient } from '../../local/dynamodb/client.ts';
import { openMeterPortal } from '../support/meter-portal.ts';
import { TABLE_NAME } from '../support/portal-parts.ts';
import { recordingRights } from '../support/recording-rights.ts';

const QUERY = { limit: 20, offset: 0 };
const SP = {
  userId: 'ada',
  organizationId: 'SP-1',
  organizationType: 'SERVICE_PROVIDER',
  roles: ['Operations'],
} as const;
const AGGREGATOR = {
  userId: 'bob',
  organizationId: 'AGG-1',
  organizationType: 'AGGREGATOR',
  roles: ['Deal Administrator', 'Operations'],
} as const;
const VENDOR = { ...SP, organizationId: 'VENDOR', organizationType: 'VENDOR' } as const;

let opened: Awaited<ReturnType<typeof openMeterPortal>>;
beforeEach(async () => {
  opened = await openMeterPortal();
});
afterEach(() => opened.close());

/** The portal as a function has it, and the rights it has used that it hasn't. */
function portalOf(name: FunctionName) {
  const used = new Set<string>();
  const client = openLocalClient(recordingRights(opened.database.requestHandler, used));
  const { rights }: FunctionDefinition = functions[name];
  return {
    portal: { ...opened.portal, ...tablePorts(openTable(client, TABLE_NAME)) },
    lacking: () => [...used].filter((right) => !rights.table?.includes(right)),
  };
}

test('deals and rebates need no right that their functions have not', async () => {
  const { contractId } = opened;
  const now = opened.clock.time;
  const api = portalOf('dealsApi');
  const asked = {
    productSKU: 'CORE',
    projectedDealValue: '5',
    expectedCloseDate: plainDate('2030-01-01'),
    serviceProviderContact: 'a@person.example',
    aggregatorSalesContactLead: 'a@person.example',
    aggregatorManager: 'a@person.example',
  };
  await registerDeal(api.portal, { caller: AGGREGATOR, contractId, dealId: 'deal-1', now }, asked);
  const change = { dealId: 'deal-1', now, ifMatch: undefined };
  await moveDeal(api.portal, 'submit', { ...change, caller: AGGREGATOR });
  await moveDeal(api.portal, 'approve', { ...change, caller: VENDOR });
  const quarter = quarterOf(plainDate(now.toISOString().slice(0, 10)));
  await changeRebateSheet(api.portal, { caller: VENDOR, quarter, now, ifMatch: undefined }, []);
  expect((await listDeals(api.portal, AGGREGATOR, QUERY)).total).toBe(1);
  expect((await readDealHistory(api.portal, AGGREGATOR, 'deal-1', QUERY)).total).toBe(3);
  expect((await listRebates(api.portal, 'AGG-1', quarter, QUERY)).total).toBe(0);
  expect(api.lacking()).toEqual([]);
  const job = portalOf('dealDay');
  opened.clock.time = new Date(now.getTime() + 181 * 86_400_000);
  expect(await runDealDay(job.portal)).toEqual({ closed: 1, failures: [] });
  expect(job.lacking()).toEqual([]);
});

test('changes of aggregators need no right that their function has not', async () => {
  const { contractId } = opened;
  const now = opened.clock.time;
  await opened.addOrganization('AGG-9', 'AGGREGATOR');
  await opened.addBillToAccount('AGG-9');
  const aggregatorPrmId = (await opened.portal.organizations.get('AGG-9'))?.prmId ?? '';
  const { portal, lacking } = portalOf('aggregatorSwapsApi');
  const effectiveDate = '2026-12-01';
  const { newId } = portal;
  const { contract } = await askForSwap(portal, { caller: SP, contractId, now, newId, aggregatorPrmId, effectiveDate });
  const caller = { ...AGGREGATOR, organizationId: 'AGG-9' };
  await takeOverContract(
    portal,
    { caller, contractId: contract.id, now },
    {
      aggregatorContact: 'a@person.example',
      billToAccountId: 'account-of-AGG-9',
      vendorPurchaseOrder: 'PO-1',
      billingOrderPreference: 'EDI',
    },
  );
  expect((await findSwap(portal, SP, contractId)).request.status).toBe('PENDING_APPROVAL');
  await withdrawSwap(portal, { caller: SP, contractId, now });
  expect(lacking()).toEqual([]);
});
