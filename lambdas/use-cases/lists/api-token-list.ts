import type { ApiToken } from '../ports/access.ts';
import type { ListDefinition, ListFields } from './definition.ts';

const FIELDS: ListFields<ApiToken> = {
  name: { type: 'text', of: (token) => token.name },
  userId: { type: 'text', of: (token) => token.userId },
  createdTime: { type: 'text', of: (token) => token.createdTime },
  expires: { type: 'text', of: (token) => token.expires },
  revoked: { type: 'boolean', of: (token) => token.revoked },
};

/** API tokens of an organization. */
export const API_TOKEN_LIST: ListDefinition<ApiToken> = {
  selectors: FIELDS,
  sortable: FIELDS,
  id: (token) => token.id,
  defaultSort: '-createdTime',
};
