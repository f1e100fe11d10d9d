import type { Answer } from '../runtime/resource.ts';
import type { EntryOutcome } from '../use-cases/enter-records.ts';
import { type FieldError, PortalError } from '../use-cases/errors.ts';

/** The refusal with its fields as requests name them. */
export function named({ code, message, errors }: PortalError): PortalError {
  const nameOf = ({ field, message: said }: FieldError): FieldError => ({
    field: field === 'productCode' ? 'code' : field,
    message: said,
  });
  return new PortalError(code, message, errors.map(nameOf));
}

/** What is answered, or thrown with fields as requests name them. */
export async function withNames<Result>(doing: Promise<Result>): Promise<Result> {
  try {
    return await doing;
  } catch (error) {
    throw error instanceof PortalError ? named(error) : error;
  }
}

/** The one record that was sent. @throws PortalError as it was refused */
export function enteredOne<Kept>([outcome]: readonly EntryOutcome<Kept>[]): Kept {
  if (outcome?.result === 'REFUSED') throw named(outcome.problem);
  return (outcome as Exclude<EntryOutcome<Kept>, { result: 'REFUSED' }>).record;
}

/** What came of each record of a batch. @param names how each is called, in the order sent */
export function entryResults(
  outcomes: readonly EntryOutcome<unknown>[],
  names: readonly string[],
): Answer<'enterServiceDeliveries'>['body'] {
  const count = (result: EntryOutcome<unknown>['result']) => outcomes.filter((each) => each.result === result).length;
  return {
    entered: count('ENTERED'),
    unchanged: count('UNCHANGED'),
    refused: count('REFUSED'),
    results: outcomes.map((outcome, at) => resultOf(outcome, names[at] ?? '')),
  };
}

function resultOf(outcome: EntryOutcome<unknown>, name: string) {
  if (outcome.result !== 'REFUSED') return { name, result: outcome.result };
  const { code, message: detail, errors } = named(outcome.problem);
  return { name, result: outcome.result, code, detail, ...(errors.length > 0 && { errors: [...errors] }) };
}
