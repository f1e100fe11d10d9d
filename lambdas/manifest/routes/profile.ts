import * as z from 'zod';
import { NoParameters } from './common.ts';
import type { RouteDefinition } from './route.ts';

const PartnerProfile = z
  .strictObject({ name: z.string(), prmId: z.string().meta({ description: 'Partner number' }) })
  .meta({ id: 'PartnerProfile', description: 'An organization as its members see it' });

const GET = {
  method: 'GET',
  function: 'organizationsApi',
  published: true,
  tag: 'Partner Profile',
  summary: 'Get the partner profile',
  description: "Name and partner number of the caller's organization.",
  params: NoParameters,
  query: z.object({}),
  answer: { status: 200, description: 'The profile', schema: PartnerProfile },
  problems: [],
  example: { answer: { name: 'test', prmId: '1111111' } },
} as const;

export const profileRoutes = {
  getAggregatorProfile: {
    ...GET,
    path: '/api/aggregator/v1/partnerProfile',
    access: { organizationType: 'AGGREGATOR', action: 'readProfile' },
  },
  getProviderProfile: {
    ...GET,
    path: '/api/provider/v1/partnerProfile',
    access: { organizationType: 'SERVICE_PROVIDER', action: 'readProfile' },
  },
} as const satisfies Record<string, RouteDefinition>;
