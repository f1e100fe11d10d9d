import { METERING_RULES } from '../metering/rules.ts';
import {
  NO_SPLIT,
  PERCENT_SCALE,
  type Percent,
  POINTS_PER_UNIT_SCALE,
  type PointsPerUnit,
  percent,
  points,
  QUANTITY_SCALE,
  type Quantity,
  SPLIT_SCALE,
  type Split,
} from '../numbers/amounts.ts';
import { METERED_FAMILIES } from '../usage-meter/usage-meter.ts';
import type { OrderableSku } from './catalogue.ts';
import { checkTiers } from './check-tiers.ts';
import { fieldsOf, isCode } from './entry-fields.ts';
import {
  CONTRACT_KINDS,
  CONTRACT_TYPES,
  CONTRACT_TYPES_OF,
  type ContractKind,
  FAMILY_TYPES,
  type FamilyType,
  isPointsFamily,
  type ProductFamily,
} from './family.ts';
import type { FamilyEntry, LoadFault, LoadPath, ProductEntry, SkuEntry, TierEntry } from './load.ts';
import type { Product, Tier } from './product.ts';

/** Family types by the code of their family; undefined for a family of this load that is itself wrong. */
export type FamilyTypes = ReadonlyMap<string, FamilyType | undefined>;

const MOST_DESCRIPTION = 500;
const MOST_NAME = 200;
const MOST_TERM_MONTHS = 120;
const MOST_COMMIT = 1_000_000_000;
const MOST_TIERS = 50;
const MOST_REPLACED = 50;
// domain.md §5: VELO none, LPCAAS only where it is negotiated; AWS bills AWS_RESELL itself.
const WITHOUT_MINIMUM: readonly FamilyType[] = ['VELO', 'LPCAAS', 'AWS_RESELL'];
const FULL_DISCOUNT = percent('100');

/** The family an entry says, undefined after adding what is wrong with it to the faults. */
export function readFamily(
  entry: FamilyEntry,
  path: LoadPath,
  faults: LoadFault[],
): Omit<ProductFamily, 'id'> | undefined {
  const fields = fieldsOf(entry, path, faults);
  if (fields.has('id')) fields.uuid('id');
  const code = fields.code('code');
  const name = fields.name('name', MOST_NAME);
  const description = fields.has('description') ? fields.name('description', MOST_DESCRIPTION) : '';
  const type = fields.oneOf('type', FAMILY_TYPES);
  if (!code || !name || description === undefined || !type || fields.failed()) return undefined;
  return { code, name, description, type };
}

/** The SKU an entry says: contract type and minimum as its family has them (domain.md §5), paid by the month. */
export function readSku(
  entry: SkuEntry,
  path: LoadPath,
  families: FamilyTypes,
  faults: LoadFault[],
): Omit<OrderableSku, 'id'> | undefined {
  const fields = fieldsOf(entry, path, faults);
  if (fields.has('id')) fields.uuid('id');
  const code = fields.code('code');
  const family = familyOf(fields, entry.family, families);
  const contractType = fields.oneOf('contractType', CONTRACT_TYPES);
  const bolDate = fields.month('bolDate');
  const eolDate = fields.has('eolDate') ? fields.month('eolDate') : undefined;
  const termMonths = fields.whole('term', 1, MOST_TERM_MONTHS);
  const minimum = fields.has('minCommit') ? fields.whole('minCommit', 0, MOST_COMMIT) : 0;
  const discount = fields.has('discount') ? fields.decimal<Percent>('discount', PERCENT_SCALE) : percent('0');
  const commitValue = fields.has('commitValue') ? fields.whole('commitValue', 0, MOST_COMMIT) : 0;
  const kind = readKind(fields, family);
  if (entry.commitType === 'ANNUAL')
    fields.refuse('commitType', "ANNUAL isn't taken: there is no rule to charge it by");
  else if (fields.has('commitType')) fields.oneOf('commitType', ['MONTHLY']);

  if (bolDate && eolDate && eolDate < bolDate) fields.refuse('eolDate', 'is before bolDate');
  if (family && contractType && !CONTRACT_TYPES_OF[family].includes(contractType)) {
    fields.refuse('contractType', `must be one of ${CONTRACT_TYPES_OF[family].join(', ')} in this family`);
  }
  if (minimum && contractType && contractType !== 'PAY-GO') {
    fields.refuse('minCommit', `must be 0: ${contractType} contracts have minimums of their own`);
  } else if (minimum && family && WITHOUT_MINIMUM.includes(family)) {
    fields.refuse('minCommit', 'must be 0: PAY-GO contracts of this family have no minimum');
  }
  if (discount !== undefined && discount > FULL_DISCOUNT) fields.refuse('discount', 'must be at most 100');
  else if (discount && contractType === 'PAY-GO') fields.refuse('discount', 'must be 0: PAY-GO has no discount');

  if (!code || !family || !contractType || !bolDate || !termMonths || fields.failed()) return undefined;
  return {
    code,
    family,
    contractType,
    minimumPoints: points(String(minimum ?? 0)),
    bolDate,
    ...(eolDate && { eolDate }),
    termMonths,
    discount: discount ?? percent('0'),
    commitType: 'MONTHLY',
    commitValue: commitValue ?? 0,
    ...(kind && { kind }),
  };
}

