import type { UsageSiteRow } from '../ports/contracts.ts';
import type { ListDefinition, ListFields } from './definition.ts';

type SiteRow = Pick<UsageSiteRow, 'id' | 'name' | 'countryRegion' | 'postCode'>;

const FIELDS: ListFields<SiteRow> = {
  name: { type: 'text', of: (site) => site.name },
  countryRegion: { type: 'text', of: (site) => site.countryRegion },
  postCode: { type: 'text', of: (site) => site.postCode },
};

/** Usage sites, of one contract or of all. */
export const USAGE_SITE_LIST: ListDefinition<SiteRow> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (site) => site.id,
  defaultSort: 'name',
};
