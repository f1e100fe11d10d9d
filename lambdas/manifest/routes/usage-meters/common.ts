import * as z from 'zod';
import { Id } from '../text.ts';

/** What routes of usage meters have in common. */
export const METER_ID = '6a2ac963-5f0e-4c1b-9d2a-64151fe188f9';
export const ONE = z.strictObject({ meterId: Id });
export const EXAMPLE_ONE = { meterId: METER_ID };
export const TAG = { tag: 'Usage meter', function: 'usageMetersApi' } as const;
export const READ = { ...TAG, method: 'GET', problems: [] } as const;
export const READ_BY_PROVIDER = { organizationType: 'SERVICE_PROVIDER', action: 'readUsageMeters' } as const;
export const MANAGED = { organizationType: 'SERVICE_PROVIDER', action: 'manageUsageMeters' } as const;
export const METERS = '/api/provider/v1/usageMeters';
