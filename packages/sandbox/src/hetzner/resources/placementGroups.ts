import { z } from 'zod';
import { actionAnswer } from '../actions/action';
import { errors } from '../errors';
import { labels } from '../labels';
import { getOperation, listOperation } from '../list';
import { freeName, requireUniqueName } from '../nameRules';
import { Call, Operation, operation } from '../operation';
import type { Project } from '../project';
import { requireQuota } from '../quota';
import { found } from '../reference';
import { timestamp } from '../requestFields';

const NAME_TAKEN = 'name is already used';

/** Servers that a spread group can keep on hosts of their own. */
const MAX_SERVERS = 10;

/** A placement group as it is kept; its servers name it, not the reverse. */
export const storedPlacementGroup = z.object({
  id: z.int(),
  name: z.string(),
  type: z.literal('spread'),
  labels: z.record(z.string(), z.string()),
  created: z.number(),
});

type PlacementGroup = z.infer<typeof storedPlacementGroup>;

/** A placement group as the API answers it. */
export const placementGroupAnswer = z.object({
  id: z.int(),
  name: z.string(),
  labels: z.record(z.string(), z.string()),
  type: z.literal('spread'),
  created: z.string(),
  servers: z.array(z.int()),
});

const members = (project: Project, group: number) =>
  [...project.servers.values()].filter(
    server => server.placementGroup === group,
  );

/** A placement group as the API answers it. */
export const placementGroupView = (
  group: PlacementGroup,
  project: Project,
): z.infer<typeof placementGroupAnswer> => ({
  id: group.id,
  name: group.name,
  labels: group.labels,
  type: group.type,
  created: timestamp(group.created),
  servers: members(project, group.id).map(({ id }) => id),
});

/**
 * Refuses one more server in a full group.
 *
 * @throws ApiError 404 for an unknown group, 422 for a full one
 */
export function requireRoomInGroup(project: Project, group: number): void {
  found(project.placementGroups, 'placement_group', group);
  if (members(project, group).length >= MAX_SERVERS) {
    throw errors.placementGroupFull();
  }
}

const view = (group: PlacementGroup, { project }: Call) =>
  placementGroupView(group, project);

/** Placement groups. */
export const placementGroupOperations: Operation[] = [
  operation('POST /placement_groups', {
    status: 201,
    body: z.object({
      name: freeName,
      type: z.literal('spread'),
      labels: labels.default({}),
    }),
    answer: z.object({
      placement_group: placementGroupAnswer,
      action: actionAnswer.nullable(),
    }),
    handle(call) {
      const { cloud, project, now, body } = call;
      requireUniqueName(project.placementGroups, body.name, NAME_TAKEN);
      requireQuota(call, 'placementGroups', project.placementGroups.size);
      const group = { id: cloud.newId(), ...body, created: now };
      project.placementGroups.set(group.id, group);
      return {
        placement_group: placementGroupView(group, project),
        action: null,
      };
    },
  }),
  listOperation('GET /placement_groups', {
    key: 'placement_groups',
    items: ({ project }) => project.placementGroups.values(),
    view,
    answer: placementGroupAnswer,
    sort: ['id', 'name', 'created'],
    filters: { type: group => group.type },
  }),
  getOperation('GET /placement_groups/{id}', {
    key: 'placement_group',
    find: ({ project, id }) => project.placementGroups.get(id),
    view,
    answer: placementGroupAnswer,
  }),
  operation('PUT /placement_groups/{id}', {
    status: 200,
    body: z.object({ name: freeName.optional(), labels: labels.optional() }),
    answer: z.object({ placement_group: placementGroupAnswer }),
    handle({ project, id, body }) {
      const group = found(project.placementGroups, 'placement_group', id);
      if (body.name !== undefined) {
        requireUniqueName(project.placementGroups, body.name, NAME_TAKEN, id);
        group.name = body.name;
      }
      group.labels = body.labels ?? group.labels;
      return { placement_group: placementGroupView(group, project) };
    },
  }),
  operation('DELETE /placement_groups/{id}', {
    status: 204,
    handle({ project, id }) {
      found(project.placementGroups, 'placement_group', id);
      for (const server of members(project, id)) server.placementGroup = null;
      project.placementGroups.delete(id);
    },
  }),
];
