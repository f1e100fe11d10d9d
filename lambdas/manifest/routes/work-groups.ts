import * as z from 'zod';
import { WORK_GROUP_LIST } from '../../use-cases/lists/work-group-list.ts';
import { listQuery, NoContent, NoParameters, pageOf } from './common.ts';
import type { RouteDefinition } from './route.ts';
import { Id, plainText } from './text.ts';

const list = <Each extends z.ZodType>(each: Each, most: number) =>
  z.array(each, 'must be a list').min(1, 'must have at least one entry').max(most, `must have at most ${most} entries`);

const Item = z
  .strictObject({
    contracts: list(
      z.strictObject({
        contractId: Id,
        siteIds: list(Id, 200)
          .optional()
          .meta({ description: 'Usage sites that are in view; without it, all of them' }),
      }),
      500,
    )
      .optional()
      .meta({ description: 'Contracts that are in view' }),
    serviceProviders: list(plainText(64), 200).optional().meta({
      description: 'Partner numbers of service providers all of whose contracts are in view; for aggregators',
    }),
    customers: list(plainText(64), 500).optional().meta({
      description:
        'Numbers of end customers whose usage is in view, of the contracts if some are named; for service providers',
    }),
  })
  .refine((item) => Object.keys(item).length > 0, 'must name contracts, service providers or customers')
  .meta({ id: 'WorkGroupItem', description: 'What is in view: contracts and end customers both have to fit' });

const MEMBERS = {
  name: plainText(80).meta({ example: 'Benelux' }),
  items: z.array(Item, 'must be a list').max(50, 'must have at most 50 entries').meta({
    description: 'A thing is in view by any of them; without any, nothing is',
  }),
};

const NewGroup = z.strictObject(MEMBERS).meta({ id: 'NewWorkGroup' });
const GroupEdit = z
  .strictObject(MEMBERS)
  .partial()
  .meta({ id: 'WorkGroupChange', description: 'What is not given stays' });
const Group = z
  .strictObject({ id: z.string(), ...MEMBERS })
  .meta({ id: 'WorkGroup', description: 'Users who see a part of their organization' });

const ListedGroup = z
  .strictObject({
    id: z.string().optional().meta({ description: 'Absent of the group All, which is nobody’s to change' }),
    ...MEMBERS,
    members: z.array(z.string()).meta({ description: 'Ids of users' }),
  })
  .meta({ id: 'ListedWorkGroup' });

const Switch = z
  .strictObject({ enabled: z.boolean('must be true or false') })
  .meta({ id: 'WorkGroupSettings', description: 'Whether users see what their work groups say' });

const Membership = z
  .strictObject({ workGroupId: Id.nullable().meta({ description: 'null: the group All' }) })
  .meta({ id: 'WorkGroupMembership' });

const EXAMPLE = {
  id: '2f6a1c1e-58a5-4c07-9f5e-0f6f0a2f7d11',
  name: 'Benelux',
  items: [{ contracts: [{ contractId: '5ce44045-4b1f-4d0c-9a51-760aa839aeb3' }] }],
};
const { id: GROUP_ID, ...EXAMPLE_NEW } = EXAMPLE;
const USER_ID = '8dec8aaa-4b1f-4d0c-9a51-760aa839aeb3';

const ALL = { function: 'workGroupsApi', tag: 'Work Group', query: NoParameters } as const;

const LIST = {
  ...ALL,
  method: 'GET',
  params: NoParameters,
  query: z.strictObject(listQuery(WORK_GROUP_LIST)),
  summary: 'List work groups',
  description:
    'The work groups of the organization with who is in them; the group All has everybody else, who sees all.',
  answer: {
    status: 200,
    description: 'A page of work groups',
    schema: pageOf(ListedGroup).meta({ id: 'PageOfWorkGroup' }),
  },
  problems: [],
  example: { answer: { content: [{ ...EXAMPLE, members: [USER_ID] }], total: 1 } },
} as const;

const CREATE = {
  ...ALL,
  method: 'POST',
  params: NoParameters,
  body: NewGroup,
  summary: 'Create a work group',
  description: 'Makes a group; users are put into it one by one.',
  answer: { status: 201, description: 'The work group', schema: Group },
  problems: ['WORK_GROUP_EXISTS', 'CHANGED_MEANWHILE'],
  example: { body: EXAMPLE_NEW, answer: EXAMPLE },
} as const;

const ONE = { ...ALL, params: z.strictObject({ workGroupId: Id }), editable: true } as const;
const EXAMPLE_ONE = { params: { workGroupId: GROUP_ID }, answer: EXAMPLE };

