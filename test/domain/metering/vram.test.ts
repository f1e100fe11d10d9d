import * as fc from 'fast-check';
import { daysIn, period } from '../../../lambdas/domain/calendar/period.ts';
import { meteredQuantity } from '../../../lambdas/domain/metering/rules.ts';
import { addPowerOn } from '../../../lambdas/domain/metering/vram.ts';
import { formatQuantity, quantity } from '../../../lambdas/domain/numbers/amounts.ts';
import { anyPeriod, decimalText } from '../support/arbitraries.ts';
import { decimal, halfEven, largest, rational, smallest, times } from '../support/rational.ts';

const NOVEMBER = period('2026-11');

function metered(of: string, configured: string, reserved: string, ...intervals: number[]): string {
  const use = { twiceGbSeconds: 0n };
  for (const seconds of intervals) addPowerOn(use, quantity(configured), quantity(reserved), BigInt(seconds));
  return formatQuantity(meteredQuantity(use.twiceGbSeconds, period(of)));
}

test('Worked example 8: half the configured memory, at least the reserved, at most 24 GB, for the hours powered on', () => {
  expect(metered('2026-11', '64', '0', 360 * 3600)).toBe('12');
  expect(metered('2026-11', '16', '10', 720 * 3600)).toBe('10');
});

test('a VM on for the whole month is billed its memory, in months of any length', () => {
  fc.assert(
    fc.property(anyPeriod, decimalText(64, 6), decimalText(64, 6), (of, configured, reserved) => {
      const half = times(decimal(configured), rational(1n, 2n));
      const memory = smallest(decimal('24'), largest(decimal(reserved), half));
      const use = { twiceGbSeconds: 0n };
      addPowerOn(use, quantity(configured), quantity(reserved), BigInt(daysIn(of) * 86_400));
      expect(meteredQuantity(use.twiceGbSeconds, of)).toBe(halfEven(times(memory, rational(1_000_000n))));
    }),
  );
});

test('an interval in parts gives the same quantity as in one', () => {
  const anyParts = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(anyParts, decimalText(64, 6), decimalText(64, 6), (parts, configured, reserved) => {
      const whole = parts.reduce((sum, seconds) => sum + seconds, 0);
      expect(metered('2026-11', configured, reserved, ...parts)).toBe(metered('2026-11', configured, reserved, whole));
    }),
  );
});

test('use of many VMs is added up exactly and rounded once', () => {
  const use = { twiceGbSeconds: 0n };
  for (let vm = 0; vm < 2_592; vm++) addPowerOn(use, quantity('0.000001'), quantity('0'), 1000n);
  expect(formatQuantity(meteredQuantity(use.twiceGbSeconds, NOVEMBER))).toBe('0');
  addPowerOn(use, quantity('0.000001'), quantity('0'), 1n);
  expect(formatQuantity(meteredQuantity(use.twiceGbSeconds, NOVEMBER))).toBe('0.000001');
});
