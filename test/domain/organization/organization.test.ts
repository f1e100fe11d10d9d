import { FAMILY_TYPES } from '../../../lambdas/domain/catalogue/family.ts';
import { ORGANIZATION_TYPES, ROLES } from '../../../lambdas/domain/organization/organization.ts';
import { resellFault } from '../../../lambdas/domain/organization/resell.ts';
import {
  inOrder,
  isActiveAdministrator,
  ROLE_IDS,
  ROLES_OF,
  rolesNotFor,
} from '../../../lambdas/domain/organization/roles.ts';

test('every kind of organization has an Administrator, Operations and Read Only, and one role more at most', () => {
  for (const type of ORGANIZATION_TYPES) {
    const own = ROLES_OF[type].filter((role) => !['Administrator', 'Operations', 'Read Only'].includes(role));
    expect([type, own, ROLES_OF[type].length]).toEqual([
      type,
      { SERVICE_PROVIDER: ['Auto Report Operations'], AGGREGATOR: ['Deal Administrator'], VENDOR: [] }[type],
      3 + own.length,
    ]);
  }
});

test('every role has an id of its own', () => {
  expect(new Set(ROLES.map((role) => ROLE_IDS[role])).size).toBe(ROLES.length);
});

test('roles that an organization has not are named', () => {
  expect(rolesNotFor('VENDOR', [...ROLES])).toEqual(['Auto Report Operations', 'Deal Administrator']);
  expect(rolesNotFor('AGGREGATOR', ['Operations', 'Auto Report Operations'])).toEqual(['Auto Report Operations']);
});

test('equal sets of roles are written alike', () => {
  expect(inOrder(['Read Only', 'Administrator', 'Read Only'])).toEqual(['Administrator', 'Read Only']);
});

test('only an active user with the role is an active Administrator', () => {
  expect(isActiveAdministrator({ status: 'ACTIVE', roles: ['Administrator'] })).toBe(true);
  for (const status of ['INVITED', 'LOCKED', 'DELETED'] as const)
    expect(isActiveAdministrator({ status, roles: ['Administrator'] })).toBe(false);
  expect(isActiveAdministrator({ status: 'ACTIVE', roles: ['Operations'] })).toBe(false);
});

test.each(FAMILY_TYPES)('%s is for one kind of organization only', (family) => {
  const resell = family === 'AWS_RESELL';
  expect(resellFault({ awsResell: false }, family)).toBe(resell ? 'DEDICATED_ORGANIZATION_NEEDED' : undefined);
  expect(resellFault({ awsResell: true }, family)).toBe(resell ? undefined : 'REGULAR_ORGANIZATION_NEEDED');
});
