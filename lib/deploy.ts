import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { parseConfig, type StageConfig } from './config.ts';

/**
 * `npm run deploy -- [stage] [options of cdk deploy]`: prepares the account for CDK where that hasn't been done, deploys
 * every stack of the stage, prints what they answer, and says what is still missing before mail can be sent.
 */
async function deploy(stage: string | undefined, options: string[]): Promise<void> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8'));
  const config = parseConfig({ ...context, stage: stage ?? context.stage });
  refuseExamples(config);
  const chosen = ['-c', `stage=${config.stage}`];
  // Does nothing where it has been done.
  cdk('bootstrap', ...chosen);
  cdk('deploy', '--all', '--outputs-file', OUTPUTS_FILE, ...chosen, ...options);
  printOutputs();
  await warnOfSandbox(config);
}

const OUTPUTS_FILE = join('cdk.out', 'outputs.json');

function refuseExamples({ stage, senderAddress, alarmMail }: StageConfig): void {
  const examples = [senderAddress, alarmMail].filter((address) => /@(.+\.)?example\.(com|org|net)$/.test(address));
  if (examples.length > 0) {
    throw new Error(`cdk.json, context.stages.${stage}: put addresses of yours in place of ${examples.join(' and ')}`);
  }
}

function cdk(...options: string[]): void {
  const program = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const { status, error } = spawnSync(process.execPath, [program, ...options], { stdio: 'inherit' });
  if (error) throw error;
  if (status !== 0) throw new Error(`cdk ${options[0]} has failed, see above; what was deployed before stays as it is`);
}

function printOutputs(): void {
  const stacks: Record<string, Record<string, string>> = JSON.parse(readFileSync(OUTPUTS_FILE, 'utf8'));
  for (const [stack, outputs] of Object.entries(stacks)) {
    for (const [name, value] of Object.entries(outputs)) console.log(`${stack} ${name}: ${value}`);
  }
}

async function warnOfSandbox({ region }: StageConfig): Promise<void> {
  const { ProductionAccessEnabled: released } = await new SESv2Client({ region }).send(new GetAccountCommand({}));
  if (!released) {
    console.log(
      `Mail: SES of this account is still in the sandbox in ${region} and sends to verified addresses only. ` +
        'See docs/operations.md#leave-the-mail-sandbox',
    );
  }
}

try {
  const [stage, ...options] = process.argv.slice(2);
  await (stage?.startsWith('-') ? deploy(undefined, [stage, ...options]) : deploy(stage, options));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
