import * as z from 'zod';
import { MAIL_KIND_NAMES, MAIL_KINDS } from '../../domain/organization/mail-kinds.ts';
import { NoParameters } from './common.ts';
import type { RouteDefinition } from './route.ts';

const Kind = z.enum(MAIL_KIND_NAMES, `must be one of ${MAIL_KIND_NAMES.join(', ')}`);

const MailPreferences = z
  .strictObject({
    kinds: z
      .array(z.strictObject({ kind: Kind, description: z.string(), wanted: z.boolean() }))
      .meta({ description: 'Kinds of mail that the caller may have' }),
  })
  .meta({ id: 'MailPreferences', description: "Which of the organization's mails a user gets too" });

const MailChoice = z
  .strictObject({
    kinds: z
      .array(Kind)
      .max(MAIL_KIND_NAMES.length, `must have at most ${MAIL_KIND_NAMES.length} kinds`)
      .meta({ description: 'Those that are wanted; all others are not' }),
  })
  .meta({ id: 'MailChoice' });

const EXAMPLE = {
  kinds: [
    { kind: 'REMINDERS', description: MAIL_KINDS.REMINDERS.description, wanted: true },
    { kind: 'CONTRACTS', description: MAIL_KINDS.CONTRACTS.description, wanted: false },
  ],
} as const;

const ALL = {
  function: 'mailPreferencesApi',
  tag: 'Mail preferences',
  params: NoParameters,
  query: NoParameters,
  editable: true,
  answer: { status: 200, description: 'What the caller gets', schema: MailPreferences },
} as const;
const GET = {
  ...ALL,
  method: 'GET',
  summary: 'Get mail preferences',
  description:
    "Which of the organization's mails the caller gets beside the organization's own address, which gets all of them. None until it chooses some.",
  problems: [],
  example: { answer: EXAMPLE },
} as const;
const CHOOSE = {
  ...ALL,
  method: 'PUT',
  summary: 'Change mail preferences',
  description:
    'Chooses the kinds of mail that the caller gets: those of things that its roles see. Mail to a person, as an invitation or a code, is sent always.',
  body: MailChoice,
  problems: ['CHANGED_MEANWHILE'],
  example: { body: { kinds: ['REMINDERS'] }, answer: EXAMPLE },
} as const;

const AGGREGATOR = { access: { organizationType: 'AGGREGATOR', action: 'chooseMail' } } as const;
const PROVIDER = { access: { organizationType: 'SERVICE_PROVIDER', action: 'chooseMail' } } as const;
const VENDOR = { access: { organizationType: 'VENDOR', action: 'chooseMail' } } as const;

export const mailPreferenceRoutes = {
  getAggregatorMailPreferences: { ...GET, ...AGGREGATOR, path: '/api/aggregator/v1/mailPreferences' },
  changeAggregatorMailPreferences: { ...CHOOSE, ...AGGREGATOR, path: '/api/aggregator/v1/mailPreferences' },
  getProviderMailPreferences: { ...GET, ...PROVIDER, path: '/api/provider/v1/mailPreferences' },
  changeProviderMailPreferences: { ...CHOOSE, ...PROVIDER, path: '/api/provider/v1/mailPreferences' },
  getVendorMailPreferences: { ...GET, ...VENDOR, path: '/api/vendor/v1/mailPreferences' },
  changeVendorMailPreferences: { ...CHOOSE, ...VENDOR, path: '/api/vendor/v1/mailPreferences' },
} as const satisfies Record<string, RouteDefinition>;
