import type { Situation } from './situation.ts';
import { AT_THE_CUTOFF } from './situations/at-the-cutoff.ts';
import { NEGOTIATED } from './situations/negotiated.ts';
import { PAY_AS_YOU_GO } from './situations/pay-as-you-go.ts';
import { PREPAID } from './situations/prepaid.ts';
import { SPECIAL_LINES } from './situations/special-lines.ts';

/** Everything that happens in the sample programme, a line each; README.md lists them. */
export const SITUATIONS: readonly Situation[] = [
  ...PAY_AS_YOU_GO,
  ...NEGOTIATED,
  ...PREPAID,
  ...AT_THE_CUTOFF,
  ...SPECIAL_LINES,
];
