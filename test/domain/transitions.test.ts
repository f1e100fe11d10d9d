import {
  ADJUSTMENT_TRANSITIONS,
  BILLABLE_STATUSES,
  BILLING_ORDER_STATUSES,
  BILLING_ORDER_TRANSITIONS,
} from '../../lambdas/domain/billing-order/status.ts';
import { CONTRACT_STATUSES, CONTRACT_TRANSITIONS } from '../../lambdas/domain/contract/status.ts';
import {
  CONTRACT_REQUEST_STATUSES,
  CONTRACT_REQUEST_TRANSITIONS,
} from '../../lambdas/domain/contract-request/status.ts';
import {
  COST_REPORT_FILE_STATUSES,
  COST_REPORT_FILE_TRANSITIONS,
} from '../../lambdas/domain/cost-report/cost-report-file.ts';
import {
  CUSTOMER_COMMITMENT_STATUSES,
  CUSTOMER_COMMITMENT_TRANSITIONS,
} from '../../lambdas/domain/customer-commitment/status.ts';
import { DEAL_EXTENSION_STATUSES, DEAL_STATUSES } from '../../lambdas/domain/deal/status.ts';
import { DEAL_EXTENSION_TRANSITIONS, DEAL_TRANSITIONS } from '../../lambdas/domain/deal/transitions.ts';

import { ONE_OFF_ORDER_STATUSES, ONE_OFF_ORDER_TRANSITIONS } from '../../lambdas/domain/one-off-order/status.ts';
import {
  ORGANIZATION_STATUSES,
  ORGANIZATION_TRANSITIONS,
  USER_STATUSES,
  USER_TRANSITIONS,
} from '../../lambdas/domain/organization/status.ts';
import {
  PRODUCT_COMMITMENT_STATUSES,
  PRODUCT_COMMITMENT_TRANSITIONS,
} from '../../lambdas/domain/product-commitment/product-commitment.ts';
import {
  SERVICE_DELIVERY_STATUSES,
  SERVICE_DELIVERY_TRANSITIONS,
} from '../../lambdas/domain/service-delivery/status.ts';
import { type Transition, transition } from '../../lambdas/domain/transitions.ts';
import {
  DELIVERY_STATUSES,
  DELIVERY_TRANSITIONS,
  WEBHOOK_STATUSES,
  WEBHOOK_TRANSITIONS,
} from '../../lambdas/domain/webhook/webhook.ts';

type Machine = {
  name: string;
  states: readonly string[];
  table: readonly Transition<string, string>[];
  start: string;
  terminal: readonly string[];
  /** States of the enumeration that belong to the other machine. */
  unused: readonly string[];
};

