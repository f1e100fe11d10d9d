import { apiFunctions } from './functions/api.ts';
import { billsApiFunctions } from './functions/bills-api.ts';
import { closeFunctions } from './functions/close.ts';
import { customerApiFunctions } from './functions/customer-api.ts';
import { dealsApiFunctions } from './functions/deals-api.ts';
import type { FunctionDefinition } from './functions/function.ts';
import { jobsFunctions } from './functions/jobs.ts';
import { notificationApiFunctions } from './functions/notification-api.ts';
import { resellApiFunctions } from './functions/resell-api.ts';
import { servicesApiFunctions } from './functions/services-api.ts';
import { subscriptionsApiFunctions } from './functions/subscriptions-api.ts';

/**
 * Every function of the portal: where its code is, what it needs and what it may do. The infrastructure, the local
 * portal and the tests of rights are all made from this table.
 */
export const functions = {
  ...closeFunctions,
  ...jobsFunctions,
  ...apiFunctions,
  ...notificationApiFunctions,
  ...billsApiFunctions,
  ...subscriptionsApiFunctions,
  ...dealsApiFunctions,
  ...customerApiFunctions,
  ...servicesApiFunctions,
  ...resellApiFunctions,
} as const satisfies Record<string, FunctionDefinition>;

export type FunctionName = keyof typeof functions;
