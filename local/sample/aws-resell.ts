import { type BillingOrder, FIRST_LINE_SET } from '../../lambdas/domain/billing-order/billing-order.ts';
import { heldUsage } from '../../lambdas/domain/billing-order/held-usage.ts';
import { addMonths, dayOf, firstDay, type Period, periodsFromTo } from '../../lambdas/domain/calendar/period.ts';
import type { Contract, ContractRevision } from '../../lambdas/domain/contract/contract.ts';
import { costLines } from '../../lambdas/domain/cost-report/cost-lines.ts';
import type { AwsAccount, CostReport } from '../../lambdas/domain/cost-report/cost-report.ts';
import { type ExactCost, exactCost, roundedCosts } from '../../lambdas/domain/cost-report/sum-costs.ts';
import type { BillToAccount, Organization, User } from '../../lambdas/domain/organization/organization.ts';
import type { UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { ImportedContract, ImportedOrder } from '../../lambdas/use-cases/import-programme.ts';
import { type SeededRandom, seededRandom } from '../random.ts';
import { familyOf } from './families.ts';
import { idOf } from './ids.ts';
import { billToAccountOf, contactOf } from './organizations.ts';
import { SKUS } from './price-lists.ts';
import { operatorOf } from './users.ts';

const CONTRACT_NUMBER = '40000901';
const ACCOUNT = '417082653901';
const CONTACT = 'Dolores Whitcomb';

/** Services that are used, and what they cost in the first month, in cents; a discount is given back as a credit. */
const SERVICES = [
  ['AmazonEC2', 'Amazon Elastic Compute Cloud', 412_000],
  ['AmazonRDS', 'Amazon Relational Database Service', 187_500],
  ['AmazonS3', 'Amazon Simple Storage Service', 38_400],
  ['AWSDataTransfer', 'AWS Data Transfer', 21_150],
  ['AWSCredits', 'Partner credits', -15_000],
] as const;

/** What the sample has of AWS Resell. */
export type SampleResell = {
  provider: Organization;
  user: User;
  billToAccount: BillToAccount;
  contract: ImportedContract;
  account: AwsAccount;
  reports: CostReport[];
  orders: ImportedOrder[];
};

/**
 * A service provider dedicated to AWS Resell with one contract, and what AWS has said of its months: the history is billed by
 * AWS, of the open month it has told a part.
 */
export function sampleResell(
  seed: number,
  { aws, vendor, first, latest }: { aws: Organization; vendor: Organization; first: Period; latest: Period },
): SampleResell {
  const provider = dedicated(seed, vendor);
  const billToAccount = billToAccountOf(seed, aws, 'USD');
  const contract = contractOf(seed, { aws, vendor, provider, billToAccount, first });
  const { id: contractId } = contract.contract;
  const parties = { contractId, serviceProviderId: provider.id, aggregatorId: aws.id };
  const random = seededRandom(seed).fork('aws resell');
  const reports = periodsFromTo(first, addMonths(latest, 1)).map((of, month) =>
    reportOf(parties, of, { month, isOpen: of > latest, random: random.fork(of) }),
  );
  return {
    provider,
    user: operatorOf(seed, provider, CONTACT),
    billToAccount,
    contract,
    account: { ...parties, accountId: ACCOUNT, version: 1 },
    reports,
    orders: reports.map((report) => orderOf(seed, contract.contract, report, report.usagePeriod > latest)),
  };
}

function dedicated(seed: number, vendor: Organization): Organization {
  const { taxId: _taxId, ...base } = vendor;
  return {
    ...base,
    id: idOf(seed, 'organization 300901'),
    type: 'SERVICE_PROVIDER',
    name: 'Juniper Ridge Cloud Resale, LLC',
    prmId: '300901',
    region: 'AMER',
    countryRegion: 'US',
    address: ['48 Juniper Ridge Road', 'Boise, ID 83702', 'United States'],
    email: 'billing@juniper-ridge.example',
    awsResell: true,
  };
}

type Parties = {
  aws: Organization;
  vendor: Organization;
  provider: Organization;
  billToAccount: BillToAccount;
  first: Period;
};

function contractOf(seed: number, { aws, vendor, provider, billToAccount, first }: Parties): ImportedContract {
  const id = idOf(seed, `contract ${CONTRACT_NUMBER}`);
  const sku = SKUS.find(({ family }) => family === 'AWS_RESELL');
  if (!sku) throw new Error('the catalogue has no SKU of AWS Resell');
  const from = firstDay(first);
  const contact = ({ email }: Organization, name: string) => {
    const [firstName = '', ...rest] = name.split(' ');
    return { email: email.replace(/^billing@/, 'operations@'), firstName, lastName: rest.join(' ') };
  };
  const contract: Contract = {
    id,
    contractNumber: CONTRACT_NUMBER,
    businessNumber: '1901',
    contractReferenceNumber: 'AMER1901AWS_RESELL',
    serviceProviderId: provider.id,
    aggregatorId: aws.id,
    status: 'ACTIVE',
    region: 'AMER',
    currency: 'USD',
    contacts: {
      serviceProvider: contact(provider, CONTACT),
      aggregator: contact(aws, contactOf(aws)),
      system: contact(vendor, contactOf(vendor)),
    },
    bolDate: from,
    termFrom: from,
    graceTermMonths: 1,
    revision: 1,
    listing: {
      serviceProviderPrmId: provider.prmId,
      aggregatorPrmId: aws.prmId,
      billToAccountNumber: billToAccount.accountNumber,
      skuCode: sku.code,
      contractType: sku.contractType,
      familyType: 'AWS_RESELL',
      familyCode: 'AWS_RESELL',
      familyName: familyOf(seed, 'AWS_RESELL').name,
    },
    billToAccountId: billToAccount.id,
    billingOrderPreference: 'ONLINE',
    vendorPurchaseOrder: '',
    fillPurchaseOrderInMbo: false,
    tags: [],
    delinquent: false,
    requests: 0,
    version: 1,
    lastModifiedTime: `${from}T00:00:00.000Z`,
  };
  const revisions: ContractRevision[] = [{ contractId: id, revision: 1, from, sku }];
  return { contract, revisions };
}

type Costs = { month: number; isOpen: boolean; random: SeededRandom };

// What a month costs more than the one before, and what of an open one is told.
const GROWTH_PERCENT = 4;
const OPEN_PERCENT = 40;

function reportOf(
  parties: Pick<AwsAccount, 'contractId' | 'serviceProviderId' | 'aggregatorId'>,
  usagePeriod: Period,
  { month, isOpen, random }: Costs,
): CostReport {
  const bills = isOpen ? [] : [`INUS${usagePeriod.replace('-', '')}-70${random.int(900) + 100}`];
  const share = (100 + month * GROWTH_PERCENT) * (isOpen ? OPEN_PERCENT : 100);
  const exact = SERVICES.map(([code, name, cents]) => {
    const tenThousandths = Math.trunc((cents * share) / 100) + (cents > 0 ? random.int(9_999) : 0);
    return { code, name, cost: exactCost(`${tenThousandths}E-4`) as ExactCost, bills };
  });
  return {
    ...parties,
    usagePeriod,
    format: 'CUR2',
    accountId: ACCOUNT,
    currency: 'USD',
    rows: 1_200 + random.int(800),
    ...roundedCosts(exact, 'USD'),
    bills,
    isBilled: !isOpen,
    hash: '',
    userId: 'SYSTEM',
    time: `${isOpen ? dayOf(usagePeriod, 3) : dayOf(addMonths(usagePeriod, 1), 4)}T06:00:00.000Z`,
    version: 1,
  };
}

function orderOf(seed: number, contract: Contract, report: CostReport, isOpen: boolean): ImportedOrder {
  const { usagePeriod } = report;
  const id = idOf(seed, `order ${contract.contractNumber} ${usagePeriod}`);
  const lines = costLines(report).map(
    (line): UsageLine => ({
      ...line,
      usagePeriod,
      id: idOf(seed, `line ${line.productCode} of ${id}`),
      prefilled: line.quantity,
    }),
  );
  const order: BillingOrder = {
    id,
    contractId: contract.id,
    contractNumber: contract.contractNumber,
    serviceProviderId: contract.serviceProviderId,
    aggregatorId: contract.aggregatorId,
    usagePeriod,
    revision: 1,
    status: isOpen ? 'NOT_OPEN' : 'PENDING_VENDOR',
    autoReportType: 'AUTOMATED',
    serviceProviderPurchaseOrder: '',
    vendorPurchaseOrder: '',
    billingOrderPreference: 'ONLINE',
    lineSet: FIRST_LINE_SET,
    held: heldUsage(usagePeriod, lines, new Map()),
    lastModifiedTime: report.time,
    version: 1,
  };
  return { order, lines };
}
