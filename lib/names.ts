import { type FunctionName, functions } from '../lambdas/manifest/functions.ts';
import { tableDefinition } from '../lambdas/manifest/table.ts';

/**
 * Fixed names of everything that another stack refers to. Stacks are joined by these and by parameters, never by
 * exports: an export locks the exporting stack for as long as somebody imports it.
 */
export function portalNames(stage: string) {
  const prefix = `${stage}-${tableDefinition.nameSuffix}`;
  return {
    prefix,
    table: prefix,
    eventBus: prefix,
    configurationSet: prefix,
    stateMachine: `${prefix}-billing-close`,
    deadLetters: `${prefix}-dead-letters`,
    /** `service` dimension of the portal's own metrics, so that stages in one account stay apart. */
    service: prefix,
    /** Bucket names are shared by all accounts of the world: the account and region make them ours. */
    bucket: (kind: 'documents' | 'work' | 'access-logs', account: string, region: string) =>
      `${prefix}-${kind}-${account}-${region}`,
    function: (name: FunctionName) => `${prefix}-${kebabCase(name)}`,
    parameter: (name: ParameterName) => `/${tableDefinition.nameSuffix}/${stage}/${name}`,
    stack: (kind: 'data' | 'api' | 'close' | 'observability') => `${prefix}-${kind}`,
  };
}

export type PortalNames = ReturnType<typeof portalNames>;

/** Values that AWS makes up and another stack needs. */
export type ParameterName =
  | 'data-key-id'
  | 'signing-key-id'
  | 'previous-signing-key-id'
  | 'secrets-key-id'
  | 'trusted-issuer'
  | 'trusted-client-id'
  | 'api-id'
  | 'portal-url';

/** Functions whose code is in a folder of `lambdas`. */
export function functionsIn(...folders: ('api' | 'close' | 'jobs')[]): FunctionName[] {
  const names = Object.keys(functions) as FunctionName[];
  return names.filter((name) => folders.some((folder) => functions[name].entry.startsWith(`lambdas/${folder}/`)));
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
