import type { Transition } from '../transitions.ts';

export const ORGANIZATION_STATUSES = ['ACTIVE', 'INACTIVE'] as const;
export type OrganizationStatus = (typeof ORGANIZATION_STATUSES)[number];

/** How organizations come and go: members of an inactive one can't sign in, its contracts are still billed. */
export const ORGANIZATION_TRANSITIONS: readonly Transition<OrganizationStatus, 'VENDOR'>[] = [
  { from: 'ACTIVE', to: 'INACTIVE', by: 'VENDOR', verb: 'deactivate' },
  { from: 'INACTIVE', to: 'ACTIVE', by: 'VENDOR', verb: 'activate' },
];

export const USER_STATUSES = ['INVITED', 'ACTIVE', 'LOCKED', 'DELETED'] as const;
export type UserStatus = (typeof USER_STATUSES)[number];

export type UserActor = 'ADMINISTRATOR' | 'USER';

/** How a user comes in, is kept out, and goes (published-portal.md §4.1). */
export const USER_TRANSITIONS: readonly Transition<UserStatus, UserActor>[] = [
  { from: 'INVITED', to: 'ACTIVE', by: 'USER', verb: 'accept' },
  { from: 'INVITED', to: 'INVITED', by: 'ADMINISTRATOR', verb: 'inviteAgain' },
  { from: 'ACTIVE', to: 'LOCKED', by: 'ADMINISTRATOR', verb: 'lock' },
  { from: 'LOCKED', to: 'ACTIVE', by: 'ADMINISTRATOR', verb: 'unlock' },
  ...(['INVITED', 'ACTIVE', 'LOCKED'] as const).map(
    (from) => ({ from, to: 'DELETED', by: 'ADMINISTRATOR', verb: 'delete' }) as const,
  ),
];