const GET = {
  ...ONE,
  method: 'GET',
  summary: 'Get a work group',
  description:
    'A group as it is. To see what its members see, an Administrator sends its id in the header `x-work-group` with any GET.',
  answer: { status: 200, description: 'The work group', schema: Group },
  problems: [],
  example: EXAMPLE_ONE,
} as const;

const CHANGE = {
  ...ONE,
  method: 'PATCH',
  body: GroupEdit,
  summary: 'Change a work group',
  description: 'Its members see what it says now within a minute.',
  answer: { status: 200, description: 'The work group as it is now', schema: Group },
  problems: ['WORK_GROUP_EXISTS', 'CHANGED_MEANWHILE'],
  example: { ...EXAMPLE_ONE, body: { name: 'Benelux' } },
} as const;

const DELETE = {
  ...ONE,
  method: 'DELETE',
  summary: 'Delete a work group',
  description: 'Deletes a group that nobody is in.',
  answer: { status: 204, description: 'It is deleted', schema: NoContent },
  problems: ['WORK_GROUP_HAS_MEMBERS', 'CHANGED_MEANWHILE'],
  example: { params: { workGroupId: GROUP_ID } },
} as const;

const SWITCH = {
  ...ALL,
  method: 'PUT',
  params: NoParameters,
  body: Switch,
  summary: 'Enable or disable work groups',
  description:
    'Enabled, users see what their work groups say; until they are put into one they are in the group All and see all. For who is both Administrator and Operations.',
  answer: { status: 200, description: 'As it is now', schema: Switch },
  problems: ['CHANGED_MEANWHILE'],
  example: { body: { enabled: true }, answer: { enabled: true } },
} as const;

const ASSIGN = {
  ...ALL,
  method: 'PUT',
  params: z.strictObject({ userId: Id }),
  body: Membership,
  summary: 'Put a user into a work group',
  description: 'A user is in one group at a time; Administrators stay in All.',
  answer: { status: 200, description: 'As it is now', schema: Membership },
  problems: ['ADMINISTRATOR_SEES_ALL', 'CHANGED_MEANWHILE'],
  example: { params: { userId: USER_ID }, body: { workGroupId: GROUP_ID }, answer: { workGroupId: GROUP_ID } },
} as const;

const aggregator = { organizationType: 'AGGREGATOR', action: 'manageWorkGroups' } as const;
const provider = { organizationType: 'SERVICE_PROVIDER', action: 'manageWorkGroups' } as const;
const GROUPS = 'workGroups';
const A = '/api/aggregator/v1';
const P = '/api/provider/v1';

export const workGroupRoutes = {
  listAggregatorWorkGroups: { ...LIST, access: aggregator, path: `${A}/${GROUPS}` },
  createAggregatorWorkGroup: { ...CREATE, access: aggregator, path: `${A}/${GROUPS}` },
  switchAggregatorWorkGroups: { ...SWITCH, access: aggregator, path: `${A}/workGroupSettings` },
  getAggregatorWorkGroup: { ...GET, access: aggregator, path: `${A}/${GROUPS}/{workGroupId}` },
  changeAggregatorWorkGroup: { ...CHANGE, access: aggregator, path: `${A}/${GROUPS}/{workGroupId}` },
  deleteAggregatorWorkGroup: { ...DELETE, access: aggregator, path: `${A}/${GROUPS}/{workGroupId}` },
  assignAggregatorWorkGroup: { ...ASSIGN, access: aggregator, path: `${A}/workGroupMembers/{userId}` },
  listProviderWorkGroups: { ...LIST, access: provider, path: `${P}/${GROUPS}` },
  createProviderWorkGroup: { ...CREATE, access: provider, path: `${P}/${GROUPS}` },
  switchProviderWorkGroups: { ...SWITCH, access: provider, path: `${P}/workGroupSettings` },
  getProviderWorkGroup: { ...GET, access: provider, path: `${P}/${GROUPS}/{workGroupId}` },
  changeProviderWorkGroup: { ...CHANGE, access: provider, path: `${P}/${GROUPS}/{workGroupId}` },
  deleteProviderWorkGroup: { ...DELETE, access: provider, path: `${P}/${GROUPS}/{workGroupId}` },
  assignProviderWorkGroup: { ...ASSIGN, access: provider, path: `${P}/workGroupMembers/{userId}` },
} as const satisfies Record<string, RouteDefinition>;
