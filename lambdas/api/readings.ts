import { readingRoutes } from '../manifest/routes/usage-meters/readings.ts';
import { apiHandler } from '../runtime/api-handler.ts';
import { meterPorts } from '../runtime/meter-ports.ts';
import { noticePorts } from '../runtime/notice-ports.ts';
import { portalWith } from '../runtime/portal-with.ts';
import type { ResourceOf } from '../runtime/resource.ts';
import { takeReadings } from '../use-cases/take-readings.ts';

export const resource: ResourceOf<'readingsApi'> = {
  uploadReadings: async (portal, { caller, params, body, now }) => {
    const format = body.mediaType === 'text/csv' ? 'CSV' : 'NDJSON';
    const source = { bytes: body.bytes, format, gzip: body.gzip } as const;
    const { readings, counts, runs } = await takeReadings(portal, { caller, ...params, now }, source);
    return {
      body: {
        readings,
        accepted: counts.ACCEPTED,
        duplicates: counts.DUPLICATE,
        superseded: counts.SUPERSEDED,
        conflicts: counts.CONFLICT,
        refused: counts.REFUSED,
        results: runs,
      },
    };
  },
};

export const handler = apiHandler(
  readingRoutes,
  resource,
  portalWith((table) => ({ ...meterPorts(table), ...noticePorts(table) })),
);
