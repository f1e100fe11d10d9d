/**
 * The one main table: generic keys and four indexes from the first deploy, because a table can gain only one index per
 * update and this one must never be replaced. All keys are strings, all indexes carry `row`: the fields that lists
 * filter and sort by. `expiresAt` (epoch seconds) is for the time to live of idempotency and token items.
 */
export const tableDefinition = {
  nameSuffix: 'commerce-portal',
  partitionKey: 'pk',
  sortKey: 'sk',
  indexes: [
    { name: 'gsi1', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
    { name: 'gsi2', partitionKey: 'gsi2pk', sortKey: 'gsi2sk' },
    { name: 'gsi3', partitionKey: 'gsi3pk', sortKey: 'gsi3sk' },
    { name: 'gsi4', partitionKey: 'gsi4pk', sortKey: 'gsi4sk' },
  ],
  projectedAttributes: ['row'],
  timeToLiveAttribute: 'expiresAt',
} as const;
