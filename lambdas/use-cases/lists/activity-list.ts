import type { Activity } from '../read-activity.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<Activity> = {
  time: { type: 'text', of: (activity) => activity.time },
  action: { type: 'text', of: (activity) => activity.action },
  subject: { type: 'text', of: (activity) => activity.subject },
  subjectId: { type: 'text', of: (activity) => activity.subjectId },
};

/** What has happened lately in an organization. */
export const ACTIVITY_LIST: ListDefinition<Activity> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (activity) => `${activity.subject} ${activity.subjectId} ${activity.id}`,
  defaultSort: '-time',
};
