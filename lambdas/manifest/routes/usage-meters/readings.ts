import { NoParameters } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { EXAMPLE_ONE, MANAGED, METERS, ONE } from './common.ts';
import { TakenReadings } from './structures.ts';

export const readingRoutes = {
  uploadReadings: {
    tag: 'Usage meter',
    function: 'readingsApi',
    method: 'POST',
    path: `${METERS}/{meterId}/readings`,
    access: MANAGED,
    summary: 'Upload readings of a usage meter',
    description: `Hourly readings (\`hour\`) or power-on intervals (\`from\`, \`to\`) of VMs, hosts and volumes: JSON, one object a line
(\`application/x-ndjson\`), or CSV with a head line (\`text/csv\`), plain or with content-encoding gzip; at most 4 MB as sent, 64 MB
unzipped, 50,000 readings. Fields: \`source\`, \`products\` (codes), \`sequence\`, and as they apply \`site\` (name), \`customer\`, \`category\`
(RENTAL PERPETUAL DEMO), \`poweredOn\`, \`configuredGb\`, \`reservedGb\`, \`cores\`, \`capacityGb\`. An upload tells an hour of a source whole:
of two that tell the same hour the one with the higher sequence holds, whichever comes first; sent again, they change nothing.`,
    params: ONE,
    query: NoParameters,
    fileBody: ['application/x-ndjson', 'text/csv'],
    answer: { status: 200, description: 'What became of the readings', schema: TakenReadings },
    problems: ['CHANGED_MEANWHILE'],
    example: {
      params: EXAMPLE_ONE,
      body: '{"source":"vm-1","products":["FLEX-CORE"],"hour":"2026-10-01T05:00:00Z","sequence":1,"configuredGb":64}\n',
      answer: {
        readings: 1,
        accepted: 1,
        duplicates: 0,
        superseded: 0,
        conflicts: 0,
        refused: 0,
        results: [{ first: 1, last: 1, result: 'ACCEPTED' }],
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
