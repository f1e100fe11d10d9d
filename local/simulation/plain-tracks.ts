import { addMonths, type Period, periodsFromTo } from '../../lambdas/domain/calendar/period.ts';
import { type ContractType, type FamilyType, isPointsFamily } from '../../lambdas/domain/catalogue/family.ts';
import { type ContractSku, ONE_UNIT } from '../../lambdas/domain/catalogue/price-list.ts';
import type { Contract } from '../../lambdas/domain/contract/contract.ts';
import type { CustomerCommitment } from '../../lambdas/domain/customer-commitment/customer-commitment.ts';
import { percent, points, pointsPerUnit, sum } from '../../lambdas/domain/numbers/amounts.ts';
import type { LinePrice, LineSource, UsageLine } from '../../lambdas/domain/usage/usage-line.ts';
import type { ImportedCustomer } from '../../lambdas/use-cases/import-programme.ts';

/** What a contract is of: a family, or Term beside RENTAL. */
export type PlainTrack = FamilyType | 'TERM';

const TRACKS: Readonly<Record<ContractType, readonly PlainTrack[]>> = {
  'PAY-GO': ['MSP', 'VELO', 'GSS', 'LPCAAS', 'SRV', 'AWS_RESELL', 'ISV', 'TERM', 'RENTAL_MAAS'],
  CUSTOM: ['SOV', 'LPCAAS', 'MSP', 'GSS', 'SRV', 'ISV', 'RENTAL_MAAS'],
  'PRE-PAY': ['SOV', 'MSP', 'RENTAL_MAAS', 'ISV'],
};

// Of sixteen contracts these are of RENTAL in a programme of all tracks, too.
const RENTAL: ReadonlySet<number> = new Set([0, 2, 4, 6]);

/** The track of the n-th contract, of a type, in a programme of all tracks. @param turn with which of them it begins */
export function trackOf(n: number, contractType: ContractType, turn: number): PlainTrack {
  if (RENTAL.has(n % 16)) return 'RENTAL';
  const tracks = TRACKS[contractType];
  // Of four contracts two are PAY-GO.
  const place = contractType === 'PAY-GO' ? 2 * Math.floor(n / 4) + (n % 4) - 1 : Math.floor(n / 4);
  return tracks[(place + turn + tracks.length) % tracks.length] as PlainTrack;
}

export const familyOf = (track: PlainTrack): FamilyType => (track === 'TERM' ? 'RENTAL' : track);
export const isInMoney = (track: PlainTrack): boolean => !isPointsFamily(familyOf(track));

const WITHOUT_MINIMUM: ReadonlySet<PlainTrack> = new Set(['VELO', 'LPCAAS', 'AWS_RESELL']);

export function skuOf(contractType: ContractType, track: PlainTrack): ContractSku {
  const isPaygo = contractType === 'PAY-GO';
  return {
    code: track === 'RENTAL' ? `PLAIN-${contractType}` : `PLAIN-${track}-${contractType}`,
    contractType,
    family: familyOf(track),
    minimumPoints: points(isPaygo && !WITHOUT_MINIMUM.has(track) ? '1800' : '0'),
    ...(track === 'TERM' && { kind: 'TERM' }),
  };
}

/** The SKUs of all tracks, those of RENTAL first. */
export const allSkus = (): ContractSku[] =>
  (['PAY-GO', 'CUSTOM', 'PRE-PAY'] as const).flatMap((type) =>
    (['RENTAL', ...TRACKS[type]] as const).map((track) => skuOf(type, track)),
  );

/** What a line has beside its product and quantity by the way that its usage comes. @param listed its price by the list */
export function ofTrack(track: PlainTrack, line: UsageLine, n: number, listed: LinePrice): UsageLine {
  if (track === 'SOV') return n % 3 === 2 ? line : { ...line, customerNumber: plainCustomer(0).customerNumber };
  if (track === 'GSS' || track === 'SRV') return fed(line, { deliveryNumber: `SD-${n}` });
  if (!isInMoney(track)) return line;
  const priced = { ...line, pointsPerUnit: pointsPerUnit('0'), price: listed };
  const agreed = { ...priced, price: { ...listed, from: 'SOURCE' } } as const;
  if (track === 'VELO') return fed({ ...agreed, inMinCommit: true }, { sid: 'SID-1', orderNumber: `VO-${n}` });
  if (track === 'AWS_RESELL') {
    const price = { ...agreed.price, unitPrice: ONE_UNIT, discount: percent('0') };
    return fed({ ...agreed, price, inMinCommit: true }, { invoiceNumber: 'BILL-1' });
  }
  return track === 'LPCAAS' && n === 0 ? fed(agreed, { commitmentId: 'commitment' }) : fed(priced, undefined);
}

function fed(line: UsageLine, source: LineSource | undefined): UsageLine {
  return { ...line, origin: 'FEED', prefilled: line.quantity, ...(source && { source }) };
}

/** A customer of SOV contracts: the first uses something, the other nothing; both have committed to a minimum. */
const plainCustomer = (n: number) => ({ customerId: `customer-${n}`, customerNumber: String(7_000_000_000 + n) });
const CUSTOMERS = [0, 1];
const CUSTOMER_MINIMUM = points('75.5');

export function* customersOf(contracts: Iterable<{ contract: Contract }>): Generator<ImportedCustomer> {
  for (const { contract } of sovereign(contracts)) {
    const { id: contractId, serviceProviderId, lastModifiedTime } = contract;
    for (const n of CUSTOMERS) {
      const { customerId, customerNumber } = plainCustomer(n);
      const address = { address1: '1 Main Street', countryRegion: 'DE', postalCode: '20095' };
      yield {
        customer: {
          ...{ id: customerId, customerNumber, serviceProviderId, name: `Customer ${n}`, ...address },
          ...{ lastModifiedTime, version: 1 },
        },
        kept: [{ contractId, customerId, customerNumber, labels: [], siso: {}, lastModifiedTime, version: 1 }],
      };
    }
  }
}

/** From half a year before a period to half a year after it. */
export function* commitmentsOf(
  contracts: Iterable<{ contract: Contract }>,
  period: Period,
): Generator<CustomerCommitment> {
  const [from, until] = [addMonths(period, -6), addMonths(period, 6)];
  const months = periodsFromTo(from, until);
  for (const { contract } of sovereign(contracts)) {
    const { id: contractId, contractNumber, serviceProviderId, aggregatorId, lastModifiedTime } = contract;
    for (const n of CUSTOMERS) {
      yield {
        ...{ id: `commitment-${n}-${contractNumber}`, contractId, contractNumber, serviceProviderId, aggregatorId },
        ...plainCustomer(n),
        ...{ name: 'As agreed', from, until, commitment: sum(months.map(() => CUSTOMER_MINIMUM)) },
        minCommits: Object.fromEntries(months.map((month) => [month, CUSTOMER_MINIMUM])),
        ...{ status: 'ACTIVE', createdTime: lastModifiedTime, lastModifiedTime, version: 1 },
      };
    }
  }
}

function* sovereign(contracts: Iterable<{ contract: Contract }>) {
  for (const each of contracts) if (each.contract.listing.familyType === 'SOV') yield each;
}
