import * as z from 'zod';
import { NoContent, NoParameters } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { MailAddress } from './text.ts';

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

const PrmId = z
  .string('must be text')
  .max(40, 'must have at most 40 characters')
  .optional()
  .meta({ description: 'Partner number, for a person who is a user of several organizations' });

const MailedCode = z
  .strictObject({
    type: z.literal('MailedCode'),
    email: MailAddress,
    code: z
      .string('must be text')
      .regex(/^\d{6}$/, 'must be six digits')
      .meta({ description: 'The code from the mail', example: '402713' }),
    prmId: PrmId,
  })
  .meta({ id: 'MailedCode', description: 'A person with a code from the mail' });

const IdToken = z
  .strictObject({
    type: z.literal('IdToken'),
    idToken: z
      .string('must be the text of an id token')
      .min(1, 'must not be empty')
      .max(8_000, 'must have at most 8000 characters')
      .meta({ description: 'JWT of the trusted issuer' }),
    prmId: PrmId,
  })
  .meta({ id: 'IdToken', description: 'A person with an id token of the trusted issuer' });

const AuthRequest = z
  .discriminatedUnion('type', [UserToken, MailedCode, IdToken], 'must be UserToken, MailedCode or IdToken')
  .meta({ id: 'AuthRequest' });

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
    function: 'authApi',
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
    published: true,
    function: 'authApi',
    access: 'PUBLIC',
    tag: 'Authentication',
    summary: 'Token authentication',
    description:
      'Exchanges an API token, a mailed code or an id token of the trusted issuer for a bearer token. One that is wrong, used, expired or revoked, or whose user is locked, is always refused with the same answer.',
    params: NoParameters,
    query: NoParameters,
    body: AuthRequest,
    answer: { status: 200, description: 'A bearer token', schema: Token },
    problems: ['NOT_SIGNED_IN'],
    example: {
      body: { type: 'UserToken', userToken: 'cpt_k7q2_e6IsZmpOjEJ4g-bazyo5gl9Y' },
      answer: { tokenType: 'bearer', accessToken: 'eyJhbGciOiJSUzI1NiIs…', expiresIn: SESSION_SECONDS },
    },
  },
  mailCode: {
    method: 'POST',
    path: '/api/commerce/v1/auth/code',
    function: 'authApi',
    access: 'PUBLIC',
    tag: 'Authentication',
    summary: 'Mail a code',
    description:
      'Mails a code of six digits to sign in with, good for 10 minutes, once, and five attempts; at most one a minute. The answer is the same whether a user has the address or not. Only where there is no trusted issuer.',
    params: NoParameters,
    query: NoParameters,
    body: z.strictObject({ email: MailAddress }).meta({ id: 'CodeRequest' }),
    answer: { status: 204, description: 'A code is on its way if a user has the address', schema: NoContent },
    problems: ['NOT_FOUND'],
    example: { body: { email: 'james.smith@example.com' } },
  },
  acceptInvitation: {
    method: 'POST',
    path: '/api/commerce/v1/auth/invitation',
    function: 'authApi',
    access: 'PUBLIC',
    tag: 'Authentication',
    summary: 'Accept an invitation',
    description: 'Makes the person who was invited an active user, who can sign in from then on.',
    params: NoParameters,
    query: NoParameters,
    body: z
      .strictObject({
        invitation: z
          .string('must be text')
          .min(1, 'must not be empty')
          .max(500, 'must have at most 500 characters')
          .meta({ description: 'Text from the mail' }),
      })
      .meta({ id: 'Acceptance' }),
    answer: {
      status: 200,
      description: 'The person is a user now',
      schema: z
        .strictObject({
          email: z.string().meta({ description: 'Address to sign in with' }),
          prmId: z.string().meta({ description: 'Partner number of the organization' }),
        })
        .meta({ id: 'Accepted' }),
    },
    problems: ['INVITATION_NOT_VALID'],
    example: {
      body: { invitation: 'cpi_8dec8aaa_e6IsZmpOjEJ4g-bazyo5gl9Y' },
      answer: { email: 'james.smith@example.com', prmId: '300017' },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
