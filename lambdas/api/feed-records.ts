import { serviceDeliveryRoutes } from '../manifest/routes/services/service-deliveries.ts';
import { veloOrderRoutes } from '../manifest/routes/services/velo-orders.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import { feedPorts } from '../runtime/service-ports.ts';
import { serviceDeliveries } from './service-deliveries.ts';
import { veloOrders } from './velo-orders.ts';

export const resource: ResourceOf<'feedRecordsApi'> = { ...serviceDeliveries, ...veloOrders };

export const handler = apiHandler({ ...serviceDeliveryRoutes, ...veloOrderRoutes }, resource, portalWith(feedPorts));
