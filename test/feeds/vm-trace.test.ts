import { gzipSync } from 'node:zlib';
import { formatQuantity } from '../../lambdas/domain/numbers/amounts.ts';
import { FeedError } from '../../lambdas/feeds/feed-error.ts';
import { readVmTrace, type TracedVm } from '../../lambdas/feeds/vm-trace.ts';

const HEADER = 'batch,start_s,duration_s,censored,vcpus,memory_gb';

/** A file's bytes in pieces of some size. */
async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const read = (content: string | Uint8Array, size = 64_000): Promise<TracedVm[]> => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return Array.fromAsync(readVmTrace(inPieces(bytes, size), 'trace.csv'));
};

const text = (vms: readonly TracedVm[]) =>
  vms.map((vm) => `${vm.batch} ${vm.startSeconds} ${vm.durationSeconds} ${formatQuantity(vm.memory)}`);

test('a trace is read exactly', async () => {
  const vms = await read(`${HEADER}\n0,0,300,0,8,14\n17,299700,345600,1,0.5,0.123456\n`);
  expect(text(vms)).toEqual(['0 0 300 14', '17 299700 345600 0.123456']);
});

test.each([1, 2, 7, 1000])('it makes no difference that it comes in pieces of %i bytes, or gzipped', async (size) => {
  const content = `${HEADER}\n${Array.from({ length: 50 }, (_, i) => `${i},${i},60,0,2,3.5`).join('\n')}\n`;
  const expected = await read(content);
  expect(expected).toHaveLength(50);
  expect(await read(content, size)).toEqual(expected);
  expect(await read(gzipSync(content), size)).toEqual(expected);
});

test('columns are found by name, others are passed over, line ends may be those of Windows, a mark may stand first', async () => {
  const vms = await read('\uFEFFzone,memory_gb,batch,duration_s,start_s,vcpus,censored\r\neu,1.75,3,60,5,1,0\r\n');
  expect(text(vms)).toEqual(['3 5 60 1.75']);
});

test.each([1, 1000])('cells may be quoted, also behind a mark and over lines, in pieces of %i bytes', async (size) => {
  const header = `\uFEFF"zone",${HEADER.replace('vcpus', '"vcpus"')}`;
  const rows = ['"eu, ""north""",0,0,300,0,8,"14"', '"eu\nsouth","17",5,60,1,2,3.5'];
  expect(text(await read([header, ...rows].join('\n'), size))).toEqual(['0 0 300 14', '17 5 60 3.5']);
  const wrong = read([header, ...rows, 'eu,soon,0,300,0,8,14'].join('\n'), size);
  await expect(wrong).rejects.toMatchObject({ line: 5, column: 'batch' });
});

test('each line may end in its own way', async () => {
  expect(await read(`${HEADER}\n0,0,300,0,8,14\r\n0,0,300,0,8,14\n`)).toHaveLength(2);
});

test('the last line needs no end', async () => {
  expect(await read(`${HEADER}\n0,0,300,0,8,14`)).toHaveLength(1);
});

const zipped = gzipSync(`${HEADER}\n${'0,0,300,0,8,14\n'.repeat(500)}`);
const damaged = Uint8Array.from(zipped);
damaged[20] = 255 - (damaged[20] ?? 0);

const NO_WHOLE = 'is no whole number of 0 or more';
const NO_15_DIGITS = 'is no whole number of 1 to 15 digits';
const NO_DECIMAL = 'is no number of 0 or more with at most 6 decimals';

/** A file of one row, and what is said of the cell of it that is wrong. */
const cell = (row: string, place: string, problem: string): [content: string, message: string] => [
  `${HEADER}\n${row}\n`,
  `trace.csv, line 2, column ${place} ${problem}`,
];

test.each<[string, string | Uint8Array, string | RegExp]>([
  ['is empty', '', 'trace.csv: the file is empty'],
  ['has no machine', `${HEADER}\n`, 'trace.csv: has a header but no virtual machine'],
  [
    'lacks a column',
    'batch,start_s,duration_s,censored,vcpus\n0,0,1,0,1\n',
    'trace.csv, line 1: the header has no column memory_gb: batch,start_s,duration_s,censored,vcpus,memory_gb are needed',
  ],
  ['has a column twice', `${HEADER},batch\n`, 'trace.csv, line 1: the header has the column batch twice'],
  ['has a short row', `${HEADER}\n0,0,300,0,8,14\n0,0,3\n`, 'trace.csv, line 3: has 3 columns, but the header has 6'],
  ['has an empty line', `${HEADER}\n\n0,0,300,0,8,14\n`, 'trace.csv, line 2: has 1 column, but the header has 6'],
  ['has a word for a number', ...cell('0,0,soon,0,8,14', 'duration_s: "soon"', NO_WHOLE)],
  ['has a negative number', ...cell('0,-5,60,0,8,14', 'start_s: "-5"', NO_WHOLE)],
  ['has no number', ...cell(',0,60,0,8,14', 'batch: ""', NO_15_DIGITS)],
  ['has a number too long', ...cell('1234567890123456,0,60,0,8,14', 'batch: "1234567890123456"', NO_15_DIGITS)],
  ['has a negative memory', ...cell('0,0,60,0,8,-0.5', 'memory_gb: "-0.5"', NO_DECIMAL)],
  ['has a memory finer than can be billed', ...cell('0,0,60,0,8,0.1234567', 'memory_gb: "0.1234567"', NO_DECIMAL)],
  ['has a number in exponent form', ...cell('0,0,60,0,8,1e3', 'memory_gb: "1e3"', NO_DECIMAL)],
  ['is wrong where nothing is billed by it', ...cell('0,0,60,2,8,1', 'censored: "2"', 'is neither 0 nor 1')],
  ['is cut off', zipped.subarray(0, zipped.length - 9), 'trace.csv: the gzip file is cut off: get a whole copy of it'],
  ['is damaged', damaged, /^trace\.csv: the gzip file is damaged/],
  ['is no text', Uint8Array.of(0x89, 0x50, 0xff, 0x0a), 'trace.csv: is no UTF-8 text'],
  ['has a quote within a cell', `${HEADER}\n0,1"2,3,0,8,14\n`, /^trace\.csv, line 2: a cell has a quote within/],
  ['goes on behind a quote', `${HEADER}\n0,"1"2,3,0,8,14\n`, /^trace\.csv, line 2: a cell goes on behind/],
  ['ends in a quote', `${HEADER}\n0,"12,3,0,8,14\n`, 'trace.csv, line 2: the file ends within a quoted cell'],
  ['has no lines', 'x'.repeat(100_000), 'trace.csv, line 1: longer than 65536 characters: no table of lines'],
])('a file that %s is refused, naming the place', async (_name, content, message) => {
  const refused = read(content);
  await expect(refused).rejects.toThrow(FeedError);
  await expect(refused).rejects.toThrow(message);
});

test('an error tells its line and column to programs too', async () => {
  await expect(read(`${HEADER}\n0,0,60,0,8,x\n`)).rejects.toMatchObject({ line: 2, column: 'memory_gb' });
});
