/** Source of the events the portal publishes on its bus. */
export const EVENT_SOURCE = 'commerce-portal';
