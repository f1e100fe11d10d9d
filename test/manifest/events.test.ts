import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { EVENT_TYPES, EVENTS, type EventType } from '../../lambdas/manifest/events.ts';
import { eventsText } from '../../local/http/events-page.ts';

const SAMPLES = new URL('../fixtures/events/', import.meta.url);

/**
 * The shapes that each type has had, oldest first: the shape of version n is the nth, and test/fixtures/events has a sample of
 * it, named <type>.<n>.json, for good. A shape that changes is added here, with a sample; none is ever taken away.
 */
const SHAPES: Readonly<Record<EventType, readonly string[]>> = {
  InvoiceIssued: ['afba868a1b228096'],
  BillingOrderChanged: ['1b68327ae011504e'],
  ContractRequestChanged: ['61afaa3ff9fe9d38'],
  ContractStatusChanged: ['c499b89a7de96500'],
  OneOffOrderChanged: ['a02c95a63ce08d2f'],
  DealChanged: ['038b9ec86921ea73'],
  ProductCommitmentChanged: ['157c73ef6edfd01c'],
  CustomerCommitmentChanged: ['c362711f7471a340'],
  PeriodClosed: ['3e648e50ba05070a'],
  SubscriptionChanged: ['0df6118e0965b932'],
  ThresholdCrossed: ['c2315a2978a437e2'],
  PrepaymentBelowTriggerPoint: ['4a55906949af7fdf', '1ab72d72ff637ef6'],
  ServiceDeliveryChanged: ['aa428e2b0985de16'],
  VeloOrderChanged: ['e316332b54928147'],
};

// What a field is said to be may be said better.
const withoutWords = (name: string, value: unknown) => (name === 'description' ? undefined : value);

const hashOf = (type: EventType): string =>
  createHash('sha256')
    .update(JSON.stringify(z.toJSONSchema(EVENTS[type].detail, { io: 'input' }), withoutWords))
    .digest('hex')
    .slice(0, 16);

test('the shape of no event has changed without a version of its own', () => {
  const current = Object.fromEntries(EVENT_TYPES.map((type) => [type, hashOf(type)]));
  expect(current).toEqual(Object.fromEntries(EVENT_TYPES.map((type) => [type, SHAPES[type].at(-1)])));
});

const files = readdirSync(SAMPLES).sort();

test('there is a sample of each version of each type', () => {
  const expected = EVENT_TYPES.flatMap((type) => SHAPES[type].map((_, at) => `${type}.${at + 1}.json`));
  expect(files).toEqual(expected.sort());
});

test.each(files)('%s, which was published once, is still read as it was', (file) => {
  const sample = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8'));
  const { detail } = EVENTS[file.split('.')[0] as EventType];
  expect(detail.parse(sample)).toEqual(sample);
});

test.each(EVENT_TYPES)('the example of %s says all that there is to say', (type) => {
  const { detail, example } = EVENTS[type];
  expect(Object.keys(example).sort()).toEqual(Object.keys(detail.shape).sort());
  expect(detail.parse(example)).toEqual(example);
});

test.each(EVENT_TYPES)('%s names the parties that it is told to, in the past tense', (type) => {
  const { parties, detail } = EVENTS[type];
  const names = Object.keys(detail.shape);
  for (const party of parties) expect(names).toContain(party === 'AGGREGATOR' ? 'aggregatorId' : 'serviceProviderId');
  expect(type).toMatch(/(ed|Below[A-Z]\w+)$/);
});

test('a service provider is told no amount of what its aggregator is billed', () => {
  const told = EVENT_TYPES.filter((type) => (EVENTS[type].parties as readonly string[]).includes('SERVICE_PROVIDER'));
  const names = told.flatMap((type) => Object.keys(EVENTS[type].detail.shape));
  expect(names.filter((name) => /gross|amount|price|currency|token/i.test(name))).toEqual([]);
});

test('docs/events.md is what the table of events says: else run node local/http/write-events.ts', () => {
  expect(readFileSync(new URL('../../docs/events.md', import.meta.url), 'utf8')).toBe(eventsText());
});
