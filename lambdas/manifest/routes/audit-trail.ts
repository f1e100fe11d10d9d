import * as z from 'zod';
import { AUDIT_LIST } from '../../use-cases/lists/audit-list.ts';
import { listQuery, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id } from './text.ts';

const AuditEntry = z
  .strictObject({
    organizationId: z.string().meta({ description: 'Organization that it was done in' }),
    subject: z.string().meta({ description: 'What was changed', example: 'USER#8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3' }),
    time: z.iso.datetime(),
    actor: z.string().meta({ description: 'Id of the user who did it, or what did it by itself' }),
    action: z.string(),
    from: z.string().optional().meta({ description: 'How it was before' }),
    to: z.string().optional().meta({ description: 'How it was after' }),
    reason: z.string().optional(),
  })
  .meta({ id: 'AuditEntry', description: 'A change of something' });

const EXAMPLE = {
  organizationId: '5a2c1b7e-0f43-4d5e-8a90-1c2d3e4f5a6b',
  subject: 'USER#8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3',
  time: '2026-11-10T02:00:00.000Z',
  actor: '0d4f7c1a-93b2-4a6e-8c55-e1b2c3d4e5f6',
  action: 'lockUser',
  from: 'ACTIVE: Operations',
  to: 'LOCKED: Operations',
  reason: 'Laptop lost',
} as const;

const From = z.iso
  .datetime('must be a time in UTC, e.g. 2026-10-01T00:00:00Z')
  .optional()
  .meta({ description: 'Only entries later than that; without it, those of the last 90 days.' });

const LIST = {
  method: 'GET',
  function: 'auditTrailApi',
  tag: 'Audit trail',
  summary: 'Read the audit trail',
  params: NoParameters,
  answer: {
    status: 200,
    description: 'A page of entries, the newest first',
    schema: pageOf(AuditEntry).meta({ id: 'PageOfAuditEntry' }),
  },
  problems: [],
  example: {
    query: { filter: 'subject==USER#8dec8aaa-*', from: '2026-10-01T00:00:00Z' },
    answer: { content: [EXAMPLE], total: 1 },
  },
} as const;

const OWN = {
  description: "Every change in the caller's organization: who, when, what, from, to, why.",
  query: z.strictObject({ ...listQuery(AUDIT_LIST), from: From }),
} as const;

export const auditTrailRoutes = {
  readAggregatorAuditTrail: {
    ...LIST,
    ...OWN,
    path: '/api/aggregator/v1/auditTrail',
    access: { organizationType: 'AGGREGATOR', action: 'readAuditTrail' },
  },
  readProviderAuditTrail: {
    ...LIST,
    ...OWN,
    path: '/api/provider/v1/auditTrail',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readAuditTrail' },
  },
  readVendorAuditTrail: {
    ...LIST,
    path: '/api/vendor/v1/auditTrail',
    access: { organizationType: 'VENDOR', action: 'readAuditTrail' },
    description:
      'Every change in the organization that is named, or else in the vendor: who, when, what, from, to, why.',
    query: z.strictObject({ ...listQuery(AUDIT_LIST), from: From, organizationId: Id.optional() }),
  },
} as const satisfies Record<string, RouteDefinition>;
