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

const POINTS_FAMILIES: ReadonlySet<FamilyType> = new Set(['RENTAL', 'RENTAL_MAAS', 'ISV', 'SOV', 'GSS', 'SRV']);

/** Whether the family is charged in points; the others are charged in money. */
export function isPointsFamily(type: FamilyType): boolean {
  return POINTS_FAMILIES.has(type);
}
