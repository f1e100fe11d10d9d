import { webhookBody, webhookHeaders, webhookSecretText } from '../../lambdas/use-cases/sign-webhook.ts';

test('signs as Standard Webhooks says, by the example of its reference libraries', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const now = new Date(1_614_265_330_000);
  expect(webhookHeaders('msg_p5jXN8AQM9LWM0D4loKWxJek', '{"test": 2432232314}', [secret], now)).toMatchObject({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('signs with each secret, and counts the bytes of what is sent', () => {
  const secrets = [webhookSecretText(Buffer.from('first secret')), webhookSecretText(Buffer.from('second secret'))];
  const body = webhookBody({
    id: 'PeriodClosed#2026-10-1',
    type: 'PeriodClosed',
    time: '2026-11-10T02:00:00.000Z',
    detail: { period: '2026-10', run: 'Ångström', invoices: 1, setAside: 0 },
  });
  const headers = webhookHeaders('PeriodClosed#2026-10-1', body, secrets, new Date());
  expect(headers['webhook-signature']).toMatch(/^v1,[\w+/]{43}= v1,[\w+/]{43}=$/);
  expect(headers['content-length']).toBe(String(Buffer.byteLength(body)));
  expect(JSON.parse(body)).toEqual({
    type: 'PeriodClosed',
    timestamp: '2026-11-10T02:00:00.000Z',
    data: { period: '2026-10', run: 'Ångström', invoices: 1, setAside: 0 },
  });
});
