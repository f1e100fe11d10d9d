/**
 * Shapes of the items in the main table, without their keys: the only declaration of what is stored. Those that few
 * functions need are not here but imported from where they are declared, as a bundle carries every schema of a module.
 * A change of a shape is a new schemaVersion with an upcaster in mapping.ts, from the first release on; a test pins the hash of
 * each shape to its version.
 */
export * from './items/billing-orders.ts';
export * from './items/catalogue.ts';
export * from './items/closes.ts';
export * from './items/contracts.ts';
export * from './items/idempotency.ts';
export * from './items/invoices.ts';
export * from './items/messages.ts';
export * from './items/organizations.ts';
export * from './items/prepayments.ts';
export * from './items/review.ts';
export * from './items/work-groups.ts';
