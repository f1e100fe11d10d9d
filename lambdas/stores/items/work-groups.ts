import * as z from 'zod';

export const WorkGroupItem = z.object({
  id: z.string(),
  organizationId: z.string(),
  name: z.string(),
  items: z.array(
    z.object({
      contracts: z.array(z.object({ contractId: z.string(), siteIds: z.array(z.string()).optional() })).optional(),
      serviceProviders: z.array(z.string()).optional(),
      customers: z.array(z.string()).optional(),
    }),
  ),
  version: z.number().int(),
});
