import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type Resource = {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
};
export type Template = { Resources: Record<string, Resource> };
export type StackKind = 'data' | 'api' | 'close' | 'observability';
export type SynthesizedStage = {
  templates: Record<StackKind, Template>;
  /** What cdk-nag has to say. */
  findings: { rule: string; resources: string[] }[];
};
export type Statement = { Effect: 'Allow' | 'Deny'; Action: string[]; Resource: string[]; Condition?: unknown };

/** The templates of stages as `cdk synth` makes them, but with code that isn't bundled. */
export function synthesize<S extends string>(...stages: S[]): Record<S, SynthesizedStage> {
  const program = fileURLToPath(new URL('./synthesize.ts', import.meta.url));
  const output = execFileSync(process.execPath, [program, ...stages], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    // CDK's own rules for templates take seconds and are applied by every `npm run synth`.
    env: { ...process.env, NODE_OPTIONS: '', CDK_VALIDATION: 'false' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(output);
}

export function resourcesOf(template: Template, type: string): [logicalId: string, resource: Resource][] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
}

/** The one resource of a type whose logical id begins so. */
export function resource(template: Template, type: string, start = ''): Resource {
  const found = resourcesOf(template, type).filter(([logicalId]) => logicalId.startsWith(start));
  if (found.length !== 1) throw new Error(`${found.length} resources ${type} ${start}: ${found.map(([id]) => id)}`);
  return found[0]![1];
}

/** All statements of the policies in a template, by the logical id of the policy. */
export function policies(template: Template): Record<string, Statement[]> {
  const found = resourcesOf(template, 'AWS::IAM::Policy').map(([logicalId, { Properties }]) => {
    const { Statement } = Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
    const statements = Statement.map((statement) => ({
      Effect: statement.Effect as Statement['Effect'],
      Action: [statement.Action].flat().map(text),
      Resource: [statement.Resource].flat().map(text),
      ...(statement.Condition !== undefined && { Condition: statement.Condition }),
    }));
    return [withoutHash(logicalId), statements] as const;
  });
  return Object.fromEntries(found);
}

/** A value of a template as a person reads it: `arn:aws:s3:::work-<AWS::AccountId>`. */
export function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const [[name, argument]] = Object.entries(value) as [[string, unknown]];
  if (name === 'Ref') return `<${withoutHash(String(argument))}>`;
  if (name === 'Fn::GetAtt') return `<${withoutHash(String((argument as string[])[0]))}.${(argument as string[])[1]}>`;
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as [string, unknown[]];
    return parts.map(text).join(separator);
  }
  return JSON.stringify(value);
}

/** A logical id without the hash that CDK puts at its end. */
export function withoutHash(logicalId: string): string {
  return logicalId
    .replace(/^SsmParameterValue(\w+?)C96584B6.*$/, 'parameter $1')
    .replace(/[0-9a-f]{32}$/, '')
    .replace(/[0-9A-F]{8}$/, '');
}
