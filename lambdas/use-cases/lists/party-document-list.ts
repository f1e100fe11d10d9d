import type { PartyDocument } from '../ports/party-documents.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<PartyDocument> = {
  usagePeriod: { type: 'month', of: (document) => document.period },
  run: { type: 'text', of: (document) => document.run },
  reference: { type: 'text', of: (document) => document.reference },
};

/** Statements of an aggregator, consolidated bills of a service provider. */
export const PARTY_DOCUMENT_LIST: ListDefinition<PartyDocument> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (document) => document.reference,
  defaultSort: '-usagePeriod,-run',
};
