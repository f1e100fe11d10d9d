/** A place of a service provider that a contract's usage is reported for (published UsageSite). */
export type UsageSite = {
  id: string;
  contractId: string;
  /** Whose contract it is: its sites are listed over all contracts. */
  serviceProviderId: string;
  contractReferenceNumber: string;
  /** Named on usage lines; unique among the contract's open sites. */
  name: string;
  /** ISO 3166-1 code of two letters. */
  countryRegion: string;
  address: string;
  postCode: string;
  /** Takes no more usage; absent while open. */
  closedTime?: string;
  lastModifiedTime: string;
  /** Counts writes: a write names the version it has read. */
  version: number;
};

type SiteFields = Pick<UsageSite, 'name' | 'countryRegion' | 'address' | 'postCode'>;
type SiteField = keyof SiteFields;

const LONGEST: Readonly<Record<SiteField, number>> = { name: 100, countryRegion: 2, address: 200, postCode: 20 };

/**
 * What is wrong with a new or changed site, an entry for each field: all are needed, none is too long, the country is a
 * code of two capital letters, and no other open site of the contract has the name.
 *
 * @param others the contract's sites, the one that is changed left out
 */
export function usageSiteFaults(
  site: Partial<SiteFields>,
  others: readonly Pick<UsageSite, 'name' | 'closedTime'>[],
): { field: SiteField; message: string }[] {
  const faults: { field: SiteField; message: string }[] = [];
  for (const field of Object.keys(LONGEST) as SiteField[]) {
    const text = site[field] ?? '';
    if (text.trim() === '') faults.push({ field, message: 'is needed' });
    else if (text.length > LONGEST[field]) {
      faults.push({ field, message: `must have at most ${LONGEST[field]} characters` });
    } else if (field === 'countryRegion' && !/^[A-Z]{2}$/.test(text)) {
      faults.push({ field, message: 'must be an ISO 3166-1 code of two letters, e.g. US' });
    } else if (field === 'name' && others.some(({ name, closedTime }) => name === text && closedTime === undefined)) {
      faults.push({ field, message: 'is the name of another open site of the contract' });
    }
  }
  return faults;
}
