import type { Caller } from '../../lambdas/use-cases/caller.ts';
import { readAuditTrail } from '../../lambdas/use-cases/read-audit-trail.ts';
import { type ApiPortal, openApiPortal } from '../support/portal.ts';

let opened: ApiPortal;
const page = { limit: 20, offset: 0 };

beforeAll(async () => {
  opened = await openApiPortal();
  const { portal } = opened;
  await opened.addOrganization('AGG-1', 'AGGREGATOR');
  for (const [id, time] of [
    ['1', '2026-08-12T02:00:00.000Z'],
    ['2', '2026-08-12T02:00:00.001Z'],
  ] as const) {
    const entry = { organizationId: 'AGG-1', subject: 'USER#amy', id, time, actor: 'boss', action: 'lockUser' };
    await portal.units.commit([portal.audit.recorded(entry)]);
  }
});
afterAll(() => opened.close());

const read = (organizationType: Caller['organizationType'], own: string, query = {}) => {
  const caller: Caller = { userId: 'u', organizationId: own, organizationType, roles: ['Administrator'] };
  return readAuditTrail(opened.portal, caller, { ...page, organizationId: 'AGG-1', ...query }, opened.clock.time);
};

test('goes back 90 days, or to the time that is asked for', async () => {
  expect((await read('AGGREGATOR', 'AGG-1')).content.map(({ id }) => id)).toEqual(['2']);
  expect((await read('AGGREGATOR', 'AGG-1', { from: '2026-01-01T00:00:00Z' })).total).toBe(2);
});

test("another organization's is there for the vendor alone", async () => {
  expect((await read('VENDOR', 'VENDOR')).total).toBe(1);
  await expect(read('AGGREGATOR', 'AGG-2')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
