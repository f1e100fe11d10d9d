import * as z from 'zod';

export const CustomerItem = z.object({
  id: z.string(),
  customerNumber: z.string(),
  serviceProviderId: z.string(),
  name: z.string(),
  address1: z.string(),
  address2: z.string().optional(),
  countryRegion: z.string(),
  city: z.string().optional(),
  state: z.string().optional(),
  postalCode: z.string(),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});

export const ContractCustomerItem = z.object({
  contractId: z.string(),
  customerId: z.string(),
  customerNumber: z.string(),
  labels: z.array(z.object({ label: z.string(), from: z.string(), until: z.string().optional() })),
  siso: z.object({ reseller: z.string().optional(), influencer: z.string().optional(), msp: z.string().optional() }),
  lastModifiedTime: z.string(),
  version: z.number().int(),
});
