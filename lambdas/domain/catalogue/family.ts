/** Product families and how each is charged (table of domain.md §5). */
export const FAMILY_TYPES = [
  'RENTAL',
  'RENTAL_MAAS',
  'ISV',
  'SOV',
  'GSS',
  'SRV',
  'MSP',
  'VELO',
  'LPCAAS',
  'AWS_RESELL',
] as const;
export type FamilyType = (typeof FAMILY_TYPES)[number];

export const CONTRACT_TYPES = ['PAY-GO', 'PRE-PAY', 'CUSTOM'] as const;
export type ContractType = (typeof CONTRACT_TYPES)[number];

/** A product family of the programme; there is at most one of each type. */
export type ProductFamily = {
  /** UUID. */
  id: string;
  code: string;
  name: string;
  description: string;
  type: FamilyType;
};

const POINTS_FAMILIES: ReadonlySet<FamilyType> = new Set(['RENTAL', 'RENTAL_MAAS', 'ISV', 'SOV', 'GSS', 'SRV']);

/** Whether the family is charged in points; the others are charged in money. */
export function isPointsFamily(type: FamilyType): boolean {
  return POINTS_FAMILIES.has(type);
}

/** What a family's minimums, prepayments and usage are counted in. */
export const FAMILY_UNITS = ['POINTS', 'MONEY'] as const;

export function unitOf(type: FamilyType): (typeof FAMILY_UNITS)[number] {
  return isPointsFamily(type) ? 'POINTS' : 'MONEY';
}

/** The contract types each family has (table of domain.md §5). */
export const CONTRACT_TYPES_OF: Readonly<Record<FamilyType, readonly ContractType[]>> = {
  RENTAL: CONTRACT_TYPES,
  RENTAL_MAAS: CONTRACT_TYPES,
  ISV: CONTRACT_TYPES,
  SOV: ['PRE-PAY', 'CUSTOM'],
  GSS: ['PAY-GO', 'CUSTOM'],
  SRV: ['PAY-GO', 'CUSTOM'],
  MSP: CONTRACT_TYPES,
  VELO: ['PAY-GO'],
  LPCAAS: ['PAY-GO', 'CUSTOM'],
  AWS_RESELL: ['PAY-GO'],
};

/** Term contracts are RENTAL contracts beside the usual ones: certain products are billed on them alone. */
export const CONTRACT_KINDS = ['TERM'] as const;
export type ContractKind = (typeof CONTRACT_KINDS)[number];

/** What a contract and the products billed on it have in common: the family, within RENTAL Term contracts apart. */
export function trackOf(family: FamilyType, kind: ContractKind | undefined): FamilyType | ContractKind {
  return kind ?? family;
}

const REPORTED_BY_PROVIDER: ReadonlySet<FamilyType> = new Set(['RENTAL', 'RENTAL_MAAS', 'ISV', 'SOV']);

/** Whether the service provider writes the family's usage; that of the others comes from elsewhere (table of domain.md §5). */
export function isReportedByProvider(type: FamilyType): boolean {
  return REPORTED_BY_PROVIDER.has(type);
}

/** Whether a service provider may see what the family's usage costs (domain.md §7). */
export function showsPricesToProvider(type: FamilyType): boolean {
  return type === 'MSP' || type === 'VELO';
}
