import { METER_HEALTHS, type MeterHealth } from '../../domain/usage-meter/health.ts';
import { METER_CONNECTIONS, METER_MODES } from '../../domain/usage-meter/usage-meter.ts';
import type { UsageMeterRow } from '../ports/usage-meters.ts';
import type { ListDefinition, ListFields } from './definition.ts';

export const SHOWN_CONNECTIONS = [...METER_CONNECTIONS, 'UNKNOWN'] as const;

/** A meter as lists show it: what can't be told apart is unknown. */
export type ListedMeter = Pick<UsageMeterRow, 'id' | 'instanceId' | 'name' | 'softwareVersion' | 'mode'> & {
  shownConnection: (typeof SHOWN_CONNECTIONS)[number];
  health: MeterHealth;
  serviceProvider?: { name: string; prmId: string; countryRegion: string } | undefined;
};

const FIELDS: ListFields<ListedMeter> = {
  instanceId: { type: 'text', of: (row) => row.instanceId },
  name: { type: 'text', of: (row) => row.name },
  version: { type: 'text', of: (row) => row.softwareVersion },
  mode: { type: 'enum', values: METER_MODES, of: (row) => row.mode },
  connectionMode: { type: 'enum', values: SHOWN_CONNECTIONS, of: (row) => row.shownConnection },
  uploadHealthStatus: { type: 'enum', values: METER_HEALTHS, of: (row) => row.health },
};

const AGGREGATOR_FIELDS: ListFields<ListedMeter> = {
  'serviceProvider.name': { type: 'text', of: (row) => row.serviceProvider?.name },
  'serviceProvider.prmId': { type: 'text', of: (row) => row.serviceProvider?.prmId },
  'serviceProvider.countryRegion': { type: 'text', of: (row) => row.serviceProvider?.countryRegion },
  ...FIELDS,
};

const COMMON = { id: (row: ListedMeter) => row.id, defaultSort: 'name' };

/** Meters of a service provider. */
export const PROVIDER_METER_LIST: ListDefinition<ListedMeter> = { ...COMMON, selectors: FIELDS, sortable: FIELDS };

/** Meters of the contracts that an aggregator holds. */
export const AGGREGATOR_METER_LIST: ListDefinition<ListedMeter> = {
  ...COMMON,
  selectors: AGGREGATOR_FIELDS,
  sortable: AGGREGATOR_FIELDS,
};