const MACHINES: Machine[] = [
  {
    name: 'billing order',
    states: BILLING_ORDER_STATUSES,
    table: BILLING_ORDER_TRANSITIONS,
    start: 'NOT_OPEN',
    terminal: ['CLOSED', 'CANCELLED'],
    unused: ['PENDING_APPROVAL', 'PENDING_VENDOR_REFUND'],
  },
  {
    name: 'adjustment',
    states: BILLING_ORDER_STATUSES,
    table: ADJUSTMENT_TRANSITIONS,
    start: 'CLOSED',
    terminal: [],
    unused: ['NOT_OPEN', 'PENDING_VENDOR', 'REJECTED', 'CANCELLED'],
  },
  {
    name: 'customer commitment',
    states: CUSTOMER_COMMITMENT_STATUSES,
    table: CUSTOMER_COMMITMENT_TRANSITIONS,
    start: 'PENDING_EFFECTIVE_PERIOD',
    terminal: ['COMPLETED', 'CANCELLED'],
    unused: [],
  },
  {
    name: 'product commitment',
    states: PRODUCT_COMMITMENT_STATUSES,
    table: PRODUCT_COMMITMENT_TRANSITIONS,
    start: 'ACTIVE',
    terminal: ['COMPLETED'],
    unused: [],
  },
  {
    name: 'organization',
    states: ORGANIZATION_STATUSES,
    table: ORGANIZATION_TRANSITIONS,
    start: 'ACTIVE',
    terminal: [],
    unused: [],
  },
  {
    name: 'user',
    states: USER_STATUSES,
    table: USER_TRANSITIONS,
    start: 'INVITED',
    terminal: ['DELETED'],
    unused: [],
  },
  {
    name: 'contract',
    states: CONTRACT_STATUSES,
    table: CONTRACT_TRANSITIONS,
    start: 'DRAFT',
    terminal: ['REJECTED', 'EXPIRED', 'TERMINATED', 'DEACTIVATED'],
    unused: [],
  },
  {
    name: 'contract request',
    states: CONTRACT_REQUEST_STATUSES,
    table: CONTRACT_REQUEST_TRANSITIONS,
    start: 'PENDING_APPROVAL',
    terminal: ['COMPLETED', 'REJECTED', 'WITHDRAWN', 'STOPPED'],
    unused: [],
  },
  {
    name: 'one-off order',
    states: ONE_OFF_ORDER_STATUSES,
    table: ONE_OFF_ORDER_TRANSITIONS,
    start: 'PENDING_APPROVAL',
    terminal: ['FULFILLED', 'REJECTED'],
    unused: [],
  },
  {
    name: 'file of a cost report',
    states: COST_REPORT_FILE_STATUSES,
    table: COST_REPORT_FILE_TRANSITIONS,
    start: 'AWAITING_UPLOAD',
    terminal: ['TAKEN', 'REFUSED'],
    unused: [],
  },
  {
    name: 'deal',
    states: DEAL_STATUSES,
    table: DEAL_TRANSITIONS,
    start: 'DRAFT',
    terminal: DEAL_STATUSES.filter((status) => status.startsWith('CLOSED')),
    unused: [],
  },
  {
    name: "deal's extension",
    states: DEAL_EXTENSION_STATUSES,
    table: DEAL_EXTENSION_TRANSITIONS,
    start: 'NOT_EXTENDED',
    terminal: ['EXTENSION_DENIED', 'EXTENDED'],
    unused: [],
  },
  {
    name: 'service delivery',
    states: SERVICE_DELIVERY_STATUSES,
    table: SERVICE_DELIVERY_TRANSITIONS,
    start: 'PENDING_ACCEPTANCE',
    terminal: ['ACCEPTED', 'WITHDRAWN'],
    unused: [],
  },
  {
    name: 'webhook',
    states: WEBHOOK_STATUSES,
    table: WEBHOOK_TRANSITIONS,
    start: 'ACTIVE',
    terminal: [],
    unused: [],
  },
  {
    name: 'delivery',
    states: DELIVERY_STATUSES,
    table: DELIVERY_TRANSITIONS,
    start: 'WAITING',
    terminal: ['DELIVERED'],
    unused: [],
  },
];

