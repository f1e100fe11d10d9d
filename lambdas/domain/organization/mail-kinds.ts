import type { OrganizationType, Role, User } from './organization.ts';

type MailKindDefinition = {
  description: string;
  /** Who may have it: roles that may also see what it tells of. */
  roles: Readonly<Partial<Record<OrganizationType, readonly Role[]>>>;
};

const READERS = ['Operations', 'Read Only'] as const;
const ADMINISTRATORS = ['Administrator'] as const;
const PARTNERS = { AGGREGATOR: READERS, SERVICE_PROVIDER: READERS } as const;

/**
 * Kinds of mail that an organization gets at its address, always, and that its users get beside it when they choose them.
 * Mail to a person (invitations, codes, that licence keys are there) is none of them: it can't be switched off.
 */
export const MAIL_KINDS = {
  BILLS: {
    description: 'Statements, consolidated bills, invoices and credit notes as they are issued',
    roles: PARTNERS,
  },
  REMINDERS: { description: 'Orders that are due or overdue, to report and to review', roles: PARTNERS },
  ORDERS: {
    description: 'Orders that were sent back, rejected or cancelled, adjustments to review and what becomes of them',
    roles: { ...PARTNERS, VENDOR: ['Administrator', 'Operations', 'Read Only'] },
  },
  CONTRACTS: {
    description: 'Contracts that begin, end or are to be taken over, decided requests, prepayments that run low',
    roles: PARTNERS,
  },
  ONE_OFF_ORDERS: {
    description: 'Orders of licences that were made or have moved on',
    roles: { ...PARTNERS, VENDOR: ['Administrator', 'Operations', 'Read Only'] },
  },
  DEALS: {
    description: 'Deals that have moved on',
    roles: { AGGREGATOR: ['Deal Administrator', 'Read Only'], VENDOR: ['Administrator', 'Operations', 'Read Only'] },
  },
  USAGE_METERS: {
    description: 'Usage meters that have stopped uploading, or upload again',
    roles: { SERVICE_PROVIDER: ['Auto Report Operations', 'Read Only'] },
  },
  SERVICES: {
    description: 'Services delivered: to accept, disputed, settled',
    roles: { SERVICE_PROVIDER: READERS, VENDOR: ['Administrator', 'Operations', 'Read Only'] },
  },
  WEBHOOKS: {
    description: 'Webhooks that were disabled as they failed',
    roles: { VENDOR: ADMINISTRATORS, AGGREGATOR: ADMINISTRATORS, SERVICE_PROVIDER: ADMINISTRATORS },
  },
} as const satisfies Record<string, MailKindDefinition>;

export type MailKind = keyof typeof MAIL_KINDS;
export const MAIL_KIND_NAMES = Object.keys(MAIL_KINDS) as [MailKind, ...MailKind[]];

/** Whether somebody with these roles may have a kind of mail. */
export function mayHaveMail(kind: MailKind, type: OrganizationType, roles: readonly Role[]): boolean {
  const { roles: allowed }: MailKindDefinition = MAIL_KINDS[kind];
  return allowed[type]?.some((role) => roles.includes(role)) ?? false;
}

/** What a user has chosen; nothing until it does. */
export type MailChoice = {
  userId: string;
  organizationId: string;
  kinds: readonly MailKind[];
  /** Counts the changes; 0 while nothing was chosen. */
  version: number;
};

/** Whether a user gets a kind of mail now: it has chosen it, is active and may still see what it tells of. */
export function getsMail(
  kind: MailKind,
  type: OrganizationType,
  { kinds }: Pick<MailChoice, 'kinds'>,
  { status, roles }: Pick<User, 'status' | 'roles'>,
): boolean {
  return kinds.includes(kind) && status === 'ACTIVE' && mayHaveMail(kind, type, roles);
}
