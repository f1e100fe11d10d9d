import type { TimelineEntry } from '../read-timeline.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<TimelineEntry> = {
  time: { type: 'text', of: (entry) => entry.time },
  actor: { type: 'text', of: (entry) => entry.actor },
  action: { type: 'text', of: (entry) => entry.action },
  token: { type: 'text', of: (entry) => entry.request?.token },
};

/** What has happened to one contract. */
export const TIMELINE_LIST: ListDefinition<TimelineEntry> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (entry) => entry.id,
  defaultSort: '-time',
};
