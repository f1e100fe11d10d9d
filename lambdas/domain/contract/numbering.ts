// Far above the numbers of contracts that come from other systems; one that is taken nevertheless is refused when stored.
const FIRST_CONTRACT = 50_000_000;
const FIRST_BUSINESS = 500_000;

/** Region, business number and family code of a contract, e.g. "AMER500001RENTAL". */
export function referenceNumber(region: string, businessNumber: string, familyCode: string): string {
  return `${region}${businessNumber}${familyCode}`;
}

/**
 * The numbers of the n-th contract made here: contract number, business number (`contractId` in the published API) and the
 * reference number of region, business number and family code, e.g. "AMER500001RENTAL".
 */
export function contractNumbers(n: number, region: string, familyCode: string) {
  const businessNumber = String(FIRST_BUSINESS + n);
  return {
    contractNumber: String(FIRST_CONTRACT + n),
    businessNumber,
    contractReferenceNumber: referenceNumber(region, businessNumber, familyCode),
  };
}
