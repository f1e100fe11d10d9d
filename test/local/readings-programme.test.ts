import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { period } from '../../lambdas/domain/calendar/period.ts';
import { openLocalPortal } from '../../local/local-portal.ts';
import { openReadingsProgramme } from '../../local/readings-programme.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commerce-portal-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('virtual machines of a trace, uploaded through HTTP, come to what metering the trace gives, also sent again', async () => {
  const file = join(folder, 'vms.csv.gz');
  const rows = Array.from(
    { length: 300 },
    (_, at) => `${at % 11},${at * 977},${1 + ((at * 7_919) % 90_000)},0,2,${(at % 64) + 0.5}`,
  );
  await writeFile(file, gzipSync(`batch,start_s,duration_s,censored,vcpus,memory_gb\n${rows.join('\n')}\n`));
  const local = await openLocalPortal({ folder: join(folder, 'data'), clock: () => new Date('2026-11-02T02:00:00Z') });
  const programme = await openReadingsProgramme(local, { file, period: period('2026-10'), providers: 3 });
  try {
    expect(programme.readings).toBe(300);
    expect(await programme.isExact()).toBe(false);
    await programme.upload();
    await programme.fill();
    expect(await programme.isExact()).toBe(true);
    await Promise.all([programme.upload(), programme.upload(), programme.upload()]);
    await programme.fill();
    expect(await programme.isExact()).toBe(true);
  } finally {
    await programme.close();
    await local.close();
  }
});
