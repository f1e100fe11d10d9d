import type { CloseMeasure } from './close.ts';
import { PRICES } from './prices.ts';
import type { ReadingsMeasure } from './readings.ts';

// What one order keeps functions busy for on AWS: seal, rate, render and issue, a few at once (aws-design).
const FUNCTION_SECONDS_PER_ORDER = 0.06;
const FUNCTION_GB = 1.769;
const BATCH_SECONDS = 1.5;
const EXPRESS_GB = 0.064;
/** Two maps of one standard transition per batch, and the steps around them. */
const STEPS_OF_A_RUN = 40;

/** USD per 1,000 invoices of a close on AWS, without mail: counted requests at list prices, and estimated time. */
export function costPerThousand({ requests, orders }: CloseMeasure): { total: number; parts: Record<string, number> } {
  const { writeUnits, readUnits, puts, gets, lists, events, batches } = requests;
  const parts = {
    'DynamoDB writes': writeUnits * PRICES.dynamoDbWriteUnit,
    'DynamoDB reads': readUnits * PRICES.dynamoDbReadUnit,
    'S3 requests': puts * PRICES.s3Put + gets * PRICES.s3Get + lists * PRICES.s3List,
    Lambda: orders * FUNCTION_SECONDS_PER_ORDER * FUNCTION_GB * PRICES.lambdaGbSecond + batches * PRICES.lambdaRequest,
    'Step Functions':
      (batches + STEPS_OF_A_RUN) * PRICES.stepFunctionsTransition +
      batches * (PRICES.expressRequest + BATCH_SECONDS * EXPRESS_GB * PRICES.expressGbSecond),
    EventBridge: events * PRICES.eventBridgeEvent,
  };
  const perThousand = Object.fromEntries(Object.entries(parts).map(([part, usd]) => [part, (usd * 1000) / orders]));
  return { total: Object.values(perThousand).reduce((sum, usd) => sum + usd, 0), parts: perThousand };
}

// What an upload and a job keep their functions busy for on AWS, for each reading in it: read, merge, zip.
const FUNCTION_SECONDS_PER_READING = 0.00005;

/** USD per million readings on AWS: counted requests at list prices, and estimated time. */
export function costPerMillionReadings({ readings, requests }: ReadingsMeasure): number {
  const { writeUnits, readUnits, puts, gets, uploads } = requests;
  const usd =
    writeUnits * PRICES.dynamoDbWriteUnit +
    readUnits * PRICES.dynamoDbReadUnit +
    puts * PRICES.s3Put +
    gets * PRICES.s3Get +
    uploads * PRICES.lambdaRequest +
    readings * FUNCTION_SECONDS_PER_READING * FUNCTION_GB * PRICES.lambdaGbSecond;
  return (usd * 1e6) / readings;
}
