/**
 * AWS list prices in USD, region us-east-1, without free tiers, as published in 2025. Look them up again before quoting
 * a cost: https://aws.amazon.com/dynamodb/pricing/on-demand, /s3/pricing, /lambda/pricing, /step-functions/pricing,
 * /eventbridge/pricing.
 */
export const PRICES = {
  region: 'us-east-1',
  date: '2025-06',
  dynamoDbWriteUnit: 0.625 / 1e6,
  dynamoDbReadUnit: 0.125 / 1e6,
  s3Put: 0.005 / 1e3,
  s3Get: 0.0004 / 1e3,
  /** Lists are priced as puts. */
  s3List: 0.005 / 1e3,
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
  lambdaRequest: 0.2 / 1e6,
  stepFunctionsTransition: 0.025 / 1e3,
  expressRequest: 1 / 1e6,
  /** First tier, billed in steps of 64 MB and 100 ms. */
  expressGbSecond: 0.00001667,
  eventBridgeEvent: 1 / 1e6,
} as const;
