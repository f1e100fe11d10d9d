import * as fc from 'fast-check';
import { addDays, plainDate } from '../../../lambdas/domain/calendar/period.ts';
import { nextDue } from '../../../lambdas/domain/contract-request/next-due.ts';
import type { ContractRequest } from '../../../lambdas/domain/contract-request/request.ts';
import { approved } from '../support/contracts.ts';

const THRESHOLD = { type: 'TERMINATE', reason: 'COVID Impact' } as const;
const TODAY = plainDate('2026-11-12');
const request = (effectiveDate: string, sequence = 1, more: Partial<ContractRequest> = {}) =>
  approved(THRESHOLD, effectiveDate, { token: `C-1-2-2611-${String(sequence).padStart(7, '0')}`, ...more });

test('nothing is due before its day', () => {
  expect(nextDue({}, [], TODAY)).toBe(undefined);
  expect(nextDue({ reviewOn: plainDate('2026-11-13') }, [request('2026-11-13')], TODAY)).toBe(undefined);
  expect(nextDue({}, [request('2026-11-01', 1, { status: 'PENDING_VENDOR' })], TODAY)).toBe(undefined);
});

test('what was due earlier comes first; on one day the request does, and of two the one made first', () => {
  const [early, late] = [request('2026-11-01', 2), request('2026-11-05')];
  expect(nextDue({}, [late, early], TODAY)).toEqual({ kind: 'EFFECT', request: early });
  const [first, second] = [request('2026-11-05', 9), request('2026-11-05', 10)];
  expect(nextDue({}, [second, first], TODAY)).toEqual({ kind: 'EFFECT', request: first });
  expect(nextDue({ reviewOn: plainDate('2026-11-05') }, [late], TODAY)).toEqual({ kind: 'EFFECT', request: late });
});

test('the contract is looked at as of the day before the next effect, and of today when there is none', () => {
  const reviewOn = plainDate('2026-11-02');
  expect(nextDue({ reviewOn }, [request('2026-11-05')], TODAY)).toEqual({ kind: 'REVIEW', on: '2026-11-04' });
  expect(nextDue({ reviewOn }, [request('2026-11-13')], TODAY)).toEqual({ kind: 'REVIEW', on: TODAY });
});

test('days never go back, in whatever order things stand', () => {
  const days = fc.integer({ min: -40, max: 0 }).map((back) => addDays(TODAY, back));
  fc.assert(
    fc.property(fc.array(days, { maxLength: 6 }), fc.option(days, { nil: undefined }), (effective, reviewOn) => {
      let left = effective.map((day, index) => request(day, index, { id: `r-${index}` }));
      let review = reviewOn;
      let before = '';
      for (let step = nextDue({ ...(review && { reviewOn: review }) }, left, TODAY); step; ) {
        const day = step.kind === 'EFFECT' ? step.request.effectiveDate : (review ?? '');
        expect(day >= before).toBe(true);
        before = day;
        if (step.kind === 'EFFECT') {
          const { id } = step.request;
          left = left.filter((each) => each.id !== id);
        } else review = undefined;
        step = nextDue({ ...(review && { reviewOn: review }) }, left, TODAY);
      }
      expect([left, review]).toEqual([[], undefined]);
    }),
  );
});
