import type { FamilyType, ProductFamily } from '../../lambdas/domain/catalogue/family.ts';
import { idOf } from './ids.ts';

/** Name and description of the family of each type; its code is its type. */
const FAMILIES: Readonly<Record<FamilyType, readonly [name: string, description: string]>> = {
  RENTAL: ['Rental Commercial', 'Data centre software by the month, counted in points'],
  RENTAL_MAAS: ['Managed as a Service', 'Rental software that the service provider runs for its customers'],
  ISV: ['Independent Software', 'Software of other makers, sold under the same contracts'],
  SOV: ['Sovereign Cloud', 'Rental software for sovereign clouds, reported by end customer'],
  GSS: ['Global Support Services', 'Support and success services, by delivery'],
  SRV: ['Professional Services', 'Design, migration and training, by delivery'],
  MSP: ['Managed Cloud', 'Cloud subscriptions resold and managed by the service provider'],
  VELO: ['Branch Networks', 'Network gateways and their licences, by order'],
  LPCAAS: ['Private Cloud as a Service', 'Hosts and services under commitments of one to five years'],
  AWS_RESELL: ['AWS Resell', 'Cloud services that Amazon Web Services bills'],
};

/** The family of a type in the sample programme. */
export function familyOf(seed: number, type: FamilyType): ProductFamily {
  const [name, description] = FAMILIES[type];
  return { id: idOf(seed, `family ${type}`), code: type, name, description, type };
}
