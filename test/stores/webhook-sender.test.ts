import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { isPublicAddress, openWebhookSender } from '../../lambdas/stores/webhook-sender.ts';
import { openWebhookReceiver } from '../support/webhook-receiver.ts';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  '64:ff9b::a00:1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2002:a00:1::1',
  '2001::1',
  'nonsense',
])('%s is not on the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['8.8.8.8', '172.32.0.1', '192.0.1.1', '2606:4700::1111', '2a00:1450::1'])('%s is', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

const strict = openWebhookSender();
const local = openWebhookSender({ toThisMachine: true });

test.each([
  ['http://8.8.8.8/', 'https'],
  ['ftp://8.8.8.8/', 'https'],
  ['nonsense', 'no URL'],
  ['https://ada:secret@8.8.8.8/', 'user or password'],
  ['https://127.0.0.1/', 'public internet'],
  ['https://localhost/', 'public internet'],
  ['https://[::1]/', 'public internet'],
  ['https://169.254.169.254/latest/meta-data', 'public internet'],
  // Other ways to write 127.0.0.1.
  ['https://2130706433/', 'public internet'],
  ['https://0x7f.1/', 'public internet'],
  ['https://[::ffff:127.0.0.1]/', 'public internet'],
])('nothing is sent to %s', async (url, why) => {
  expect(await strict.refusal(url)).toContain(why);
  expect(await strict.send(url, {}, '{}')).toEqual({ failure: expect.stringContaining(why) });
});

test('on one machine, a name that leads to it is good, and one that leads into its network is not', async () => {
  expect(await local.refusal('http://localhost:1/')).toBeUndefined();
  expect(await local.refusal('http://10.0.0.1/')).toContain('public internet');
  expect(await local.refusal('https://does-not-exist.invalid/')).toContain('no address');
});

test('a request is sent once, and its status told; redirects are not followed', async () => {
  const receiver = await openWebhookReceiver();
  try {
    receiver.state.answer = () => 302;
    receiver.state.headers = { location: 'http://127.0.0.1:1/elsewhere' };
    const headers = { 'content-type': 'application/json', 'webhook-id': 'a' };
    expect(await local.send(receiver.url, headers, '{"a":1}')).toEqual({ status: 302 });
    expect(receiver.received).toMatchObject([{ path: '/hooks', body: '{"a":1}', headers }]);
  } finally {
    await receiver.close();
  }
});

test('of an answer that never ends only a little is read', async () => {
  const receiver = await openWebhookReceiver();
  try {
    receiver.state.body = 'x'.repeat(10_000_000);
    expect(await local.send(receiver.url, {}, '{}')).toEqual({ status: 200 });
  } finally {
    await receiver.close();
  }
});

test('a server that is not there, or hangs up, is a failure in plain words', async () => {
  expect(await local.send('http://127.0.0.1:1/', {}, '{}')).toEqual({ failure: 'no connection (ECONNREFUSED)' });
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  expect(await local.send(`http://127.0.0.1:${port}/`, {}, '{}')).toEqual({ failure: 'no connection (ECONNRESET)' });
  server.close();
});

test('a server that takes the request and never answers is left after the time given', async () => {
  const impatient = openWebhookSender({ toThisMachine: true, mostMs: 50 });
  const sockets: Socket[] = [];
  const server = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  expect(await impatient.send(`http://127.0.0.1:${port}/`, {}, '{}')).toEqual({ failure: 'no answer in time' });
  for (const socket of sockets) socket.destroy();
  server.close();
});
