import * as z from 'zod';
import { ORGANIZATION_TYPES, ROLES } from '../../domain/organization/organization.ts';
import { ORGANIZATION_STATUSES, USER_STATUSES } from '../../domain/organization/status.ts';
import { decimal } from './common.ts';

export const OrganizationItem = z.object({
  id: z.string(),
  type: z.enum(ORGANIZATION_TYPES),
  name: z.string(),
  prmId: z.string(),
  region: z.string(),
  countryRegion: z.string(),
  address: z.array(z.string()),
  taxId: z.string().optional(),
  email: z.string(),
  awsResell: z.boolean(),
  status: z.enum(ORGANIZATION_STATUSES),
  workGroups: z.boolean().optional(),
  anniversary: z.string().optional(),
  version: z.number().int(),
});

export const BillToAccountItem = z.object({
  id: z.string(),
  aggregatorId: z.string(),
  accountNumber: z.string(),
  siteId: z.string(),
  location: z.string(),
  countryRegion: z.string(),
  name: z.string(),
  address: z.array(z.string()),
  taxId: z.string().optional(),
  currency: z.string(),
  taxRate: decimal,
  active: z.boolean(),
  version: z.number().int(),
});

export const UserItem = z.object({
  id: z.string(),
  organizationId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  email: z.string(),
  roles: z.array(z.enum(ROLES)),
  status: z.enum(USER_STATUSES),
  workGroupId: z.string().optional(),
  invitation: z.object({ secretHash: z.string(), expires: z.string() }).optional(),
  version: z.number().int(),
});

/** The user that an address stands for in an organization. */
export const UserAddressItem = z.object({ userId: z.string() });

/** A code mailed to an address; gone after its time to live. */
export const SignInCodeItem = z.object({
  codeHash: z.string(),
  expires: z.string(),
  attempts: z.number().int(),
  used: z.boolean(),
  made: z.string(),
  expiresAt: z.number().int(),
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
  version: z.number().int(),
});
