import * as z from 'zod';
import { ROLES } from '../../domain/organization/organization.ts';
import { decimal } from './common.ts';

export const OrganizationItem = z.object({
  id: z.string(),
  type: z.enum(['SERVICE_PROVIDER', 'AGGREGATOR', 'VENDOR']),
  name: z.string(),
  prmId: z.string(),
  region: z.string(),
  address: z.array(z.string()),
  taxId: z.string().optional(),
  email: z.string(),
  awsResell: z.boolean(),
});

export const BillToAccountItem = z.object({
  id: z.string(),
  aggregatorId: z.string(),
  accountNumber: z.string(),
  location: z.string(),
  name: z.string(),
  address: z.array(z.string()),
  taxId: z.string().optional(),
  currency: z.string(),
  taxRate: decimal,
});

export const UserItem = z.object({
  id: z.string(),
  organizationId: z.string(),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  status: z.enum(['ACTIVE', 'LOCKED']),
});

export const ApiTokenItem = z.object({
  id: z.string(),
  userId: z.string(),
  organizationId: z.string(),
  name: z.string(),
  roles: z.array(z.enum(ROLES)),
  secretHash: z.string(),
  createdTime: z.string(),
  expires: z.string(),
  revoked: z.boolean(),
});
