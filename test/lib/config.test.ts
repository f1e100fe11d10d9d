import { readFileSync } from 'node:fs';
import { DEFAULT_CALENDAR } from '../../lambdas/domain/calendar/programme-calendar.ts';
import { formatPercent } from '../../lambdas/domain/numbers/amounts.ts';
import { DEFAULT_PAYMENT_DAYS, DEFAULT_VARIANCE } from '../../lambdas/runtime/configuration.ts';
import { parseConfig } from '../../lib/config.ts';

const mails = { senderAddress: 'billing@portal.test', alarmMail: 'operations@portal.test' };
const parse = (settings: object, stage = 'dev') => parseConfig({ stage, stages: { [stage]: settings } });

test('a stage needs no more than two addresses', () => {
  expect(parse(mails)).toMatchObject({
    stage: 'dev',
    account: undefined,
    region: 'eu-central-1',
    calendar: DEFAULT_CALENDAR,
    paymentDays: DEFAULT_PAYMENT_DAYS,
    variance: { fewestMonths: DEFAULT_VARIANCE.fewestMonths, percent: formatPercent(DEFAULT_VARIANCE.percent) },
    documentRetentionYears: 10,
    objectLock: 'GOVERNANCE',
  });
});

test('the stages of cdk.json are complete', () => {
  const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));
  for (const stage of ['dev', 'prod']) expect(parseConfig({ ...context, stage }).stage).toBe(stage);
});

test('documents of prod can be locked in COMPLIANCE mode only', () => {
  expect(() => parse(mails, 'prod')).toThrow('objectLock must be COMPLIANCE');
  expect(parse({ ...mails, objectLock: 'COMPLIANCE' }, 'prod').objectLock).toBe('COMPLIANCE');
});

test('a further signing key needs the time when it takes over', () => {
  expect(() => parse({ ...mails, signingKeyGeneration: 2 })).toThrow('signingKeyRotated is needed');
  const signingKeyRotated = '2027-01-31T09:30:00Z';
  expect(parse({ ...mails, signingKeyGeneration: 2, signingKeyRotated })).toMatchObject({ signingKeyRotated });
});

test.each([
  [{ ...mails, alarmMail: 'nobody' }, 'cdk.json, context.stages.dev: alarmMail: must be a mail address'],
  [{ ...mails, region: 'Frankfurt' }, 'region: must be an AWS region such as eu-central-1'],
  [{ ...mails, calendar: { cutoffDay: 31 } }, 'calendar.cutoffDay: '],
  [{ ...mails, calendar: { cutoffPolicy: 'billNothing' } }, 'calendar.cutoffPolicy: '],
  [{ ...mails, cutofDay: 9 }, 'cutofDay'],
  [{ ...mails, domain: { name: 'https://x' } }, 'domain.name: must be a host name such as portal.example.com'],
])('a setting that is wrong is named: %j', (settings, message) => {
  expect(() => parse(settings)).toThrow(message);
});

test('a stage that does not exist is named together with those that do', () => {
  expect(() => parseConfig({ stage: 'test', stages: { dev: mails } })).toThrow(
    'cdk.json has no stage "test" (it has dev): add it to context.stages',
  );
});
