import type { ApiError, CheckedRequest, Store } from 'dynalite/db/index.js';
import db from 'dynalite/db/index.js';
import batchGetItem from 'dynalite/validations/batchGetItem.js';
import batchWriteItem from 'dynalite/validations/batchWriteItem.js';
import createTable from 'dynalite/validations/createTable.js';
import deleteItem from 'dynalite/validations/deleteItem.js';
import describeTable from 'dynalite/validations/describeTable.js';
import getItem from 'dynalite/validations/getItem.js';
import validations from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import query from 'dynalite/validations/query.js';
import scan from 'dynalite/validations/scan.js';
import updateItem from 'dynalite/validations/updateItem.js';
import { wellFormed } from './well-formed.ts';
import type { Answer, RequestUnits } from './wire.ts';

const rules = {
  BatchGetItem: batchGetItem,
  BatchWriteItem: batchWriteItem,
  CreateTable: createTable,
  DeleteItem: deleteItem,
  DescribeTable: describeTable,
  GetItem: getItem,
  PutItem: putItem,
  Query: query,
  Scan: scan,
  UpdateItem: updateItem,
};

const isWellFormed = Object.fromEntries(
  Object.entries(rules).map(([action, { types }]) => [action, wellFormed(types)]),
);

/**
 * Checks a request by dynalite's rules for the action and parses its expressions.
 * Unknown members are removed from `input` itself.
 *
 * @throws an ApiError (ValidationException, SerializationException) as DynamoDB would answer
 */
export function checkRequest<T = CheckedRequest>(action: keyof typeof rules, input: object, store: Store): T {
  const { types, custom } = rules[action];
  const request = isWellFormed[action]?.(input) ? input : validations.checkTypes(input, types);
  validations.checkValidations(request, types, custom, store);
  return request as T;
}

/** An error that answers with DynamoDB's status 400, type and message. */
export function apiError(type: string, message: string): ApiError {
  const error = db.validationError(message);
  error.body.__type = `com.amazonaws.dynamodb.v20120810#${type}`;
  return error;
}

export function isApiError(error: unknown): error is ApiError {
  return error instanceof Error && 'statusCode' in error && 'body' in error;
}

/** The answer for whatever was thrown: DynamoDB's refusals as they are, anything else as an InternalServerError. */
export function errorAnswer(error: unknown, units: RequestUnits): Answer {
  if (isApiError(error)) return { status: error.statusCode, body: error.body, units };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const body = { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message };
  return { status: 500, body, units };
}