describe.each(MACHINES)('the $name table', ({ states, table, start, terminal, unused }) => {
  test('knows only states of its machine', () => {
    for (const { from, to } of table) expect(states).toEqual(expect.arrayContaining([from, to]));
  });

  test('leads from the start to every state, and out of all but the terminal ones', () => {
    const reached = new Set([start]);
    for (const state of reached) for (const { from, to } of table) if (from === state) reached.add(to);
    expect([...reached].sort()).toEqual(states.filter((state) => !unused.includes(state)).sort());
    const left = new Set(table.map(({ from }) => from));
    expect([...reached].filter((state) => !left.has(state)).sort()).toEqual([...terminal].sort());
  });

  test('has one outcome for an actor’s verb in a state', () => {
    const keys = table.map(({ from, verb, by }) => `${from} ${verb} ${by}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('allows what it lists and refuses every other state, verb and actor', () => {
    const verbs = [...new Set(table.map(({ verb }) => verb)), 'unknown', 'constructor'];
    const actors = [...new Set(table.map(({ by }) => by)), 'NOBODY'];
    for (const from of states) {
      for (const verb of verbs) {
        for (const by of actors) {
          const row = table.find((each) => each.from === from && each.verb === verb && each.by === by);
          expect(transition(table, from, verb, by)).toEqual(
            row ? { ok: true, to: row.to } : { ok: false, reason: 'TRANSITION_NOT_ALLOWED', from, verb },
          );
        }
      }
    }
  });
});

const arrows = (table: readonly Transition<string, string>[]) =>
  [...new Set(table.map(({ from, to }) => `${from} → ${to}`))].sort();

test('a billing order moves as the law says and in no other way', () => {
  expect(arrows(BILLING_ORDER_TRANSITIONS)).toEqual(
    [
      'NOT_OPEN → PENDING_SP',
      'PENDING_SP → PENDING_AGGREGATOR',
      'PENDING_AGGREGATOR → PENDING_VENDOR',
      'PENDING_VENDOR → CLOSED',
      'PENDING_AGGREGATOR → PENDING_SP',
      'PENDING_SP → PENDING_VENDOR',
      'PENDING_VENDOR → REJECTED',
      'REJECTED → PENDING_AGGREGATOR',
      'NOT_OPEN → CANCELLED',
      'PENDING_SP → CANCELLED',
      'PENDING_AGGREGATOR → CANCELLED',
      'PENDING_VENDOR → CANCELLED',
      'REJECTED → CANCELLED',
    ].sort(),
  );
});

test('an adjustment moves as the law says and in no other way', () => {
  expect(arrows(ADJUSTMENT_TRANSITIONS)).toEqual(
    [
      'CLOSED → PENDING_SP',
      'PENDING_SP → PENDING_AGGREGATOR',
      'PENDING_AGGREGATOR → PENDING_APPROVAL',
      'PENDING_AGGREGATOR → PENDING_SP',
      'PENDING_APPROVAL → PENDING_VENDOR_REFUND',
      'PENDING_VENDOR_REFUND → CLOSED',
      'PENDING_SP → CLOSED',
      'PENDING_AGGREGATOR → CLOSED',
      'PENDING_APPROVAL → CLOSED',
    ].sort(),
  );
});

test('a contract moves as the law says and in no other way', () => {
  expect(arrows(CONTRACT_TRANSITIONS)).toEqual(
    [
      'DRAFT → CREATE_IN_PROCESS',
      'CREATE_IN_PROCESS → ACTIVE',
      'CREATE_IN_PROCESS → REJECTED',
      'CREATE_IN_PROCESS → DRAFT',
      'ACTIVE → PENDING_EXPIRATION',
      'ACTIVE → EXPIRED',
      'PENDING_EXPIRATION → EXPIRED',
      'PENDING_EXPIRATION → ACTIVE',
      'ACTIVE → PENDING_TERMINATION',
      'PENDING_EXPIRATION → PENDING_TERMINATION',
      'PENDING_TERMINATION → TERMINATED',
      'PENDING_TERMINATION → ACTIVE',
      'ACTIVE → DEACTIVATED',
      'PENDING_EXPIRATION → DEACTIVATED',
      'PENDING_TERMINATION → DEACTIVATED',
    ].sort(),
  );
});

test('a contract request moves as the law says and in no other way', () => {
  const open = ['PENDING_APPROVAL', 'PENDING_REVISE', 'PENDING_VENDOR', 'PENDING_EFFECTIVE_DATE'];
  expect(arrows(CONTRACT_REQUEST_TRANSITIONS)).toEqual(
    [
      'PENDING_APPROVAL → PENDING_REVISE',
      'PENDING_REVISE → PENDING_APPROVAL',
      'PENDING_APPROVAL → REJECTED',
      'PENDING_APPROVAL → PENDING_VENDOR',
      'PENDING_APPROVAL → PENDING_EFFECTIVE_DATE',
      'PENDING_VENDOR → PENDING_EFFECTIVE_DATE',
      'PENDING_EFFECTIVE_DATE → COMPLETED',
      ...open.flatMap((from) => [`${from} → WITHDRAWN`, `${from} → STOPPED`]),
    ].sort(),
  );
});

test('a one-off order moves as the law says and in no other way', () => {
  expect(arrows(ONE_OFF_ORDER_TRANSITIONS)).toEqual(
    [
      'PENDING_APPROVAL → APPROVED',
      'PENDING_APPROVAL → REJECTED',
      'APPROVED → FULFILLED',
      'APPROVED → REJECTED',
    ].sort(),
  );
});

test('a user moves as the law says and in no other way', () => {
  expect(arrows(USER_TRANSITIONS)).toEqual(
    [
      'INVITED → ACTIVE',
      'INVITED → INVITED',
      'INVITED → DELETED',
      'ACTIVE → LOCKED',
      'ACTIVE → DELETED',
      'LOCKED → ACTIVE',
      'LOCKED → DELETED',
    ].sort(),
  );
});

test('a close bills what nobody has opened, the cutoff moves on or the vendor is waiting with, and nothing else', () => {
  const closing = [...BILLING_ORDER_TRANSITIONS, ...ADJUSTMENT_TRANSITIONS].filter(
    ({ verb }) => verb === 'open' || verb === 'close' || verb === 'cutOff',
  );
  expect([...BILLABLE_STATUSES].sort()).toEqual([...new Set(closing.map(({ from }) => from))].sort());
});
