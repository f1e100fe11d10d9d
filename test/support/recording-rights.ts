import { actionOf, type HttpRequest, type RequestHandler, textOf } from '../../local/dynamodb/request-handler.ts';

const TRANSACTION_RIGHTS = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** The IAM actions that a request needs: a transaction needs those of what it is made of. */
function rightsFor(request: HttpRequest): string[] {
  const action = actionOf(request);
  if (action !== 'TransactWriteItems') return [`dynamodb:${action}`];
  const { TransactItems } = JSON.parse(textOf(request)) as { TransactItems: object[] };
  return TransactItems.flatMap(Object.keys).map(
    (kind) => `dynamodb:${TRANSACTION_RIGHTS[kind as keyof typeof TRANSACTION_RIGHTS]}`,
  );
}

/** A database that writes down the rights that what is asked of it needs. */
export function recordingRights(handler: RequestHandler, used: Set<string>): RequestHandler {
  return {
    ...handler,
    handle: (request) => {
      for (const right of rightsFor(request)) used.add(right);
      return handler.handle(request);
    },
  };
}
