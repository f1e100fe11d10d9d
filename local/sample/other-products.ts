import type { FamilyType } from '../../lambdas/domain/catalogue/family.ts';
import { pointsPerUnit } from '../../lambdas/domain/numbers/amounts.ts';
import { meteringOf, type SampleProduct } from './products.ts';

type Row = readonly [code: string, name: string, category: string, uom: string, ppu?: string];

// Families charged in money have no points per unit.
const ROWS = {
  RENTAL_MAAS: [
    ['MAAS-CORE', 'Managed Flex Core', 'Compute', 'GB vRAM', '5'],
    ['MAAS-ADVANCED', 'Managed Flex Advanced', 'Compute', 'GB vRAM', '8.5'],
    ['MAAS-NET', 'Managed Network Virtualization', 'Networking', 'GB vRAM', '2.25'],
    ['MAAS-STOR', 'Managed Virtual Storage', 'Storage', 'GB', '0.11'],
    ['MAAS-BACKUP', 'Managed Backup', 'Data protection', 'VM', '5.75'],
  ],
  SOV: [
    ['SOV-CORE', 'Sovereign Core', 'Compute', 'GB vRAM', '6'],
    ['SOV-NET', 'Sovereign Network', 'Networking', 'GB vRAM', '3.5'],
    ['SOV-STOR', 'Sovereign Storage', 'Storage', 'GB', '0.14'],
    ['SOV-KEYS', 'Sovereign Key Custody', 'Security', 'Key', '1.2'],
    ['SOV-AUDIT', 'Sovereign Audit Trail', 'Security', 'GB per day', '15.5'],
  ],
  GSS: [
    ['GSS-ADVISOR', 'Named Success Advisor', 'Success', 'Day', '1150'],
    ['GSS-HEALTH', 'Platform Health Review', 'Success', 'Review', '3200'],
    ['GSS-PREMIER', 'Premier Support Desk', 'Support', 'Month', '4800'],
    ['GSS-ONCALL', 'Weekend Standby', 'Support', 'Day', '1900'],
  ],
  SRV: [
    ['SRV-CONSULTING', 'Consulting', 'Consulting', 'Hour', '180'],
    ['SRV-DESIGN', 'Platform Design', 'Consulting', 'Day', '1400'],
    ['SRV-MIGRATION', 'Workload Migration', 'Consulting', 'Workload', '95'],
    ['SRV-TRAINING', 'Operator Training', 'Training', 'Seat', '420'],
    ['SRV-WORKSHOP', 'Architecture Workshop', 'Training', 'Workshop', '2600'],
  ],
  MSP: [
    ['MSP-HOST', 'Cloud Host', 'Cloud', 'Host hour'],
    ['MSP-STOR', 'Cloud Storage', 'Cloud', 'TB month'],
    ['MSP-EGRESS', 'Outgoing Traffic', 'Cloud', 'GB'],
    ['MSP-ADDRESS', 'Public Address', 'Cloud', 'Address hour'],
    ['MSP-RECOVERY', 'Cloud Recovery', 'Data protection', 'Protected VM hour'],
  ],
  VELO: [
    ['VELO-EDGE-50', 'Branch Gateway 50 Mbit/s', 'Gateway', 'Licence month'],
    ['VELO-EDGE-200', 'Branch Gateway 200 Mbit/s', 'Gateway', 'Licence month'],
    ['VELO-EDGE-1000', 'Branch Gateway 1 Gbit/s', 'Gateway', 'Licence month'],
    ['VELO-ORCH', 'Network Orchestrator', 'Management', 'Tenant month'],
  ],
  LPCAAS: [
    ['LPC-HOST-S', 'Private Host Small', 'Host', 'Host month'],
    ['LPC-HOST-M', 'Private Host Medium', 'Host', 'Host month'],
    ['LPC-HOST-L', 'Private Host Large', 'Host', 'Host month'],
    ['LPC-STOR', 'Private Storage', 'Storage', 'TB month'],
  ],
  AWS_RESELL: [
    ['AWS-COMPUTE', 'Resold Compute', 'Cloud', 'Usage'],
    ['AWS-STORAGE', 'Resold Storage', 'Cloud', 'Usage'],
    ['AWS-SUPPORT', 'Resold Support', 'Support', 'Month'],
  ],
} as const satisfies Partial<Record<FamilyType, readonly Row[]>>;

// Billed on Term contracts of RENTAL alone.
const TERM_ROWS: readonly Row[] = [
  ['TERM-FIREWALL', 'Distributed Firewall', 'Security', 'GB vRAM', '2.5'],
  ['TERM-BALANCER', 'Load Balancer', 'Networking', 'Service unit', '12'],
];

/** Products beside those that most contracts of the sample use (products.ts). */
export const OTHER_PRODUCTS: readonly SampleProduct[] = [
  ...Object.entries(ROWS).flatMap(([family, rows]) =>
    (rows as readonly Row[]).map((row) => productOf(family as FamilyType, row)),
  ),
  ...TERM_ROWS.map((row) => ({ ...productOf('RENTAL', row), kind: 'TERM' as const })),
];

function productOf(family: FamilyType, [code, name, category, uom, ppu = '0']: Row): SampleProduct {
  return { code, name, category, family, uom, pointsPerUnit: pointsPerUnit(ppu), ...meteringOf(family, uom) };
}
