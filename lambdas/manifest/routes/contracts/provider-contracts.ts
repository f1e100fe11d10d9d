import * as z from 'zod';
import { PROVIDER_CONTRACT_LIST } from '../../../use-cases/lists/contract-list.ts';
import { listQuery, NoParameters } from '../common.ts';
import type { RouteDefinition } from '../route.ts';
import { Id } from '../text.ts';
import { EXAMPLE_CONTRACT_PARAMS } from './example-ids.ts';
import { EXAMPLE_PROVIDER_CONTRACT } from './examples.ts';
import { PageOfProviderContract, ProviderContract } from './structures.ts';

const READ = {
  method: 'GET',
  function: 'contractsApi',
  access: { organizationType: 'SERVICE_PROVIDER', action: 'readContracts' },
  published: true,
  tag: 'Contract',
  problems: [],
} as const;

export const providerContractRoutes = {
  listProviderContracts: {
    ...READ,
    path: '/api/provider/v1/contracts',
    summary: 'List contracts',
    description: "The contracts of the caller's organization.",
    params: NoParameters,
    query: z.object(listQuery(PROVIDER_CONTRACT_LIST)),
    answer: { status: 200, description: 'A page of contracts', schema: PageOfProviderContract },
    example: { query: { filter: 'status==ACTIVE' }, answer: { content: [EXAMPLE_PROVIDER_CONTRACT], total: 1 } },
  },
  getProviderContract: {
    ...READ,
    path: '/api/provider/v1/contracts/{contractId}',
    editable: true,
    summary: 'Get a contract',
    description: 'A contract as it is now.',
    params: z.strictObject({ contractId: Id }),
    query: z.object({}),
    answer: { status: 200, description: 'The contract', schema: ProviderContract },
    example: { params: EXAMPLE_CONTRACT_PARAMS, answer: EXAMPLE_PROVIDER_CONTRACT },
  },
} as const satisfies Record<string, RouteDefinition>;
