import type { FamilyType } from '../../domain/catalogue/family.ts';

/** What FOCUS calls a service, with the category and subcategory of its lists. */
export type Service = { name: string; category: string; subcategory: string };

/** The programme's families as services: each has one category, as the specification wants it. */
export const SERVICES: Readonly<Record<FamilyType, Service>> = {
  RENTAL: { name: 'Software rental', category: 'Compute', subcategory: 'Virtual Machines' },
  RENTAL_MAAS: { name: 'Modern applications', category: 'Compute', subcategory: 'Containers' },
  ISV: {
    name: 'Software of independent vendors',
    category: 'Business Applications',
    subcategory: 'Other (Business Applications)',
  },
  SOV: { name: 'Sovereign cloud', category: 'Compute', subcategory: 'Other (Compute)' },
  GSS: { name: 'Support services', category: 'Management and Governance', subcategory: 'Support' },
  SRV: { name: 'Professional services', category: 'Other', subcategory: 'Other (Other)' },
  MSP: { name: 'Managed cloud services', category: 'Compute', subcategory: 'Other (Compute)' },
  VELO: { name: 'Wide area networking', category: 'Networking', subcategory: 'Network Connectivity' },
  LPCAAS: { name: 'Local private cloud', category: 'Compute', subcategory: 'Other (Compute)' },
  AWS_RESELL: { name: 'AWS resell', category: 'Multicloud', subcategory: 'Other (Multicloud)' },
};
