import { Command, Option } from 'commander';
import { LOCAL_PORT } from '../local-port.ts';
import { TOKEN_HOLDERS } from '../sample/users.ts';
import { CommandError, tellError } from './errors.ts';
import { endUnrun, whole } from './options.ts';

// What a command is made of is loaded when it is run: help and a mistyped command need none of the portal.
const operate = () => import('./operate.ts');

const data = (folder = '.portal') => new Option('--data <folder>', 'where the portal keeps its data').default(folder);
const fresh = () => new Option('--fresh', 'start over: removes the data of the folder first');
const json = () => new Option('--json', 'print one JSON text on standard output and nothing else there');
const seedNumber = () =>
  new Option('--seed <number>', 'of a new sample programme: the same seed gives the same bytes (default: 1)').argParser(
    whole(0),
  );
const url = () =>
  new Option('--url <address>', 'ask the portal that runs there, e.g. http://127.0.0.1:8080').conflicts('data');
const token = () => new Option('--token <text>', 'API token to ask it with').env('PORTAL_TOKEN');
const ofPeriod = () => new Option('--period <YYYY-MM>', 'usage period').makeOptionMandatory();

const program = new Command('portal')
  .description('The Commerce Portal on this machine: billing for usage-based partner programmes.')
  .showHelpAfterError('(add --help for what the command takes)')
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 refused or failed (the sentence says why), 2 the command was not understood.',
  )
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .exitOverride(endUnrun);

program
  .command('start')
  .description('seed a sample programme, close its latest period, serve API, reference and mail on 127.0.0.1')
  .addOption(data())
  .addOption(fresh())
  .addOption(new Option('--port <number>', 'port to serve on').argParser(whole(0, 65_535)).default(LOCAL_PORT))
  .addOption(seedNumber())
  .addOption(
    new Option('--period <YYYY-MM>', 'latest period of a new sample programme; the latest past its cutoff by default'),
  )
  .option('--exit', 'end after the close, without serving')
  .addOption(json())
  .action(async (options) => (await import('./start.ts')).start(options));

program
  .command('seed')
  .description('bring the sample programme in without closing anything')
  .addOption(data())
  .addOption(fresh())
  .addOption(seedNumber())
  .addOption(new Option('--period <YYYY-MM>', 'latest period of the sample programme'))
  .action(async (options) => (await operate()).seed(options));

program
  .command('close')
  .description('close a period that is past its cutoff')
  .addOption(ofPeriod())
  .option('--dry-run', 'say what would be billed, without any effect')
  .addOption(data())
  .addOption(url())
  .addOption(token())
  .addOption(json())
  .action(async (options) => (await operate()).close(options));

program
  .command('redrive')
  .description('run the close of a period again for what it has left unbilled')
  .addOption(ofPeriod())
  .addOption(data())
  .addOption(url())
  .addOption(token())
  .addOption(json())
  .action(async (options) => (await operate()).close(options, 'REDRIVE'));

program
  .command('estimate')
  .description('what an open period would cost now')
  .addOption(ofPeriod())
  .addOption(data())
  .addOption(url())
  .addOption(token())
  .addOption(json())
  .action(async (options) => (await operate()).close({ ...options, dryRun: true }));

program
  .command('day')
  .description(
    'do what is due on contracts, periods and deals: effects, expiry, prepayment invoices, new orders, mails',
  )
  .addOption(new Option('--date <YYYY-MM-DD>', 'day to do it as of; today by default'))
  .addOption(data())
  .addOption(json())
  .action(async (options) => (await import('./day.ts')).day(options));

program
  .command('report')
  .description('the report of the latest run of a period')
  .addOption(ofPeriod())
  .addOption(data())
  .addOption(url())
  .addOption(token())
  .addOption(json())
  .action(async (options) => (await operate()).report(options));

program
  .command('token')
  .description('API tokens')
  .command('create')
  .description('make an API token; it is shown once')
  .addOption(new Option('--as <who>', "one of the sample's users").choices([...TOKEN_HOLDERS]))
  .option('--user <id>', 'id of the user the token is for')
  .option('--name <name>', 'name of the token', 'command line')
  .addOption(new Option('--days <number>', 'days until it expires').argParser(whole(1, 366)).default(90))
  .addOption(data())
  .addOption(json())
  .action(async (options) => (await operate()).createToken(options));

program
  .command('demo')
  .description('bill the virtual machines of a trace: metering to invoices')
  .requiredOption('--trace <file>', 'CSV, also gzipped: batch, start_s, duration_s, censored, vcpus, memory_gb')
  .addOption(ofPeriod())
  .addOption(
    new Option('--providers <number>', 'service providers the machines are dealt to')
      .argParser(whole(1, 100_000))
      .default(50),
  )
  .addOption(data('.portal-demo'))
  .addOption(json())
  .action(async (options) => (await import('./demo.ts')).demo(options));

let folder = '';

// Who reads what is said may go away (`npm start | head`): the work goes on. What can't be written to a file is missed there.
process.stderr.on('error', () => undefined);
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE' || process.exitCode === 1) return;
  process.exitCode = tellError(new CommandError(`What was to be printed can't be written (${code})`), folder);
});

program.hook('preAction', (_program, command) => {
  folder = command.opts<{ data: string }>().data;
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = tellError(error, folder);
}
