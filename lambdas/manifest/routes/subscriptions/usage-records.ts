import { NoParameters } from '../common.ts';
import { EXAMPLE_CONTRACT_ID } from '../contracts/example-ids.ts';
import type { RouteDefinition } from '../route.ts';
import { TakenRecords } from './structures.ts';

const RECORD = `{"id":"r-1","subscriptionId":"${EXAMPLE_CONTRACT_ID}_S1","product":"CLOUD-HOST","quantity":"2.5","start":"2026-11-10T00:00:00Z","end":"2026-11-11T00:00:00Z","currency":"USD"}\n`;

export const usageRecordRoutes = {
  sendUsageRecords: {
    function: 'subscriptionsApi',
    tag: 'Cloud services',
    method: 'POST',
    path: '/api/vendor/v1/cloudServices/usageRecords',
    access: { organizationType: 'VENDOR', action: 'sendUsageRecords' },
    summary: 'Send usage records of cloud subscriptions',
    description: `JSON, one object a line (\`application/x-ndjson\`), plain or with content-encoding gzip; at most 10,000 records, 4 MB as sent.
Fields: \`id\` (once in a contract), \`subscriptionId\`, \`product\` (code), \`quantity\`, \`time\` or \`start\` and \`end\` (in one usage period of
the contract), \`currency\` (the contract's), and as they apply \`inMinCommit\` (true), \`proformaNumber\`, \`invoiceNumber\`, \`prmId\` (partner number
of the service provider that it is taken to be of) and \`corrects\`: a quantity below 0 names the record that it takes back from. Sent again,
a record changes nothing; the same id with another content is a conflict. Taken until 90 days after the usage period's last day; what its
order doesn't take any more becomes arrears.`,
    params: NoParameters,
    query: NoParameters,
    fileBody: ['application/x-ndjson'],
    answer: { status: 200, description: 'What became of the records', schema: TakenRecords },
    problems: ['CHANGED_MEANWHILE'],
    example: {
      body: RECORD,
      answer: {
        records: 1,
        accepted: 1,
        duplicates: 0,
        conflicts: 0,
        refused: 0,
        results: [{ first: 1, last: 1, result: 'ACCEPTED' }],
      },
    },
  },
} as const satisfies Record<string, RouteDefinition>;
