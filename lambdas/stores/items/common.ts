import * as z from 'zod';

export const decimal = z.string().regex(/^-?\d+(\.\d+)?$/);

export const source = z.object({ id: z.string(), revision: z.number().int() });

export const hashes = z.object({ json: z.string(), pdf: z.string(), csv: z.string() });
