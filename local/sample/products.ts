import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import type { Product } from '../../lambdas/domain/catalogue/product.ts';
import type { Tiers } from '../../lambdas/domain/charging/line-points.ts';
import type { MeteringRule } from '../../lambdas/domain/metering/rules.ts';
import { NO_SPLIT, pointsPerUnit, quantity, split } from '../../lambdas/domain/numbers/amounts.ts';
import { METERED_FAMILIES } from '../../lambdas/domain/usage-meter/usage-meter.ts';

/** A product as the sample writes it down; its id comes from the seed. */
export type SampleProduct = Omit<Product, 'id'>;

/** Families the sample programme has contracts of. */
export type SampleFamily = 'RENTAL' | 'ISV';

// What meters measure has one of these units: memory, cores, gigabytes.
const METERING: Readonly<Partial<Record<string, MeteringRule>>> = {
  'GB vRAM': 'VRAM',
  Core: 'HOST_CORES',
  GB: 'CAPACITY',
};

/** How meters measure a product, where they report its family. */
export function meteringOf(family: FamilyType, uom: string): Pick<Product, 'metering'> {
  const metering = METERED_FAMILIES.has(family) ? METERING[uom] : undefined;
  return metering ? { metering } : {};
}

const maker =
  (family: SampleFamily) =>
  (code: string, name: string, category: string, uom: string, ppu: string): SampleProduct => ({
    code,
    name,
    category,
    family,
    uom,
    pointsPerUnit: pointsPerUnit(ppu),
    ...meteringOf(family, uom),
  });
const rental = maker('RENTAL');
const isv = maker('ISV');

const OBJECT_STORAGE: SampleProduct = {
  ...rental('STOR-OBJECT', 'Object Storage', 'Storage', 'TB', '14.4'),
  tiers: [
    { from: quantity('0'), to: quantity('50'), pointsPerUnit: pointsPerUnit('14.4'), split: split('0.5') },
    { from: quantity('50'), to: quantity('200'), pointsPerUnit: pointsPerUnit('14.4'), split: NO_SPLIT },
    { from: quantity('200'), pointsPerUnit: pointsPerUnit('11.2'), split: NO_SPLIT },
  ],
};

const MAIL_SECURITY: SampleProduct = {
  ...isv('SEC-MAIL', 'Mail Security', 'Security', 'Mailbox', '0.75'),
  tiers: [
    { from: quantity('0'), to: quantity('1000'), pointsPerUnit: pointsPerUnit('0.75'), split: NO_SPLIT },
    { from: quantity('1000'), to: quantity('5000'), pointsPerUnit: pointsPerUnit('0.6'), split: split('0.9') },
    { from: quantity('5000'), pointsPerUnit: pointsPerUnit('0.45'), split: NO_SPLIT },
  ],
};

const BACKUP: SampleProduct = {
  ...rental('BACKUP-STD', 'Backup Standard', 'Data protection', 'VM', '3.25'),
  minQuantity: quantity('10'),
};

