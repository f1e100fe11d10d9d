import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalSigner } from '../../local/local-signer.ts';
import { secretFile } from '../../local/secret-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portal-'));
});
afterEach(() => rm(folder, { recursive: true }));

const now = new Date('2026-11-10T02:00:00Z');
const claims = { sub: 'ada', org: 'VENDOR', tokenId: 't', roles: [] };
const open = (data = folder) => openLocalSigner(data, 'http://127.0.0.1:8080');

test('the key pair is made once: tokens survive a restart', async () => {
  const token = await (await open()).sign(claims, now, 1_800);
  expect(await (await open()).verify(token, now)).toMatchObject(claims);
  expect(await (await open(join(folder, 'other'))).verify(token, now)).toBeUndefined();
});

test('only the owner can read the key', async () => {
  await open();
  expect((await stat(join(folder, 'signing-key.pem'))).mode & 0o777).toBe(0o600);
});

test('of two that make a secret at once, both get the same one, and nothing else is left behind', async () => {
  const path = join(folder, 'deep', 'secret');
  const made = await Promise.all(['a', 'b', 'c'].map((text) => secretFile(path, async () => text)));
  expect(new Set(made).size).toBe(1);
  expect(await readFile(path, 'utf8')).toBe(made[0]);
  expect(await readdir(join(folder, 'deep'))).toEqual(['secret']);
});

test('a secret that is there is not made again', async () => {
  const path = join(folder, 'secret');
  await writeFile(path, 'kept');
  expect(await secretFile(path, () => 'new')).toBe('kept');
});
