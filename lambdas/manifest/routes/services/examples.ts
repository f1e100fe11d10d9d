import { EXAMPLE_CONTRACT_ID } from '../contracts/example-ids.ts';

export const EXAMPLE_PARAMS = { deliveryNumber: 'SD-2026-0042' };

export const EXAMPLE_SERVICE = {
  code: 'SRV-CONSULTING',
  measure: 'HOURS',
  quantity: '7.5',
  deliveryDate: '2026-10-14',
  description: 'Network workshop',
} as const;

export const EXAMPLE_ENTERED = {
  number: EXAMPLE_PARAMS.deliveryNumber,
  contractId: EXAMPLE_CONTRACT_ID,
  ...EXAMPLE_SERVICE,
} as const;

export const EXAMPLE = {
  ...EXAMPLE_ENTERED,
  contractNumber: '50000001',
  status: 'PENDING_ACCEPTANCE',
  name: 'Consulting',
  uom: 'Hour',
  ppu: '180',
  points: '1350',
  createdTime: '2026-10-15T08:00:00.000Z',
  lastModifiedTime: '2026-10-15T08:00:00.000Z',
} as const;

export const EXAMPLE_HISTORY = [
  { time: EXAMPLE.createdTime, party: 'VENDOR', action: 'enterDelivery', to: 'PENDING_ACCEPTANCE' },
] as const;
