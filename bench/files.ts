/**
 * Measures files of usage on the local stack, in a process of its own: `node bench/files.ts [rows]` prints one JSON text. A
 * CSV and an XLSX file of as many rows over 20 orders are validated, the CSV file is applied.
 */
import { randomUUID } from 'node:crypto';
import { templateXlsx } from '../lambdas/documents/usage-template.ts';
import { period } from '../lambdas/domain/calendar/period.ts';
import type { Product } from '../lambdas/domain/catalogue/product.ts';
import { pointsPerUnit } from '../lambdas/domain/numbers/amounts.ts';
import { announceUsageFile } from '../lambdas/use-cases/create-usage-file.ts';
import { importCatalogue } from '../lambdas/use-cases/import-catalogue.ts';
import { importProgramme } from '../lambdas/use-cases/import-programme.ts';
import { applyFile } from '../lambdas/use-cases/move-usage-file.ts';
import { takeUpUsageFiles } from '../lambdas/use-cases/take-up-usage-files.ts';
import { usageFileObjects } from '../lambdas/use-cases/usage-file-objects.ts';
import { validateUsageFile } from '../lambdas/use-cases/validate-usage-file.ts';
import { openLocalPortal } from '../local/local-portal.ts';
import { plainId, plainProgramme } from '../local/simulation/plain-programme.ts';
import { benchFolder } from './folder.ts';

export type FileMeasure = {
  rows: number;
  csvSeconds: number;
  xlsxSeconds: number;
  applySeconds: number;
  /** The most that the process held, and what it held before the first file. */
  peakMemoryMb: number;
  memoryBeforeMb: number;
};

const OCTOBER = period('2026-10');
const ORDERS = 20;
const SERVICE_PROVIDER = plainId(3, 0);
const now = () => new Date('2026-11-04T10:00:00Z');
const CALLER = {
  userId: 'bench',
  organizationId: SERVICE_PROVIDER,
  organizationType: 'SERVICE_PROVIDER',
  roles: ['Operations'],
} as const;

async function measure(rows: number): Promise<FileMeasure> {
  const folder = await benchFolder();
  const local = await openLocalPortal({ folder: folder.path, clock: now });
  const { portal } = local;
  try {
    const numbers = await reportedOrders(local.portal, rows / ORDERS);
    const table = rowsOf(numbers, rows);
    const csv = Buffer.from(table.map((cells) => cells.join(',')).join('\n'));
    const xlsx = templateXlsx(table[0] ?? [], table.slice(1));
    const memoryBeforeMb = megabytes(process.memoryUsage().rss);

    async function validated(name: string, bytes: Uint8Array): Promise<{ id: string; seconds: number }> {
      const creating = { caller: CALLER, now: now(), newId: randomUUID };
      const { file } = await announceUsageFile(portal, creating, { name, mode: 'MERGE', size: bytes.length });
      await portal.workFiles.putOnce(usageFileObjects.source(file.id), bytes, 'application/octet-stream');
      const seconds = await timed(() => validateUsageFile(portal, file.id));
      const after = await portal.usageFiles.get(file.id);
      if (after?.status !== 'READY' || after.rows !== rows) throw new Error(`${name} is ${after?.status}`);
      return { id: file.id, seconds };
    }

    const { seconds: xlsxSeconds } = await validated('usage.xlsx', xlsx);
    const { id: fileId, seconds: csvSeconds } = await validated('usage.csv', csv);
    const applySeconds = await timed(async () => {
      await applyFile(portal, { caller: CALLER, fileId, now: now(), ifMatch: undefined });
      await takeUpUsageFiles(portal);
    });
    if ((await portal.usageFiles.get(fileId))?.status !== 'APPLIED') throw new Error('the file was not applied');
    // Peak of the whole process in kilobytes; what is measured holds most of it.
    const peakMemoryMb = megabytes(process.resourceUsage().maxRSS * 1024);
    return { rows, csvSeconds, xlsxSeconds, applySeconds, peakMemoryMb, memoryBeforeMb };
  } finally {
    await local.close();
    await folder.remove();
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

/** Orders of one service provider that wait for its report, and as many products as an order has rows. */
async function reportedOrders(portal: Parameters<typeof importProgramme>[0], products: number): Promise<string[]> {
  const size = { period: OCTOBER, contracts: ORDERS, lines: 0, contractsPerProvider: ORDERS, cutOffEvery: 1 };
  const { orders = [], ...programme } = plainProgramme(size);
  const reported = (await Array.fromAsync(orders)).map(({ order }) => ({
    order: { ...order, status: 'PENDING_SP' as const },
    lines: [],
  }));
  await importProgramme(portal, { ...programme, orders: reported });
  await importCatalogue(portal, { products: Array.from({ length: products }, (_, n) => productOf(n)) });
  return reported.map(({ order }) => order.contractNumber);
}

const productOf = (n: number): Product => ({
  id: plainId(6, n),
  code: `BENCH-${n}`,
  name: `Product ${n}`,
  category: 'Bench',
  family: 'RENTAL',
  uom: 'GB vRAM',
  pointsPerUnit: pointsPerUnit('1'),
});

function rowsOf(contracts: readonly string[], rows: number): string[][] {
  const head = ['Contract', 'Usage Period', 'Product Code', 'Quantity', 'Comment'];
  const body = Array.from({ length: rows }, (_, n) => [
    contracts[n % ORDERS] ?? '',
    OCTOBER,
    `BENCH-${Math.floor(n / ORDERS)}`,
    `${n % 997}.${n % 10}`,
    `Row ${n}`,
  ]);
  return [head, ...body];
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

const [rows = '100000'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(await measure(Number(rows)))}\n`);
