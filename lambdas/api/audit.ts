import { auditTrailRoutes } from '../manifest/routes/audit-trail.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import type { ApiRequest, ResourceOf } from '../runtime/resource.ts';
import type { Portal } from '../use-cases/ports/portal.ts';
import { readAuditTrail } from '../use-cases/read-audit-trail.ts';

const read = async (
  portal: Portal,
  { caller, query, now }: Pick<ApiRequest<'readVendorAuditTrail'>, 'caller' | 'query' | 'now'>,
) => {
  const { content, total } = await readAuditTrail(portal, caller, query, now);
  return { body: { content: content.map(({ id: _id, ...entry }) => entry), total } };
};

export const resource: ResourceOf<'auditTrailApi'> = {
  readAggregatorAuditTrail: read,
  readProviderAuditTrail: read,
  readVendorAuditTrail: read,
};

export const handler = apiHandler(auditTrailRoutes, resource);
