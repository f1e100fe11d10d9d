import { addMonths, dateOf, type Period, type PlainDate } from '../domain/calendar/period.ts';
import { latestClosablePeriod, type ProgrammeCalendar } from '../domain/calendar/programme-calendar.ts';
import type { PriceList } from '../domain/catalogue/price-list.ts';
import type { Contract, ContractRevision } from '../domain/contract/contract.ts';
import type { ContractRequest } from '../domain/contract-request/request.ts';
import type { BillToAccount, Organization } from '../domain/organization/organization.ts';
import type { PrepaymentBalance } from '../domain/prepayment/ledger.ts';
import type { CatalogueVersion } from './ports/catalogue.ts';
import type { RunKey } from './ports/closes.ts';
import type { Portal } from './ports/portal.ts';

export type ContextPortal = Pick<
  Portal,
  'settings' | 'organizations' | 'catalogue' | 'contracts' | 'contractRequests' | 'prepayments' | 'closes'
>;

/** The programme as it stands when a contract is made or changed. */
export type ProgrammeFacts = {
  catalogue: CatalogueVersion;
  priceLists: readonly PriceList[];
  today: PlainDate;
  /** The last period in which nothing can begin any more: the latest that a close was started for. */
  frozenUntil: Period | undefined;
  /** The close claimed last when this was read; see `noneClaimedSince`. */
  lastClaimed: RunKey | undefined;
};

/** Everything the rules of contract requests ask about a contract, read at one moment. */
export type ContractContext = ProgrammeFacts & {
  contract: Contract;
  revisions: readonly ContractRevision[];
  /** All of the contract, oldest first. */
  requests: readonly ContractRequest[];
  serviceProvider: Organization;
  aggregator: Organization;
  billToAccount: BillToAccount | undefined;
  balance: PrepaymentBalance;
};

// What begins further back than a year makes more billing orders than one transaction takes, and is a mistake.
const MONTHS_BACK = 12;

/** What is in force, valid and frozen at a moment. */
export async function programmeFacts(
  portal: Pick<Portal, 'settings' | 'catalogue' | 'closes'>,
  now: Date,
): Promise<ProgrammeFacts> {
  // Read first: a close that is claimed after it is found out when the change is committed.
  const lastClaimed = await portal.closes.lastClaimed();
  const [catalogue, priceLists, closes] = await Promise.all([
    portal.catalogue.current(),
    portal.catalogue.priceLists(),
    portal.closes.periods(),
  ]);
  const frozenUntil = frozenPeriod(
    closes.map(({ period }) => period),
    now,
    portal.settings.calendar,
  );
  return { catalogue, priceLists, today: dateOf(now), frozenUntil, lastClaimed };
}

function frozenPeriod(closed: readonly Period[], now: Date, calendar: ProgrammeCalendar): Period {
  const longAgo = addMonths(latestClosablePeriod(now, calendar), -MONTHS_BACK);
  return closed.reduce((latest, period) => (period > latest ? period : latest), longAgo);
}

/** Loads what the checks of requests and their effects need; undefined when there is no such contract. */
export async function contractContext(
  portal: ContextPortal,
  contractId: string,
  now: Date,
): Promise<ContractContext | undefined> {
  const [found, requests, balance, facts] = await Promise.all([
    portal.contracts.get(contractId),
    portal.contractRequests.ofContract(contractId),
    portal.prepayments.balance(contractId),
    programmeFacts(portal, now),
  ]);
  if (!found) return undefined;
  const { serviceProviderId, aggregatorId, billToAccountId } = found.contract;
  const [serviceProvider, aggregator, billToAccount] = await Promise.all([
    portal.organizations.get(serviceProviderId),
    portal.organizations.get(aggregatorId),
    portal.organizations.billToAccount(aggregatorId, billToAccountId),
  ]);
  if (!serviceProvider || !aggregator) throw new Error(`a party of contract ${contractId} does not exist`);
  return { ...facts, ...found, requests, serviceProvider, aggregator, billToAccount, balance };
}
