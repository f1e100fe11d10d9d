import * as z from 'zod';
import { NoParameters } from './common.ts';
import type { RouteDefinition } from './route.ts';

/** Seconds a bearer token is good for (published: 1800). */
export const SESSION_SECONDS = 1800;

// Published structures: unknown fields are ignored (domain.md §9).
const UserToken = z
  .object({
    type: z.literal('UserToken', 'must be "UserToken"').meta({ description: 'Authentication method' }),
    userToken: z
      .string('must be the text of an API token')
      .min(1, 'must not be empty')
      .max(500, 'must have at most 500 characters')
      .meta({ description: 'The API token' }),
  })
  .meta({ id: 'UserToken' });

const Token = z
  .strictObject({
    tokenType: z.literal('bearer'),
    accessToken: z.string().meta({ description: 'JWT to send as `Authorization: Bearer …`' }),
    expiresIn: z.int().meta({ description: 'Seconds until it expires' }),
  })
  .meta({ id: 'Token' });

export const accessRoutes = {
  getHealth: {
    method: 'GET',
    path: '/api/commerce/v1/health',
    function: 'healthApi',
    access: 'PUBLIC',
    tag: 'Health',
    summary: 'Health',
    description: 'Says that the portal answers and reaches its database.',
    params: NoParameters,
    query: NoParameters,
    answer: {
      status: 200,
      description: 'The portal is up',
      schema: z.strictObject({ status: z.literal('UP'), time: z.iso.datetime() }).meta({ id: 'Health' }),
    },
    problems: [],
    example: { answer: { status: 'UP', time: '2026-11-10T02:00:00.000Z' } },
  },
  signIn: {
    method: 'POST',
    path: '/api/commerce/v1/auth',
    function: 'authApi',
    access: 'PUBLIC',
    tag: 'Authentication',
    summary: 'Token authentication',
    description:
      'Exchanges an API token for a bearer token. A token that is wrong, expired, revoked or whose user is locked is always refused with the same answer.',
    params: NoParameters,
    query: NoParameters,
    body: UserToken,
    answer: { status: 200, description: 'A bearer token', schema: Token },
    problems: ['NOT_SIGNED_IN'],
    example: {
      body: { type: 'UserToken', userToken: 'cpt_k7q2_e6IsZmpOjEJ4g-bazyo5gl9Y' },
      answer: { tokenType: 'bearer', accessToken: 'eyJhbGciOiJSUzI1NiIs…', expiresIn: SESSION_SECONDS },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
