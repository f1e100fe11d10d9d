import type { Period } from '../../../../lambdas/domain/calendar/period.ts';
import type { ContractType, FamilyType } from '../../../../lambdas/domain/catalogue/family.ts';
import type { Product } from '../../../../lambdas/domain/catalogue/product.ts';
import type { AwsAccount } from '../../../../lambdas/domain/cost-report/cost-report.ts';
import { pointsPerUnit } from '../../../../lambdas/domain/numbers/amounts.ts';
import type { BillToAccount, Organization } from '../../../../lambdas/domain/organization/organization.ts';
import type { ImportedContract, ImportedCustomer, Programme } from '../../../../lambdas/use-cases/import-programme.ts';
import { plainId } from '../../plain-programme.ts';
import { yearContract } from '../year-contract.ts';
import { tellCloud } from './cloud.ts';
import { tellDeliveries } from './deliveries.ts';
import { type FedStory, fedCustomer, type Tale } from './fed-story.ts';
import { FED_PRODUCTS } from './offer.ts';
import { tellPrivateCloud } from './private-cloud.ts';
import { accountOf, tellResell } from './resell.ts';
import { tellVeloOrders } from './velo-orders.ts';

type FedKind = { family: FamilyType; contractType: ContractType };

/** Contracts of all families and types whose usage others tell: each provider has one, in turn. */
const KINDS: readonly FedKind[] = [
  { family: 'MSP', contractType: 'PAY-GO' },
  { family: 'VELO', contractType: 'PAY-GO' },
  { family: 'GSS', contractType: 'PAY-GO' },
  { family: 'LPCAAS', contractType: 'PAY-GO' },
  { family: 'AWS_RESELL', contractType: 'PAY-GO' },
  { family: 'MSP', contractType: 'CUSTOM' },
  { family: 'SRV', contractType: 'CUSTOM' },
  { family: 'LPCAAS', contractType: 'CUSTOM' },
  { family: 'MSP', contractType: 'PRE-PAY' },
  { family: 'SRV', contractType: 'PAY-GO' },
  { family: 'GSS', contractType: 'CUSTOM' },
];
const CUSTOMERS_OF_LPCAAS = 2;
const AWS = plainId(2, 999);

const kindOf = (n: number): FedKind => KINDS[n % KINDS.length] as FedKind;

/** What happens to the n-th of them. */
export function tellFed(tale: Tale): FedStory {
  const { family, contractType } = kindOf(tale.n);
  const kind = { isNegotiated: contractType !== 'PAY-GO' };
  if (family === 'GSS' || family === 'SRV') return tellDeliveries(tale, family);
  if (family === 'MSP') return tellCloud(tale, kind);
  if (family === 'LPCAAS') return tellPrivateCloud(tale, kind);
  return family === 'VELO' ? tellVeloOrders(tale) : tellResell(tale);
}

type FedProgramme = {
  contracts: ImportedContract[];
  organizations: Organization[];
  billToAccounts: BillToAccount[];
  products: Product[];
  customers: ImportedCustomer[];
  awsAccounts: AwsAccount[];
};

/**
 * Contracts, and all parties of the plain programme with those that AWS Resell needs: AWS, and service providers of their own.
 * @param plain contracts to be made others; the n-th becomes the n-th provider's
 */
export function fedProgramme(
  first: Period,
  plain: readonly ImportedContract[],
  { organizations = [], billToAccounts = [] }: Pick<Programme, 'organizations' | 'billToAccounts'>,
): FedProgramme {
  const contracts = plain.map((imported, n) => withParties(yearContract(imported, first, kindOf(n)), n));
  const ofAws = contracts.filter(({ contract }) => contract.listing.familyType === 'AWS_RESELL');
  const dedicated = new Set(ofAws.map(({ contract }) => contract.serviceProviderId));
  const aggregator = organizations.find(({ type }) => type === 'AGGREGATOR') as Organization;
  const aws = { ...aggregator, id: AWS, name: 'Amazon Web Services', prmId: '2999999', awsResell: true };
  return {
    contracts,
    organizations: [
      ...organizations.map((each) => (dedicated.has(each.id) ? { ...each, awsResell: true } : each)),
      ...(ofAws.length > 0 ? [aws] : []),
    ],
    billToAccounts: [
      ...billToAccounts,
      ...ofAws.map(({ contract }, at) => ({
        ...(billToAccounts[0] as BillToAccount),
        ...{
          id: contract.billToAccountId,
          aggregatorId: AWS,
          accountNumber: String(30_000 + at),
          currency: contract.currency,
        },
      })),
    ],
    products: FED_PRODUCTS.map(({ code, family, uom, pointsPerUnit: ppu = '0' }) => ({
      ...{
        id: `product-${code}`,
        code,
        name: code,
        category: 'Services',
        family,
        uom,
        pointsPerUnit: pointsPerUnit(ppu),
      },
    })),
    customers: contracts.flatMap((imported, n) => customersOf(imported, n)),
    awsAccounts: contracts.flatMap(({ contract: { id: contractId, serviceProviderId, aggregatorId, listing } }, n) =>
      listing.familyType === 'AWS_RESELL'
        ? [{ contractId, serviceProviderId, aggregatorId, accountId: accountOf(n), version: 1 }]
        : [],
    ),
  };
}

/** It is the n-th provider's; AWS Resell is with AWS, of an organization of its own. */
function withParties(imported: ImportedContract, n: number): ImportedContract {
  const { contract } = imported;
  const parties =
    contract.listing.familyType === 'AWS_RESELL'
      ? { aggregatorId: AWS, billToAccountId: plainId(4, 9_000 + n) }
      : {
          serviceProviderId: plainId(3, n),
          listing: { ...contract.listing, serviceProviderPrmId: `3${String(n).padStart(6, '0')}` },
        };
  return { ...imported, contract: { ...contract, ...parties } };
}

function customersOf({ contract }: ImportedContract, n: number): ImportedCustomer[] {
  const { id: contractId, serviceProviderId, lastModifiedTime, listing } = contract;
  if (listing.familyType !== 'LPCAAS') return [];
  return Array.from({ length: CUSTOMERS_OF_LPCAAS }, (_, place) => {
    const customer = { ...fedCustomer(n, place), serviceProviderId };
    const { id: customerId, customerNumber } = customer;
    return {
      customer,
      kept: [{ contractId, customerId, customerNumber, labels: [], siso: {}, lastModifiedTime, version: 1 }],
    };
  });
}