/** The product an entry says; one of a family charged in money counts no points. */
export function readProduct(
  entry: ProductEntry,
  path: LoadPath,
  families: FamilyTypes,
  faults: LoadFault[],
): Omit<Product, 'id'> | undefined {
  const fields = fieldsOf(entry, path, faults);
  if (fields.has('id')) fields.uuid('id');
  const code = fields.code('code');
  const name = fields.name('name', MOST_NAME);
  const category = fields.name('category', MOST_NAME);
  const family = familyOf(fields, entry.family, families);
  const uom = fields.name('uom', 40);
  const inMoney = family !== undefined && !isPointsFamily(family);
  const ppu =
    inMoney && !fields.has('ppu') ? (0n as PointsPerUnit) : fields.decimal<PointsPerUnit>('ppu', POINTS_PER_UNIT_SCALE);
  const minQuantity = fields.has('minQuantity') ? fields.decimal<Quantity>('minQuantity', QUANTITY_SCALE) : undefined;
  const tiers = entry.tiers && readTiers(entry.tiers, path, faults);
  const metering = fields.has('metering') ? fields.oneOf('metering', METERING_RULES) : undefined;
  const replaces = entry.replaces?.length ? entry.replaces : undefined;
  const kind = readKind(fields, family);
  if (metering && family && !METERED_FAMILIES.has(family))
    fields.refuse('metering', 'must be absent: no usage meter reports for the family');
  refuseReplaced(fields, code, replaces, metering !== undefined);
  if (inMoney && ppu) fields.refuse('ppu', 'must be 0 or absent: the family is charged in money');
  if (inMoney && tiers) fields.refuse('tiers', 'must be absent: the family is charged in money');

  if (!code || !name || !category || !family || !uom || ppu === undefined || fields.failed()) return undefined;
  return {
    code,
    name,
    category,
    family,
    uom,
    pointsPerUnit: ppu,
    ...(tiers && { tiers }),
    ...(minQuantity !== undefined && { minQuantity }),
    ...(metering && { metering }),
    ...(replaces && { replaces }),
    ...(kind && { kind }),
  };
}

/** Term contracts, and products billed on them alone, are of RENTAL. */
function readKind(
  fields: ReturnType<typeof fieldsOf<SkuEntry | ProductEntry>>,
  family: FamilyType | undefined,
): ContractKind | undefined {
  const kind = fields.has('kind') ? fields.oneOf('kind', CONTRACT_KINDS) : undefined;
  return kind && family && family !== 'RENTAL' ? fields.refuse('kind', 'is of the family RENTAL alone') : kind;
}

function refuseReplaced(
  fields: ReturnType<typeof fieldsOf<ProductEntry>>,
  code: string | undefined,
  replaces: readonly string[] = [],
  metered: boolean,
): void {
  const refuse = (message: string) => fields.refuse('replaces', message);
  if (replaces.length > MOST_REPLACED) refuse(`must be at most ${MOST_REPLACED}`);
  if (!replaces.every(isCode)) refuse('must be codes of products');
  if (code && replaces.includes(code)) refuse('has the code itself');
  if (new Set(replaces).size < replaces.length) refuse('has a code twice');
  if (replaces.length > 0 && !metered) refuse('is for products that are metered: give its metering');
}

function familyOf(
  fields: ReturnType<typeof fieldsOf<SkuEntry | ProductEntry>>,
  given: string,
  families: FamilyTypes,
): FamilyType | undefined {
  const code = fields.code('family');
  if (code && !families.has(code)) fields.refuse('family', `there is no product family ${given}`);
  return code === undefined ? undefined : families.get(code);
}

function readTiers(entries: readonly TierEntry[], path: LoadPath, faults: LoadFault[]): Tier[] | undefined {
  const before = faults.length;
  const refuse = (message: string) => faults.push({ path: [...path, 'tiers'], message });
  if (entries.length > MOST_TIERS) refuse(`must be at most ${MOST_TIERS}`);
  const tiers = entries.map((entry, index) => {
    const fields = fieldsOf(entry, [...path, 'tiers', index], faults);
    const from = fields.decimal<Quantity>('from', QUANTITY_SCALE);
    const to = fields.has('to') ? fields.decimal<Quantity>('to', QUANTITY_SCALE) : undefined;
    const pointsPerUnit = fields.decimal<PointsPerUnit>('ppu', POINTS_PER_UNIT_SCALE);
    const split = fields.has('split') ? fields.decimal<Split>('split', SPLIT_SCALE) : NO_SPLIT;
    return { from, ...(to !== undefined && { to }), pointsPerUnit, split } as Tier;
  });
  if (faults.length > before) return undefined;
  for (const fault of checkTiers(tiers)) refuse(fault);
  return faults.length > before ? undefined : tiers;
}