/** What the contracts of the sample use; the first of each family is measured finely and used by everyone. */
export const PRODUCTS: readonly SampleProduct[] = [
  // A retired bundle of both, which older meters still report.
  { ...rental('FLEX-CORE', 'Flex Core', 'Compute', 'GB vRAM', '4'), replaces: ['BUNDLE-ADVANCED'] },
  rental('FLEX-ADVANCED', 'Flex Advanced', 'Compute', 'GB vRAM', '7'),
  rental('FLEX-ENTERPRISE', 'Flex Enterprise', 'Compute', 'GB vRAM', '9.5'),
  {
    ...rental('NET-BASE', 'Network Virtualization Base', 'Networking', 'GB vRAM', '1.5'),
    replaces: ['BUNDLE-ADVANCED'],
  },
  rental('NET-ADVANCED', 'Network Virtualization Advanced', 'Networking', 'GB vRAM', '3'),
  rental('NET-ENTERPRISE', 'Network Virtualization Enterprise', 'Networking', 'GB vRAM', '5.25'),
  rental('FIREWALL-DIST', 'Distributed Firewall', 'Networking', 'Core', '8.25'),
  rental('LB-CORE', 'Load Balancer', 'Networking', 'Service unit', '19'),
  rental('WAN-EDGE', 'WAN Edge', 'Networking', 'Device', '45'),
  rental('STOR-STD', 'Virtual Storage Standard', 'Storage', 'GB', '0.08'),
  rental('STOR-ADVANCED', 'Virtual Storage Advanced', 'Storage', 'GB', '0.1225'),
  OBJECT_STORAGE,
  rental('OPS-STD', 'Operations Standard', 'Management', 'VM', '6'),
  rental('OPS-ENTERPRISE', 'Operations Enterprise', 'Management', 'VM', '11.5'),
  rental('LOG-ANALYTICS', 'Log Analytics', 'Management', 'GB per day', '12.75'),
  rental('AUTOMATION', 'Automation', 'Management', 'VM', '9.5'),
  BACKUP,
  rental('SITE-RECOVERY', 'Site Recovery', 'Data protection', 'VM', '21'),
  rental('DR-CLOUD', 'Disaster Recovery to Cloud', 'Data protection', 'VM', '4.5'),
  rental('DESKTOP-STD', 'Virtual Desktop Standard', 'Desktop', 'User', '18'),
  rental('DESKTOP-ENTERPRISE', 'Virtual Desktop Enterprise', 'Desktop', 'User', '33'),
  rental('APP-PLATFORM', 'Application Platform', 'Platform', 'Core', '25'),
  rental('DATABASE', 'Database Service', 'Platform', 'Core', '31.5'),
  isv('AI-INFERENCE', 'AI Inference', 'Platform', 'GPU hour', '41.25'),
  isv('DEV-PIPELINES', 'Development Pipelines', 'Platform', 'Build hour', '0.3'),
  isv('API-GATEWAY', 'API Gateway', 'Platform', 'Million calls', '3.6'),
  isv('MON-APM', 'Application Monitoring', 'Monitoring', 'Host', '14'),
  isv('MON-SYNTHETIC', 'Synthetic Monitoring', 'Monitoring', 'Check', '0.05'),
  isv('SEC-ENDPOINT', 'Endpoint Security', 'Security', 'Device', '2.5'),
  MAIL_SECURITY,
  isv('SEC-VAULT', 'Secrets Vault', 'Security', 'User', '1.9'),
  isv('BKP-SAAS', 'SaaS Backup', 'Data protection', 'User', '2.2'),
  isv('BKP-ARCHIVE', 'Long-Term Archive', 'Data protection', 'TB', '9.75'),
  isv('OFFICE-SUITE', 'Office Suite', 'Applications', 'User', '6.8'),
  isv('CRM-TEAM', 'Customer Relations Team', 'Applications', 'User', '12.5'),
  isv('ERP-STARTER', 'Business Planning Starter', 'Applications', 'User', '22'),
];

const DECIMALS: Readonly<Record<string, number>> = {
  'GB vRAM': 6,
  'GPU hour': 4,
  'Build hour': 2,
  'Million calls': 3,
  'GB per day': 2,
  GB: 3,
  TB: 3,
};

/** Decimals a unit of measure is reported with; things that are counted have none. */
export function decimalsOf(uom: string): number {
  return DECIMALS[uom] ?? 0;
}

/** The product of that code. */
export function productOf(code: string): SampleProduct {
  const found = PRODUCTS.find((product) => product.code === code);
  if (!found) throw new RangeError(`the sample catalogue has no product ${code}`);
  return found;
}

/** Products that count the same for every unit, whose quantities can be fitted to a number of points. */
export function plainProducts(family: SampleFamily): SampleProduct[] {
  return PRODUCTS.filter((product) => product.family === family && !product.tiers && !product.minQuantity);
}

/** Tiers of the sample's tiered products by code. */
export const SAMPLE_TIERS: Tiers = new Map(PRODUCTS.flatMap(({ code, tiers }) => (tiers ? [[code, tiers]] : [])));
