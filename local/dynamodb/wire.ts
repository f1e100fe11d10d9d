/** One attribute value as it travels: an object of one member, e.g. `{ S: 'text' }`, `{ N: '12' }`, `{ M: { … } }`. */
export type AttributeValue = Record<string, unknown>;
export type Item = Record<string, AttributeValue>;

/** What a request cost, in DynamoDB's units: 4 KB strongly consistent reads, 1 KB writes. */
export interface RequestUnits {
  read: number;
  write: number;
}

/** A DynamoDB answer: HTTP status (200, 400 or 500) and the JSON body; errors carry `__type`. */
export interface Answer {
  status: number;
  body: object;
  units: RequestUnits;
}
